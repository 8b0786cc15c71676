import { isFailure } from '@holdfast/kernel';
import {
  type BlobEntry,
  HEADER_LENGTH_SIZE,
  headerLengthOf,
  type Id,
  parsePackHeader,
} from '@holdfast/restic-format';
import { fileBytesOf } from '../index-table/pack-groups.ts';
import type { OpenRepository } from '../repository.ts';
import { readRange } from '../rewrite/resave-blobs.ts';

/** Read at once from a pack's end: the whole header of a pack with up to 100 blobs, which most have. */
const TAIL_BYTES = 4096;

/**
 * The blobs that a pack of `sizeBytes` lists in its own header, of which only the header is read. `undefined` when it is no
 * pack of ours, was cut short, or lists more or less than the file has room for.
 */
export async function readPackHeader(
  repository: OpenRepository,
  pack: Id,
  sizeBytes: number,
  signal?: AbortSignal,
): Promise<BlobEntry[] | undefined> {
  const offset = Math.max(0, sizeBytes - TAIL_BYTES);
  const tail = await readRange(repository, pack, { offset, length: sizeBytes - offset }, signal);
  if (tail === undefined) return undefined;
  try {
    const length = headerLengthOf(tail.subarray(-HEADER_LENGTH_SIZE), sizeBytes);
    const from = sizeBytes - HEADER_LENGTH_SIZE - length;
    const sealed =
      from >= offset
        ? tail.subarray(from - offset, from - offset + length)
        : await readRange(repository, pack, { offset: from, length }, signal);
    const header = sealed && repository.sealer.tryOpen(sealed);
    const entries = header && parsePackHeader(header);
    return entries !== undefined && entries.length > 0 && fileBytesOf(entries) === sizeBytes
      ? entries
      : undefined;
  } catch (error) {
    if (isFailure(error) && error.code.startsWith('restic-format/')) return undefined;
    throw error;
  }
}
