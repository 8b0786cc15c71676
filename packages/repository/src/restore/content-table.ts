import type { Id } from '@holdfast/restic-format';
import type { BlobIndex } from '../index-table/blob-index.ts';
import type { HashedChunk } from '../workers/jobs.ts';

/** Stands for a blob that the index does not know. */
const UNKNOWN = 0xffff_ffff;

const FIRST_CAPACITY = 1024;

/**
 * What files consist of, in sixteen bytes a blob: however many files a backup has, their contents are held at once.
 *
 * Files are numbered in the order they were added, and their blobs, all in one row, by position. Good with the index it
 * was made with.
 */
export class ContentTable {
  readonly index: BlobIndex;
  #files = 0;
  #used = 0;
  /** By file, the position of its first blob; one more at the end. */
  #starts = new Uint32Array(FIRST_CAPACITY);
  /** By position: the blob's number in the index, its file, and where in the file it begins. */
  #blobs = new Uint32Array(FIRST_CAPACITY);
  #owners = new Uint32Array(FIRST_CAPACITY);
  #offsets = new Float64Array(FIRST_CAPACITY);
  /** By file: ids the index does not know. */
  readonly #missing = new Map<number, Id[]>();

  constructor(index: BlobIndex) {
    this.index = index;
  }

  /** Files added. */
  get count(): number {
    return this.#files;
  }

  /** Adds a file and gives its number. */
  add(content: readonly Id[]): number {
    const file = this.#files++;
    this.#reserve(content.length);
    let offset = 0;
    for (const id of content) {
      const blob = this.index.numberOf('data', id);
      const at = this.#used++;
      this.#blobs[at] = blob < 0 ? UNKNOWN : blob;
      this.#owners[at] = file;
      this.#offsets[at] = offset;
      if (blob < 0) this.#missing.set(file, [...this.missingOf(file), id]);
      else offset += this.index.plainLengthOf(blob);
    }
    this.#starts[file + 1] = this.#used;
    return file;
  }

  /** Position of the file's first blob. */
  startOf(file: number): number {
    return this.#starts[file] ?? 0;
  }

  /** Position behind the file's last blob. */
  endOf(file: number): number {
    return this.#starts[file + 1] ?? 0;
  }

  /** The number, in the index, of the blob at a position; good only for files without missing blobs. */
  blobAt(position: number): number {
    return this.#blobs[position] ?? UNKNOWN;
  }

  fileAt(position: number): number {
    return this.#owners[position] ?? 0;
  }

  /** Where in its file the blob at a position begins. */
  offsetAt(position: number): number {
    return this.#offsets[position] ?? 0;
  }

  /** Blobs of the file that are in no pack the index knows. */
  missingOf(file: number): readonly Id[] {
    return this.#missing.get(file) ?? [];
  }

  /** Length of the file, as the index tells it; good only for files without missing blobs. */
  sizeOf(file: number): number {
    const last = this.endOf(file) - 1;
    return last < this.startOf(file) ? 0 : this.offsetAt(last) + this.index.plainLengthOf(this.blobAt(last));
  }

  /** The file's blobs with their lengths; those that are missing are left out. */
  chunksOf(file: number): HashedChunk[] {
    const chunks: HashedChunk[] = [];
    for (let at = this.startOf(file); at < this.endOf(file); at++) {
      const blob = this.blobAt(at);
      if (blob !== UNKNOWN)
        chunks.push({ id: this.index.idAt(blob), length: this.index.plainLengthOf(blob) });
    }
    return chunks;
  }

  #reserve(blobs: number): void {
    if (this.#files + 1 > this.#starts.length)
      this.#starts = enlarged(this.#starts, new Uint32Array(this.#files * 2));
    const wanted = this.#used + blobs;
    if (wanted <= this.#blobs.length) return;
    const capacity = Math.max(wanted, Math.ceil(this.#blobs.length * 1.5));
    this.#blobs = enlarged(this.#blobs, new Uint32Array(capacity));
    this.#owners = enlarged(this.#owners, new Uint32Array(capacity));
    this.#offsets = enlarged(this.#offsets, new Float64Array(capacity));
  }
}

function enlarged<A extends Uint32Array | Float64Array>(column: A, larger: A): A {
  larger.set(column);
  return larger;
}
