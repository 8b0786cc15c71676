import { isFailure } from '@holdfast/kernel';
import {
  type BlobEntry,
  type BlobType,
  type Id,
  type Node,
  parseTree,
  type Sealer,
} from '@holdfast/restic-format';
import type { Store } from '@holdfast/store';
import { damaged, missingBlob } from './failures.ts';
import type { BlobIndex, BlobLocation } from './index-table/blob-index.ts';
import { openBlob } from './workers/open-blob.ts';

/** Blobs below this are read into memory of their own. */
const WORTH_KEEPING = 64 * 1024;

/** As are those above: they are few. */
const MOST_KEPT = 8 * 1024 * 1024;

/** As many are read at once where pictures are made. */
const MOST_SPARES = 3;

/** Bytes nobody asked for are read along when the gap is smaller: a read of its own costs more. */
const SMALL_GAP = 64 * 1024;

/** Most bytes of one read, unless a single blob is longer. */
const LONGEST_STRETCH = 1024 * 1024;

/** Reads single blobs: trees, mostly. Every blob given was compared with its id. */
export class BlobReader {
  readonly #store: Store;
  readonly #index: BlobIndex;
  readonly #sealer: Sealer;
  /** What blobs were read into, for the next ones: megabytes that V8 would see as garbage only much later. */
  readonly #spares: Uint8Array[] = [];

  constructor(store: Store, index: BlobIndex, sealer: Sealer) {
    this.#store = store;
    this.#index = index;
    this.#sealer = sealer;
  }

  /**
   * The blob's plaintext. Where one copy is damaged the next is tried. Fails with `repository/missing-blob` when no index
   * file lists it, `repository/damaged` when no copy is whole.
   */
  async loadBlob(type: BlobType, id: Id, signal?: AbortSignal): Promise<Uint8Array> {
    const places = this.#index.findAll(type, id);
    if (places.length === 0) throw missingBlob(type, id);
    let cause: unknown;
    for (const { pack, entry } of places) {
      try {
        const { offset, length } = entry;
        const into = this.#takeSpare(length);
        const sealed = await this.#store.get(
          { kind: 'pack', name: pack },
          { offset, length, ...(into && { into }), ...(signal && { signal }) },
        );
        const opened = openBlob(this.#sealer, entry, sealed);
        this.#giveSpare(into);
        if (opened.kind === 'opened') return opened.plaintext;
        cause = opened.kind;
      } catch (error) {
        if (!isFailure(error, 'store/missing') && !isFailure(error, 'store/truncated')) throw error;
        cause = error;
      }
    }
    const [first] = places;
    throw damaged(
      `${type} blob ${id.slice(0, 8)} in pack ${first?.pack.slice(0, 8)}`,
      'holdfast repair snapshots',
      cause,
    );
  }

  /**
   * Many blobs, each with its id, those that lie close to each other read at once; in the order they lie in, not asked in. What cannot be
   * loaded so easily is left out: `loadBlob` finds another copy, or says why there is none.
   */
  async *loadBlobs(
    type: BlobType,
    ids: readonly Id[],
    signal?: AbortSignal,
  ): AsyncGenerator<{ readonly id: Id; readonly plaintext: Uint8Array }, void, undefined> {
    const places = ids.flatMap((id) => this.#index.findAll(type, id).slice(0, 1));
    for (const stretch of stretchesOf(places)) {
      const { pack, offset, length } = stretch;
      const options = { offset, length, ...(signal && { signal }) };
      const sealed = await this.#store.get({ kind: 'pack', name: pack }, options).catch(nothingIfFailed);
      if (sealed === undefined) continue;
      for (const entry of stretch.entries) {
        const from = entry.offset - offset;
        const opened = openBlob(this.#sealer, entry, sealed.subarray(from, from + entry.length));
        if (opened.kind === 'opened') yield { id: entry.id, plaintext: opened.plaintext };
      }
    }
  }

  /** Memory to read a large blob into, nobody else's until it is given back. */
  #takeSpare(length: number): Uint8Array | undefined {
    if (length < WORTH_KEEPING || length > MOST_KEPT) return undefined;
    const at = this.#spares.findIndex((spare) => spare.length >= length);
    return this.#spares.splice(at, at < 0 ? 0 : 1)[0] ?? new Uint8Array(length + (length >> 1));
  }

  #giveSpare(spare: Uint8Array | undefined): void {
    if (spare === undefined) return;
    this.#spares.push(spare);
    if (this.#spares.length > MOST_SPARES) this.#spares.shift();
  }

  /** A directory's entries, in the order of their names. */
  async loadTree(id: Id, signal?: AbortSignal): Promise<Node[]> {
    return parseTree(await this.loadBlob('tree', id, signal));
  }
}

interface Stretch {
  readonly pack: Id;
  readonly offset: number;
  readonly length: number;
  readonly entries: readonly BlobEntry[];
}

/** Reads that bring all of these. */
function* stretchesOf(places: readonly BlobLocation[]): Generator<Stretch, void, undefined> {
  for (const [pack, inPack] of Map.groupBy(places, (place) => place.pack)) {
    const entries = inPack.map(({ entry }) => entry).sort((a, b) => a.offset - b.offset);
    let [offset, end] = [0, 0];
    let stretch: BlobEntry[] = [];
    for (const entry of entries) {
      const ends = entry.offset + entry.length;
      if (stretch.length > 0 && (entry.offset - end > SMALL_GAP || ends - offset > LONGEST_STRETCH)) {
        yield { pack, offset, length: end - offset, entries: stretch };
        stretch = [];
      }
      if (stretch.length === 0) offset = entry.offset;
      end = stretch.length === 0 ? ends : Math.max(end, ends);
      stretch.push(entry);
    }
    if (stretch.length > 0) yield { pack, offset, length: end - offset, entries: stretch };
  }
}

function nothingIfFailed(error: unknown): undefined {
  if (!isFailure(error)) throw error;
}
