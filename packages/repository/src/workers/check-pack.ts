import { isFailure } from '@holdfast/kernel';
import { type BlobEntry, headerLengthOf, idOf, parsePackHeader, type Sealer } from '@holdfast/restic-format';
import type { BlobProblem, JobInput, JobOutput } from './jobs.ts';
import { openBlob } from './open-blob.ts';

/** See `Jobs.checkPack`. Every byte of the pack is covered: by its name, and each part by its own tag. */
export function checkPack(sealer: Sealer, input: JobInput<'checkPack'>): JobOutput<'checkPack'> {
  const { id, bytes: pack, entries } = input;
  const problems: BlobProblem[] = [];
  for (const entry of entries) {
    const opened = openBlob(sealer, entry, pack.subarray(entry.offset, entry.offset + entry.length));
    if (opened.kind !== 'opened') problems.push({ id: entry.id, type: entry.type, problem: opened.kind });
  }
  return { isNameRight: idOf(pack) === id, header: compareHeader(sealer, pack, entries), problems };
}

/** The blobs a whole pack's own header lists; `undefined` when it cannot be read. */
export function readHeader(sealer: Sealer, pack: Uint8Array): BlobEntry[] | undefined {
  try {
    const length = headerLengthOf(pack.subarray(-4), pack.length);
    const header = sealer.tryOpen(pack.subarray(pack.length - 4 - length, pack.length - 4));
    return header === undefined ? undefined : parsePackHeader(header);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}

function compareHeader(
  sealer: Sealer,
  pack: Uint8Array,
  entries: readonly BlobEntry[],
): 'right' | 'unreadable' | 'differs' {
  const header = readHeader(sealer, pack);
  if (header === undefined) return 'unreadable';
  const inHeader = new Map(header.map((entry) => [entry.offset, entry]));
  const isRight = entries.every((entry) => {
    const found = inHeader.get(entry.offset);
    return (
      found !== undefined &&
      found.id === entry.id &&
      found.type === entry.type &&
      found.length === entry.length &&
      found.uncompressedLength === entry.uncompressedLength
    );
  });
  return isRight && header.length === entries.length ? 'right' : 'differs';
}
