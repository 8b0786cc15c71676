import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { idOf, type Sealer } from '@holdfast/restic-format';
import type { BlobProblem, HashedChunk, JobInput, JobOutput, LocalTarget, WriteTarget } from './jobs.ts';
import { openBlob } from './open-blob.ts';
import { osPath, readFully } from './pieces.ts';

const NOFOLLOW = constants.O_NOFOLLOW ?? 0;

/** See `Jobs.write`. Zeros are not written onto zeros: the file has its length already, and holes stay holes. */
export function write(sealer: Sealer, { stretch, blobs }: JobInput<'write'>): JobOutput<'write'> {
  const problems: BlobProblem[] = [];
  const refusals: JobOutput<'write'>['refusals'][number][] = [];
  for (const { entry, targets } of blobs) {
    const start = entry.offset - stretch.offset;
    const opened = openBlob(sealer, entry, stretch.bytes.subarray(start, start + entry.length));
    if (opened.kind !== 'opened') {
      problems.push({ id: entry.id, type: entry.type, problem: opened.kind });
      continue;
    }
    const isHole = isAllZero(opened.plaintext);
    for (const target of targets) {
      if (isHole && target.onto === 'zeros') continue;
      try {
        writeAt(target, opened.plaintext);
      } catch (error) {
        refusals.push({ path: target.path, ...errnoOf(error) });
      }
    }
  }
  return { problems, refusals };
}

/** See `Jobs.create`. */
export function create({ files }: JobInput<'create'>): JobOutput<'create'> {
  return files.map((file) => {
    try {
      return { have: makeOrTakeUp(file) };
    } catch (error) {
      return errnoOf(error);
    }
  });
}

/** See `Jobs.prove`. */
export function prove({ files }: JobInput<'prove'>): JobOutput<'prove'> {
  return files.map(({ path, chunks }) => {
    try {
      return consistsOf(path, chunks) ? 'proved' : 'differs';
    } catch (error) {
      return { errno: errnoOf(error).errno };
    }
  });
}

function writeAt(target: WriteTarget, bytes: Uint8Array): void {
  const creating = target.onto === 'nothing' ? constants.O_CREAT | constants.O_TRUNC : 0;
  const fd = openSync(osPath(target.path), constants.O_WRONLY | NOFOLLOW | creating, 0o600);
  try {
    let written = 0;
    while (written < bytes.length) {
      written += writeSync(fd, bytes, written, bytes.length - written, target.offset + written);
    }
  } finally {
    closeSync(fd);
  }
}

function makeOrTakeUp({ path, chunks }: LocalTarget): Uint8Array | undefined {
  const fd = openSync(osPath(path), constants.O_RDWR | constants.O_CREAT | NOFOLLOW, 0o600);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile())
      throw Object.assign(new Error('no ordinary file'), { code: 'EEXIST', syscall: 'open' });
    const have = stat.size === 0 ? undefined : rightChunks(fd, chunks);
    ftruncateSync(fd, totalLength(chunks));
    return have;
  } finally {
    closeSync(fd);
  }
}

function consistsOf(path: string, chunks: readonly HashedChunk[]): boolean {
  const fd = openSync(osPath(path), constants.O_RDONLY | NOFOLLOW);
  try {
    return fstatSync(fd).size === totalLength(chunks) && !rightChunks(fd, chunks).includes(0);
  } finally {
    closeSync(fd);
  }
}

const totalLength = (chunks: readonly HashedChunk[]): number =>
  chunks.reduce((sum, chunk) => sum + chunk.length, 0);

let readMemory = new Uint8Array(0);

function rightChunks(fd: number, chunks: readonly HashedChunk[]): Uint8Array {
  const longest = chunks.reduce((most, chunk) => Math.max(most, chunk.length), 0);
  if (readMemory.length < longest) readMemory = new Uint8Array(longest);
  let position = 0;
  return Uint8Array.from(chunks, ({ id, length }) => {
    const read = readFully(fd, readMemory, position, length);
    position += length;
    return read === length && idOf(readMemory.subarray(0, length)) === id ? 1 : 0;
  });
}

const zeros = new Uint8Array(64 * 1024);

function isAllZero(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0 || bytes[bytes.length - 1] !== 0) return false;
  for (let at = 0; at < bytes.length; at += zeros.length) {
    const part = bytes.subarray(at, at + zeros.length);
    if (Buffer.compare(part, zeros.subarray(0, part.length)) !== 0) return false;
  }
  return true;
}

function errnoOf(error: unknown): { errno: string; syscall: string } {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return { errno: String(error.code), syscall: 'syscall' in error ? String(error.syscall) : 'write' };
}
