import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { idOf, type Sealer } from '@holdfast/restic-format';
import type { BlobProblem, HashedChunk, JobInput, JobOutput, WriteTarget } from './jobs.ts';
import { openBlob } from './open-blob.ts';
import { osPath } from './pieces.ts';

const NOFOLLOW = constants.O_NOFOLLOW ?? 0;

/** Of the file read back at once, and of the zeros a blob is compared with. */
const READ_BYTES = 8 * 1024 * 1024;

/** See `Jobs.write`. Blobs of zeros are not written: the file has its length already, and holes where nothing is. */
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
      if (isHole && !target.isNew) continue;
      try {
        writeAt(target, opened.plaintext);
      } catch (error) {
        refusals.push({ path: target.path, ...errnoOf(error) });
      }
    }
  }
  return { problems, refusals };
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
  const creating = target.isNew ? constants.O_CREAT | constants.O_EXCL : 0;
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

let readMemory: Uint8Array | undefined;

function consistsOf(path: string, chunks: readonly HashedChunk[]): boolean {
  const fd = openSync(osPath(path), constants.O_RDONLY | NOFOLLOW);
  try {
    const longest = chunks.reduce((most, chunk) => Math.max(most, chunk.length), 0);
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (fstatSync(fd).size !== size) return false;
    if (readMemory === undefined || readMemory.length < longest)
      readMemory = new Uint8Array(Math.max(longest, READ_BYTES));
    let position = 0;
    for (const { id, length } of chunks) {
      let read = 0;
      while (read < length) {
        const got = readSync(fd, readMemory, read, length - read, position + read);
        if (got === 0) return false;
        read += got;
      }
      if (idOf(readMemory.subarray(0, length)) !== id) return false;
      position += length;
    }
    return true;
  } finally {
    closeSync(fd);
  }
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
