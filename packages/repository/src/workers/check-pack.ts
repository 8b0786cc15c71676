import { isFailure } from '@holdfast/kernel';
import {
  type BlobEntry,
  decompress,
  headerLengthOf,
  idOf,
  parsePackHeader,
  SEAL_OVERHEAD,
  type Sealer,
} from '@holdfast/restic-format';
import type { BlobProblem, JobInput, JobOutput } from './jobs.ts';

/** See `Jobs.checkPack`. Every byte of the pack is covered: by its name, and each part by its own tag. */
export function checkPack(sealer: Sealer, input: JobInput<'checkPack'>): JobOutput<'checkPack'> {
  const { id, bytes: pack, entries } = input;
  const problems: BlobProblem[] = [];
  for (const entry of entries) {
    const sealed = pack.subarray(entry.offset, entry.offset + entry.length);
    const problem = problemOf(sealer, entry, sealed);
    if (problem !== undefined) problems.push({ id: entry.id, type: entry.type, problem });
  }
  return { isNameRight: idOf(pack) === id, header: compareHeader(sealer, pack, entries), problems };
}

/** The blobs a whole pack's own header lists; `undefined` when it cannot be read. */
function readHeader(sealer: Sealer, pack: Uint8Array): BlobEntry[] | undefined {
  try {
    const length = headerLengthOf(pack.subarray(-4), pack.length);
    const header = sealer.tryOpen(pack.subarray(pack.length - 4 - length, pack.length - 4));
    return header === undefined ? undefined : parsePackHeader(header);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}

/** What opened blobs are put into, one after the other: fresh memory for each costs as much as opening it. */
let scratch = new Uint8Array(0);

/** As `openBlob`, but nothing is given away. */
function problemOf(sealer: Sealer, entry: BlobEntry, sealed: Uint8Array): BlobProblem['problem'] | undefined {
  const length = sealed.length - SEAL_OVERHEAD;
  if (sealed.length < entry.length || length < 0) return 'unauthentic';
  if (scratch.length < length) scratch = new Uint8Array(length * 2);
  if (!sealer.tryOpenInto(sealed, scratch)) return 'unauthentic';
  const content = scratch.subarray(0, length);
  return plaintextId(content, entry.uncompressedLength) === entry.id ? undefined : 'wrong-content';
}

function plaintextId(content: Uint8Array, uncompressedLength: number | undefined): string | undefined {
  if (uncompressedLength === undefined) return idOf(content);
  try {
    return idOf(decompress(content, uncompressedLength));
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
  if (header.length !== entries.length) return 'differs';
  const inOrder = entries.toSorted((a, b) => a.offset - b.offset);
  const isRight = header.every((entry, at) => isSame(entry, inOrder[at]));
  return isRight ? 'right' : 'differs';
}

const isSame = (a: BlobEntry, b: BlobEntry | undefined): boolean =>
  b !== undefined &&
  a.id === b.id &&
  a.type === b.type &&
  a.offset === b.offset &&
  a.length === b.length &&
  a.uncompressedLength === b.uncompressedLength;
