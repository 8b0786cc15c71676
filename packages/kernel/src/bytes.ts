import { Failure } from './failure.ts';
import { KERNEL_FAILURES } from './failures.ts';

/** Bytes, pulled: the loop is the backpressure. Do not keep a chunk after the next pull unless its producer allows it. */
export type ByteSource = AsyncIterable<Uint8Array>;

/** Fills a new array with random bytes; a parameter wherever chance is needed. */
export type RandomBytes = (length: number) => Uint8Array;

/** Lower-case hexadecimal digits, two a byte. */
export function toHex(bytes: Uint8Array): string {
  // Called as the plain typed array's method: a Buffer is one too.
  return Uint8Array.prototype.toHex.call(bytes);
}

/** The bytes that hexadecimal digits of either case spell. Throws `kernel/bad-hex` for anything else, an odd digit included. */
export function fromHex(hex: string): Uint8Array {
  try {
    return Uint8Array.fromHex(hex);
  } catch (cause) {
    throw new Failure(KERNEL_FAILURES.badHex, 'this is not a row of pairs of hexadecimal digits', {
      details: { length: hex.length },
      cause,
    });
  }
}

/** A new array holding all parts, one after another. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** True when both hold the same bytes. Takes longer the later they differ: not for comparing secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/**
 * Everything a source yields, as one new array: for bounded metadata, never for people's files.
 *
 * Throws `kernel/too-large`, and releases the source, as soon as there are more than `limitBytes`; throws
 * `signal.reason` on abort, seen between two chunks.
 */
export async function collect(
  source: ByteSource,
  limitBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  signal?.throwIfAborted();
  for await (const chunk of source) {
    signal?.throwIfAborted();
    length += chunk.length;
    if (length > limitBytes) {
      throw new Failure(KERNEL_FAILURES.tooLarge, `more than the ${limitBytes} bytes allowed here`, {
        details: { limitBytes },
      });
    }
    // A Buffer's own `slice` would share its memory.
    parts.push(new Uint8Array(chunk));
  }
  return concatBytes(parts);
}
