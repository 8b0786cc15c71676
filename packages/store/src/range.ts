import { tooLarge, truncated } from './failures.ts';
import type { FileRef } from './file.ts';
import type { GetOptions } from './store.ts';

/** The bytes of a file of `sizeBytes` that the options ask for; fails as {@link Store.get} does. */
export function resolveRange(
  file: FileRef,
  sizeBytes: number,
  { offset = 0, length, limitBytes = Number.MAX_SAFE_INTEGER }: GetOptions,
): { offset: number; length: number } {
  for (const value of [offset, length ?? 0]) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`not an offset or a length: ${value}`);
  }
  const wanted = length ?? Math.max(0, sizeBytes - offset);
  if (wanted > limitBytes) throw tooLarge(file, wanted, limitBytes);
  const end = offset + wanted;
  if (end > sizeBytes) throw truncated(file, sizeBytes, end);
  return { offset, length: wanted };
}

/** The beginning of `into` if that is long enough, else new memory that was not filled with zeros. */
export function memoryFor(length: number, into?: Uint8Array): Uint8Array {
  if (into !== undefined && into.length >= length) return into.subarray(0, length);
  // allocUnsafeSlow, because zeroing 16 MiB costs as much as reading them from a cache; never a slice of Buffer's pool.
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer, 0, length);
}
