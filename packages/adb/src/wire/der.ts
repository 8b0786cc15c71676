import { concatBytes } from '@holdfast/kernel';

/** The tags of DER that an X.509 certificate needs (ITU-T X.690). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** One DER value: its tag, its length, and its content. */
export function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(content);
  return concatBytes([Uint8Array.of(tag), lengthOf(body), body]);
}

/** A sequence of values. */
export const sequence = (...values: readonly Uint8Array[]): Uint8Array => der(TAG.sequence, ...values);

/** Text of ASCII, under the tag of a string or of a time. */
export const text = (tag: number, value: string): Uint8Array => der(tag, new TextEncoder().encode(value));

/** An object identifier, as `1.2.840.113549`. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(TAG.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** Whole bytes as a bit string. */
export const bitString = (bytes: Uint8Array): Uint8Array => der(TAG.bits, Uint8Array.of(0), bytes);

/** Seven bits a byte, highest first; all bytes but the last are marked. */
function base128(value: number): number[] {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift((rest % 128) + 128);
  }
  return digits;
}

function lengthOf({ length }: Uint8Array): Uint8Array {
  if (length < 128) return Uint8Array.of(length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.from([0x80 + digits.length, ...digits]);
}
