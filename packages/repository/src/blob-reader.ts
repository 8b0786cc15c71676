import { isFailure } from '@holdfast/kernel';
import { type BlobType, type Id, type Node, parseTree, type Sealer } from '@holdfast/restic-format';
import type { Store } from '@holdfast/store';
import { damaged, missingBlob } from './failures.ts';
import type { BlobIndex } from './index-table/blob-index.ts';
import { openBlob } from './workers/open-blob.ts';

/** Reads single blobs: trees, mostly. Every blob given was compared with its id. */
export class BlobReader {
  readonly #store: Store;
  readonly #index: BlobIndex;
  readonly #sealer: Sealer;

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
        const sealed = await this.#store.get(
          { kind: 'pack', name: pack },
          { offset, length, ...(signal && { signal }) },
        );
        const opened = openBlob(this.#sealer, entry, sealed);
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

  /** A directory's entries, in the order of their names. */
  async loadTree(id: Id, signal?: AbortSignal): Promise<Node[]> {
    return parseTree(await this.loadBlob('tree', id, signal));
  }
}
