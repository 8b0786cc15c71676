import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import {
  createStage,
  finishStage,
  openStage,
  osPath,
  reachEntry,
  type StagedFile,
  unlinkQuietly,
} from '@holdfast/local-files';
import { type Id, idOf, type Sealer } from '@holdfast/restic-format';
import type {
  BlobWrite,
  HashedChunk,
  JobInput,
  JobOutput,
  LocalTarget,
  WriteFailure,
  WriteTarget,
} from './jobs.ts';
import { openUnproved } from './open-blob.ts';
import { readFully } from './pieces.ts';

const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

type Failed = JobOutput<'write'>['failures'][number];

/** See `Jobs.write`. Zeros are not written onto zeros: the file has its length already, and holes stay holes. */
export function write(sealer: Sealer, { stretch, blobs }: JobInput<'write'>): JobOutput<'write'> {
  const lost: number[] = [];
  const failures: Failed[] = [];
  using parts = new OpenPart();
  for (const [at, { entry, targets }] of blobs.entries()) {
    const start = entry.offset - stretch.offset;
    const bytes = openUnproved(sealer, entry, stretch.bytes.subarray(start, start + entry.length));
    if (bytes === undefined || !writeToAll(bytes, entry.id, targets, parts, failures)) lost.push(at);
  }
  return { lost, failures };
}

/** See `Jobs.takeUp`. */
export function takeUp({ path, chunks }: JobInput<'takeUp'>): JobOutput<'takeUp'> {
  try {
    const fd = openStage(path);
    try {
      const have = rightChunks(fd, chunks);
      ftruncateSync(fd, totalLength(chunks));
      return { have };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return errnoOf(error);
  }
}

/** See `Jobs.prove`. */
export function prove({ files }: JobInput<'prove'>): JobOutput<'prove'> {
  return files.map((file) => {
    try {
      return consistsOf(file) ? 'proved' : 'differs';
    } catch (error) {
      return { errno: errnoOf(error).errno };
    }
  });
}

/** False, and no file is the worse for it, when the bytes are not the ones that the id names. */
function writeToAll(
  bytes: Uint8Array,
  id: Id,
  targets: BlobWrite['targets'],
  parts: OpenPart,
  failures: Failed[],
): boolean {
  const isHole = isAllZero(bytes);
  for (const target of targets) {
    const failure = writeTo(target, bytes, id, isHole, parts);
    if (failure === undefined) continue;
    // Only now does it matter who is wrong: the pack, or the medium that was written to.
    if (failure.kind === 'differs' && idOf(bytes) !== id) return false;
    failures.push({ file: target.file, outcome: failure });
  }
  return true;
}

function writeTo(
  target: WriteTarget,
  bytes: Uint8Array,
  id: Id,
  isHole: boolean,
  parts: OpenPart,
): WriteFailure | undefined {
  try {
    if (target.kind === 'whole') return writeWhole(target.destination, bytes, id, isHole);
    const { offset, stagePath, onto } = target;
    const fd = parts.open(stagePath);
    if (!isHole || onto !== 'zeros') writeFully(fd, bytes, offset);
    return holds(fd, offset, bytes.length, id) ? undefined : { kind: 'differs' };
  } catch (error) {
    return { kind: 'refused', ...errnoOf(error) };
  }
}

function writeWhole(
  destination: StagedFile,
  bytes: Uint8Array,
  id: Id,
  isHole: boolean,
): WriteFailure | undefined {
  const fd = createStage(destination.stagePath);
  let isRight = false;
  try {
    if (isHole) ftruncateSync(fd, bytes.length);
    else writeFully(fd, bytes, 0);
    isRight = holds(fd, 0, bytes.length, id, 'to the end');
  } finally {
    if (!isRight) {
      closeSync(fd);
      unlinkQuietly(destination.stagePath);
    }
  }
  if (!isRight) return { kind: 'differs' };
  try {
    return finishStage(fd, destination) ? undefined : { kind: 'taken' };
  } catch (error) {
    unlinkQuietly(destination.stagePath);
    throw error;
  }
}

/** The file written to last, left open: the next blob mostly goes there too. */
class OpenPart implements Disposable {
  #path: string | undefined;
  #fd = -1;

  open(path: string): number {
    if (path === this.#path) return this.#fd;
    this[Symbol.dispose]();
    this.#fd = openStage(path);
    this.#path = path;
    return this.#fd;
  }

  [Symbol.dispose](): void {
    if (this.#path !== undefined) closeSync(this.#fd);
    this.#path = undefined;
  }
}

function consistsOf({ path, chunks }: LocalTarget): boolean {
  using at = reachEntry(path);
  const fd = openSync(osPath(at.path), READ_ONLY);
  try {
    const stat = fstatSync(fd);
    return stat.isFile() && stat.size === totalLength(chunks) && !rightChunks(fd, chunks).includes(0);
  } finally {
    closeSync(fd);
  }
}

const totalLength = (chunks: readonly HashedChunk[]): number =>
  chunks.reduce((sum, chunk) => sum + chunk.length, 0);

function rightChunks(fd: number, chunks: readonly HashedChunk[]): Uint8Array {
  let position = 0;
  return Uint8Array.from(chunks, ({ id, length }) => {
    const isRight = holds(fd, position, length, id);
    position += length;
    return isRight ? 1 : 0;
  });
}

let readMemory = new Uint8Array(0);

/** Reads what is at a place of a file, and tells whether it is the blob of this id; `to the end`: and nothing behind it. */
function holds(fd: number, offset: number, length: number, id: Id, upTo?: 'to the end'): boolean {
  const wanted = upTo === undefined ? length : length + 1;
  if (readMemory.length < wanted) readMemory = new Uint8Array(wanted + (wanted >> 1));
  const read = readFully(fd, readMemory, offset, wanted);
  return read === length && idOf(readMemory.subarray(0, length)) === id;
}

function writeFully(fd: number, bytes: Uint8Array, offset: number): void {
  for (let written = 0; written < bytes.length; )
    written += writeSync(fd, bytes, written, bytes.length - written, offset + written);
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
