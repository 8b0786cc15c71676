import { Failure } from './failure.ts';
import { KERNEL_FAILURES } from './failures.ts';

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

/** An undecodable byte 0xNN is held as the lone surrogate U+DCNN (PEP 383), so that nothing of a name is lost. */
const ESCAPE = 0xdc00;

/**
 * The name that bytes spell: UTF-8, with each byte that is not part of valid UTF-8 held as U+DC80…U+DCFF.
 *
 * Never fails, and `encodeName` gives back the very same bytes.
 */
export function decodeName(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    return decodeEscaping(bytes);
  }
}

/**
 * The bytes of a name made by `decodeName`, or of any well-formed string.
 *
 * Throws `kernel/bad-name` for a lone surrogate outside U+DC80…U+DCFF, which stands for no byte.
 */
export function encodeName(name: string): Uint8Array {
  return name.isWellFormed() ? ENCODER.encode(name) : encodeEscaped(name);
}

/** True when the name is ordinary Unicode text, which can be given to the operating system as a string. */
export function isPlainName(name: string): boolean {
  return name.isWellFormed();
}

function decodeEscaping(bytes: Uint8Array): string {
  let name = '';
  let validFrom = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    name += STRICT.decode(bytes.subarray(validFrom, at)) + String.fromCharCode(ESCAPE + byteAt(bytes, at));
    at += 1;
    validFrom = at;
  }
  return name + STRICT.decode(bytes.subarray(validFrom));
}

/** Length of the well-formed UTF-8 sequence at `at`, 0 when there is none (Unicode 16, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 3 | 4 {
  const first = byteAt(bytes, at);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  const second = byteAt(bytes, at + 1);
  if (second < lowest || second > highest) return 0;
  for (let i = 2; i < length; i++) {
    const next = byteAt(bytes, at + i);
    if (next < 0x80 || next > 0xbf) return 0;
  }
  return length;
}

/** The byte there, or 0 (never a continuation byte) past the end. */
function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function encodeEscaped(name: string): Uint8Array {
  const bytes: number[] = [];
  // A string iterates by code point: a surrogate that comes alone here is a lone one.
  for (const character of name) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0xd800 || point > 0xdfff) {
      bytes.push(...ENCODER.encode(character));
    } else if (point >= ESCAPE + 0x80 && point <= ESCAPE + 0xff) {
      bytes.push(point - ESCAPE);
    } else {
      throw new Failure(
        KERNEL_FAILURES.badName,
        'a name holds half of a character, which no bytes can spell',
        {
          details: { codePoint: point.toString(16) },
        },
      );
    }
  }
  return Uint8Array.from(bytes);
}
