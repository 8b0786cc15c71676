import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { osPath } from '@holdfast/local-files';
import {
  type GearTable,
  idOf,
  isCompressed,
  looksRandom,
  MAX_CHUNK_LENGTH,
  nextCut,
} from '@holdfast/restic-format';
import type { Compressing, FileFacts, HashedChunk, HashedPiece, Piece } from './jobs.ts';

/** Bytes of files a lane holds at once: the longest chunk, so that a full slab always has a cut. */
export const SLAB_BYTES = MAX_CHUNK_LENGTH;

/** A chunk in less than this is compressed to see whether it shrinks; in more, a sample is looked at first. */
const WORTH_SAMPLING_BYTES = 128 * 1024;

/** A chunk in memory, until it is packed or not wanted. */
interface HeldChunk extends HashedChunk {
  readonly bytes: Uint8Array;
  readonly compress: Compressing;
}

/** Pieces read and cut: what is told about them, and the chunks behind it. */
export interface HeldPieces {
  readonly pieces: HashedPiece[];
  readonly chunks: HeldChunk[];
}

/** Not following a link at the end, and not waiting for a writer where a FIFO took the file's place. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads `pieces` into `slab` as far as it reaches, cuts and hashes them.
 *
 * The chunks are views of `slab` and of pieces given in memory. A file that does not fit whole is read as far as the
 * slab goes, and the answer says how much of it was consumed, which may be nothing.
 */
export function readPieces(pieces: readonly Piece[], slab: Uint8Array, gear: GearTable): HeldPieces {
  const held: HeldPieces = { pieces: [], chunks: [] };
  let used = 0;
  for (const piece of pieces) {
    if (piece.kind === 'bytes') {
      held.pieces.push(hashBytes(piece, held.chunks, gear));
      continue;
    }
    try {
      const { answer, read } = hashFile(piece, slab.subarray(used), held.chunks, gear);
      held.pieces.push(answer);
      used += read;
    } catch (error) {
      held.pieces.push(unreadable(error));
    }
  }
  return held;
}

type PieceOf<K extends Piece['kind']> = Extract<Piece, { kind: K }>;

function hashBytes(piece: PieceOf<'bytes'>, chunks: HeldChunk[], gear: GearTable): HashedPiece {
  const compress = piece.compress ?? !isCompressed(piece.bytes);
  const first = chunks.length;
  const consumed = piece.isWhole
    ? hold(piece.bytes, chunks, compress)
    : cut(piece.bytes, piece.isLast, chunks, gear, compress);
  return {
    kind: 'hashed',
    chunks: told(chunks, first),
    consumed,
    isLast: piece.isLast,
    compress,
    facts: undefined,
  };
}

function hashFile(
  piece: PieceOf<'file'>,
  room: Uint8Array,
  chunks: HeldChunk[],
  gear: GearTable,
): { answer: HashedPiece; read: number } {
  const fd = openSync(osPath(piece.path), OPEN_FLAGS);
  try {
    const stat = fstatSync(fd, { bigint: true });
    const facts = factsOf(stat);
    if (!stat.isFile() || (piece.facts !== undefined && !isSameFile(facts, piece.facts))) {
      return { answer: { kind: 'changed' }, read: 0 };
    }
    const left = facts.sizeBytes - piece.offset;
    const wanted = Math.min(room.length, left);
    const read = readFully(fd, room, piece.offset, wanted);
    const isLast = wanted === left;
    // Shorter than it said it is, or touched meanwhile: what was read may be neither the old file nor the new.
    if (read < wanted || !isSameFile(factsOf(fstatSync(fd, { bigint: true })), facts)) {
      return { answer: { kind: 'changed' }, read: 0 };
    }
    const bytes = room.subarray(0, read);
    const compress = piece.compress ?? !isCompressed(bytes);
    const first = chunks.length;
    const consumed = cut(bytes, isLast, chunks, gear, compress);
    return {
      answer: { kind: 'hashed', chunks: told(chunks, first), consumed, isLast, compress, facts },
      read,
    };
  } finally {
    closeSync(fd);
  }
}

/** Cuts `bytes`; unless they are the last, what follows the last certain cut is left. Gives the bytes consumed. */
function cut(
  bytes: Uint8Array,
  isLast: boolean,
  chunks: HeldChunk[],
  gear: GearTable,
  compress: Compressing,
): number {
  let start = 0;
  while (start < bytes.length) {
    const end = nextCut(bytes, start, bytes.length, gear, isLast);
    if (end < 0) break;
    hold(bytes.subarray(start, end), chunks, compress);
    start = end;
  }
  return start;
}

function hold(bytes: Uint8Array, chunks: HeldChunk[], compress: Compressing): number {
  const isVain = compress === true && bytes.length >= WORTH_SAMPLING_BYTES && looksRandom(bytes);
  chunks.push({ id: idOf(bytes), length: bytes.length, bytes, compress: isVain ? false : compress });
  return bytes.length;
}

const told = (chunks: readonly HeldChunk[], first: number): HashedChunk[] =>
  chunks.slice(first).map(({ id, length }) => ({ id, length }));

/** Reads until `length` bytes are there or the file ends; gives how many. */
export function readFully(fd: number, into: Uint8Array, position: number, length: number): number {
  let read = 0;
  while (read < length) {
    const got = readSync(fd, into, read, length - read, position + read);
    if (got === 0) break;
    read += got;
  }
  return read;
}

function factsOf(stat: {
  size: bigint;
  ino: bigint;
  dev: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
}): FileFacts {
  return {
    sizeBytes: Number(stat.size),
    inode: stat.ino,
    deviceId: stat.dev,
    mtimeNs: stat.mtimeNs,
    ctimeNs: stat.ctimeNs,
  };
}

const isSameFile = (a: FileFacts, b: FileFacts): boolean =>
  a.sizeBytes === b.sizeBytes && a.inode === b.inode && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;

function unreadable(error: unknown): HashedPiece {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const syscall = 'syscall' in error ? String(error.syscall) : 'read';
  return { kind: 'unreadable', errno: String(error.code), syscall };
}
