import type { Id } from '@holdfast/restic-format';
import { damageOf, type SavedBlobs } from '../saved/damage.ts';
import { readContent } from '../saved/read-content.ts';
import { sha256Of } from './read-and-hash.ts';

/** Content that a backup has. */
export interface SavedContent {
  readonly content: readonly Id[];
  readonly snapshot: Id;
  /** From the snapshot's root. */
  readonly path: string;
}

/**
 * Contents that backups have, by size: whether one of them is the one with a hash.
 *
 * A file that was saved as one blob needs nothing to be read: the blob's id is the hash of the content. Of longer ones the hash is
 * computed when it is asked for, once.
 */
export class SavedContents {
  readonly #saved: SavedBlobs;
  readonly #onUnread: (where: SavedContent, detail: string) => void;
  /** By size, by the ids of the blobs. */
  readonly #bySize = new Map<number, Map<string, SavedContent>>();
  readonly #hashes = new Map<string, Promise<string | undefined>>();

  constructor(saved: SavedBlobs, onUnread: (where: SavedContent, detail: string) => void) {
    this.#saved = saved;
    this.#onUnread = onUnread;
  }

  /** Adds a file; the first of those with the same content is the one that is found. One that the repository has lost is none. */
  add(sizeBytes: number, file: SavedContent): void {
    if (!file.content.every((id) => this.#saved.index.has('data', id))) return;
    let contents = this.#bySize.get(sizeBytes);
    if (contents === undefined) {
      contents = new Map();
      this.#bySize.set(sizeBytes, contents);
    }
    const key = file.content.join();
    if (!contents.has(key)) contents.set(key, file);
  }

  /** True when some backup has content of that size. */
  hasSize(sizeBytes: number): boolean {
    return this.#bySize.has(sizeBytes);
  }

  /** The content with that hash; where what is saved cannot be read, it is told, and counts as another. */
  async find(
    sizeBytes: number,
    sha256: string,
    signal: AbortSignal | undefined,
  ): Promise<SavedContent | undefined> {
    const contents = this.#bySize.get(sizeBytes);
    const one = contents?.get(sha256);
    if (contents === undefined || one !== undefined) return one;
    for (const [key, file] of contents) {
      if (file.content.length !== 1 && (await this.#hashOf(key, file, signal)) === sha256) return file;
    }
    return undefined;
  }

  #hashOf(key: string, file: SavedContent, signal: AbortSignal | undefined): Promise<string | undefined> {
    let hash = this.#hashes.get(key);
    if (hash === undefined) {
      hash = sha256Of(readContent(this.#saved.blobs, file.content, signal)).catch((error: unknown) => {
        signal?.throwIfAborted();
        this.#onUnread(file, damageOf(error));
        return undefined;
      });
      this.#hashes.set(key, hash);
    }
    return hash;
  }
}
