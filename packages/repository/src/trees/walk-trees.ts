import { type Failure, isFailure } from '@holdfast/kernel';
import type { Id, Node } from '@holdfast/restic-format';
import type { BlobReader } from '../blob-reader.ts';
import type { BlobIndex } from '../index-table/blob-index.ts';

/** Where a walk starts: a snapshot's tree. */
export interface WalkRoot {
  readonly snapshot: Id;
  readonly tree: Id;
}

/** A tree that was met, and where it was met first. */
export interface WalkedTree {
  readonly id: Id;
  readonly snapshot: Id;
  /** Of the folder: empty for the root, `/a/b` below. */
  readonly path: string;
  readonly outcome:
    | { readonly kind: 'loaded'; readonly nodes: readonly Node[] }
    /** It is missing, damaged or no tree. */
    | { readonly kind: 'failed'; readonly failure: Failure };
}

/** What a walk needs of a repository. */
export interface TreeHome {
  readonly index: BlobIndex;
  readonly blobs: BlobReader;
}

/** So many trees are being read at once: enough to hide a store's latency. */
const TREES_AT_A_TIME = 16;

interface Step {
  readonly id: Id;
  readonly snapshot: Id;
  readonly path: string;
}

/**
 * Reads every tree below the roots once, wherever and however often it occurs; parents before children.
 *
 * Holds a byte a blob of the index, and the trees that are not read yet. Trees that cannot be had are yielded as failed;
 * only what concerns the whole store is thrown.
 */
export async function* walkTrees(
  home: TreeHome,
  roots: Iterable<WalkRoot>,
  signal?: AbortSignal,
): AsyncGenerator<WalkedTree, void, undefined> {
  signal?.throwIfAborted();
  const seen = new SeenTrees(home.index);
  const stopper = new AbortController();
  const stop = signal === undefined ? stopper.signal : AbortSignal.any([signal, stopper.signal]);
  const waiting: Step[] = [];
  for (const { snapshot, tree } of roots) waiting.push({ id: tree, snapshot, path: '' });
  waiting.reverse();
  const underWay: Promise<WalkedTree>[] = [];
  try {
    for (;;) {
      while (underWay.length < TREES_AT_A_TIME) {
        const step = waiting.pop();
        if (step === undefined) break;
        if (seen.add(step.id)) underWay.push(handled(load(home.blobs, step, stop)));
      }
      const walked = await underWay.shift();
      if (walked === undefined) return;
      pushSubtrees(walked, waiting);
      yield walked;
    }
  } finally {
    stopper.abort();
    await Promise.allSettled(underWay);
  }
}

/** The one who awaits it in its turn learns of a rejection; until then it must not count as unhandled. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function load(blobs: BlobReader, step: Step, signal: AbortSignal): Promise<WalkedTree> {
  try {
    return { ...step, outcome: { kind: 'loaded', nodes: await blobs.loadTree(step.id, signal) } };
  } catch (error) {
    if (!isFailure(error) || !isAboutTheTree(error)) throw error;
    return { ...step, outcome: { kind: 'failed', failure: error } };
  }
}

/** A medium that fails here may well give the next tree; a store that is gone gives nothing. */
const isAboutTheTree = ({ code }: Failure): boolean => code !== 'store/absent' && code !== 'store/denied';

/** The last is taken next: in reverse they are walked in order, and few are ever waiting. */
function pushSubtrees({ snapshot, path, outcome }: WalkedTree, waiting: Step[]): void {
  if (outcome.kind !== 'loaded') return;
  for (let at = outcome.nodes.length - 1; at >= 0; at--) {
    const node = outcome.nodes[at];
    if (node?.type !== 'dir' || node.subtree === undefined) continue;
    waiting.push({ id: node.subtree, snapshot, path: `${path}/${node.name}` });
  }
}

class SeenTrees {
  readonly #index: BlobIndex;
  readonly #isSeen: Uint8Array;
  /** Trees the index does not know: few, unless it is badly damaged. */
  readonly #others = new Set<Id>();

  constructor(index: BlobIndex) {
    this.#index = index;
    this.#isSeen = new Uint8Array(index.blobCount);
  }

  /** False when it was there already. */
  add(id: Id): boolean {
    const number = this.#index.numberOf('tree', id);
    if (number < 0 || number >= this.#isSeen.length) {
      if (this.#others.has(id)) return false;
      this.#others.add(id);
      return true;
    }
    if (this.#isSeen[number] === 1) return false;
    this.#isSeen[number] = 1;
    return true;
  }
}
