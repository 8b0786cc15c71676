import { protocolViolation } from '#failures.ts';
import { viewOf } from './little-endian.ts';

/** An RSA-2048 public key: its modulus and exponent. */
export interface RsaPublicKey {
  readonly modulus: bigint;
  readonly exponent: number;
}

const KEY_BYTES = 256;
const WORDS = KEY_BYTES / 4;
const STRUCT_BYTES = 4 + 4 + KEY_BYTES + KEY_BYTES + 4;
const WORD = 1n << 32n;

/**
 * The 524 bytes in which Android keeps an RSA-2048 key (AOSP `libcrypto_utils/android_pubkey.cpp`): length in words,
 * −1/n mod 2^32, n, (2^2048)² mod n, exponent; all little-endian.
 */
export function encodePublicKey({ modulus, exponent }: RsaPublicKey): Uint8Array {
  const bytes = new Uint8Array(STRUCT_BYTES);
  const view = viewOf(bytes);
  view.setUint32(0, WORDS, true);
  view.setUint32(4, Number(WORD - inverse(modulus % WORD)), true);
  bytes.set(littleEndian(modulus), 8);
  bytes.set(littleEndian((1n << BigInt(2 * 8 * KEY_BYTES)) % modulus), 8 + KEY_BYTES);
  view.setUint32(STRUCT_BYTES - 4, exponent, true);
  return bytes;
}

/** The key in such bytes. Throws `adb/protocol` when they are none. */
export function decodePublicKey(bytes: Uint8Array): RsaPublicKey {
  if (bytes.length !== STRUCT_BYTES) throw protocolViolation('a public key of another length');
  const view = viewOf(bytes);
  if (view.getUint32(0, true) !== WORDS) throw protocolViolation('a public key that is not RSA-2048');
  const digits = bytes
    .slice(8, 8 + KEY_BYTES)
    .reverse()
    .toHex();
  return { modulus: BigInt(`0x${digits}`), exponent: view.getUint32(STRUCT_BYTES - 4, true) };
}

function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.fromHex(value.toString(16).padStart(2 * KEY_BYTES, '0')).reverse();
}

/** 1/odd mod 2^32, by Newton's iteration: each step doubles the bits that are right, from the three of the start. */
function inverse(odd: bigint): bigint {
  let result = odd;
  for (let bits = 3; bits < 32; bits *= 2) result = (result * (2n - odd * result)) & (WORD - 1n);
  return result;
}
