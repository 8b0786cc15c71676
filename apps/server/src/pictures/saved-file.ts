import { createHash } from 'node:crypto';
import type { ByteSource } from '@holdfast/kernel';
import type { MediaSource } from '@holdfast/media';
import type { IndexedRepository } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { inOnePart, type ReadParts } from '../reading/blob-parts.ts';

/** What of a repository is read: which blobs there are and how long, and what is in them. */
export type SavedBlobs = Pick<IndexedRepository, 'blobs' | 'index'>;

/** A file in a repository, to be read in places. */
export interface SavedFile {
  readonly sizeBytes: number;
  /** Bytes from `from` up to `to`, which is not among them. Only the blobs they lie in are read. */
  bytes(from: number, to: number, signal: AbortSignal): ByteSource;
}

/** A blob of a file: where in the file it begins and ends. */
interface Piece {
  readonly id: Id;
  readonly from: number;
  readonly to: number;
}

/** Blobs that are kept while a picture is made: what is read is the beginning, a table, and one place more. */
const MOST_KEPT = 3;

/** A file by the blobs it consists of. Where no index file lists one of them, all behind it would be misplaced, and nothing of the file is given. */
export function savedFile(
  { blobs, index }: SavedBlobs,
  content: readonly Id[],
  readParts: ReadParts = inOnePart,
): SavedFile {
  const pieces: Piece[] = [];
  let sizeBytes = 0;
  for (const id of content) {
    const blob = index.numberOf('data', id);
    const length = blob < 0 ? 0 : index.plainLengthOf(blob);
    pieces.push({ id, from: sizeBytes, to: sizeBytes + length });
    sizeBytes += length;
  }
  const missing = content.find((id) => !index.has('data', id));
  return {
    sizeBytes,
    async *bytes(from, to, signal) {
      // Reading it says what is wrong.
      if (missing !== undefined) await blobs.loadBlob('data', missing, signal);
      for (const piece of pieces) {
        if (piece.to <= from || piece.from >= to) continue;
        yield* readParts(blobs, piece.id, Math.max(0, from - piece.from), to - piece.from, signal);
      }
    },
  };
}

/**
 * The same as a source for pictures: blobs read last are kept. What it gave is gone once it is disposed of: megabytes outside of V8's heap, which it
 * would see as garbage only much later.
 */
export function mediaSource(saved: SavedBlobs, content: readonly Id[]): MediaSource & Disposable {
  const kept = new Map<Id, Uint8Array>();
  const given: Uint8Array[] = [];
  const loadBlob: SavedBlobs['blobs']['loadBlob'] = async (type, id, signal) => {
    const bytes = kept.get(id) ?? (await saved.blobs.loadBlob(type, id, signal));
    kept.delete(id);
    kept.set(id, bytes);
    for (const [oldest] of kept) if (kept.size > MOST_KEPT) kept.delete(oldest);
    return bytes;
  };
  const { index } = saved;
  const file = savedFile(saved, content);
  const keeping = savedFile({ index, blobs: { loadBlob } as SavedBlobs['blobs'] }, content);
  const { sizeBytes } = file;
  return {
    sizeBytes,
    async read(from, length, signal = new AbortController().signal) {
      const to = Math.min(sizeBytes, from + length);
      if (from >= to) return new Uint8Array();
      if (content.length === 1) {
        for await (const part of keeping.bytes(from, to, signal)) return part;
      }
      // Who reads all of it reads it once: nothing but the file itself is in memory then.
      const isWhole = to - from === sizeBytes;
      const bytes = new Uint8Array(to - from);
      given.push(bytes);
      let at = 0;
      for await (const part of (isWhole ? file : keeping).bytes(from, to, signal)) {
        bytes.set(part, at);
        at += part.length;
        if (isWhole) free(part);
      }
      return bytes;
    },
    [Symbol.dispose]() {
      for (const bytes of [...kept.values(), ...given.splice(0)]) free(bytes);
      kept.clear();
    },
  };
}

/** Gives memory back at once that is nobody else's. */
function free(bytes: Uint8Array): void {
  const { buffer, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** What names a file's content: the same bytes, saved alike, have the same. */
export function contentIdOf(content: readonly Id[]): string {
  return createHash('sha256').update(content.join()).digest('hex');
}
