import type { IndexedRepository } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { type PreviousTrees, previousTrees } from './previous.ts';

/** Plaintext that is loaded for whoever will ask: some hundred thousand files' trees. */
const MOST_BYTES = 48 * 1024 * 1024;

/** How a tree names a subfolder's tree. Where it stands inside a name, its quotes are escaped there. */
const SUBTREE = Buffer.from('"subtree":"');

const ID_DIGITS = 64;

/** Previous trees that are loaded before anybody asks for them; disposing of it ends that. */
export interface TreesAhead extends AsyncDisposable {
  /** Those of the repository; what is loaded already is given once. */
  readonly previous: PreviousTrees;
}

interface Awaited {
  readonly plaintext: Promise<Uint8Array | undefined>;
  readonly settle: (plaintext: Uint8Array | undefined) => void;
}

/**
 * Loads the trees below `root`, many with one read, each before those inside it, until there are {@link MOST_BYTES} of them. A lock takes 200 ms to
 * settle, in which there is little else to do. Here they are only looked at for what they name; whoever asks for one judges it.
 */
export function treesAhead(
  repository: Pick<IndexedRepository, 'blobs' | 'index'>,
  root: Id | undefined,
  signal: AbortSignal,
): TreesAhead {
  const previous = previousTrees(repository);
  const stopper = new AbortController();
  const awaited = new Map<Id, Awaited>();
  const loading = loadBelow(root, repository.blobs, awaited, AbortSignal.any([signal, stopper.signal]))
    // What fails shows again to whoever asks for that tree.
    .catch(() => {})
    .finally(() => {
      for (const { settle } of awaited.values()) settle(undefined);
    });
  return {
    previous: {
      ...previous,
      async load(tree, signal) {
        const known = tree === undefined ? undefined : awaited.get(tree);
        if (tree === undefined || known === undefined) return previous.load(tree, signal);
        const plaintext = await known.plaintext;
        awaited.delete(tree);
        return plaintext ?? previous.load(tree, signal);
      },
    },
    async [Symbol.asyncDispose]() {
      stopper.abort();
      await loading;
    },
  };
}

async function loadBelow(
  root: Id | undefined,
  blobs: Pick<IndexedRepository['blobs'], 'loadBlobs'>,
  awaited: Map<Id, Awaited>,
  signal: AbortSignal,
): Promise<void> {
  const levels = root === undefined ? [] : [[root]];
  let bytes = 0;
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    const asked = level.filter((id) => !awaited.has(id));
    for (const id of asked) {
      const { promise: plaintext, resolve: settle } = Promise.withResolvers<Uint8Array | undefined>();
      awaited.set(id, { plaintext, settle });
    }
    for await (const { id, plaintext } of blobs.loadBlobs('tree', asked, signal)) {
      signal.throwIfAborted();
      awaited.get(id)?.settle(plaintext);
      bytes += plaintext.length;
      if (bytes > MOST_BYTES) return;
      const inside = subtreesOf(plaintext);
      if (inside.length > 0) levels.push(inside);
    }
    for (const id of asked) awaited.get(id)?.settle(undefined);
  }
}

function subtreesOf(tree: Uint8Array): Id[] {
  const bytes = Buffer.from(tree.buffer, tree.byteOffset, tree.byteLength);
  const ids: Id[] = [];
  for (let at = bytes.indexOf(SUBTREE); at >= 0; at = bytes.indexOf(SUBTREE, at + ID_DIGITS)) {
    const from = at + SUBTREE.length;
    const id = bytes.toString('latin1', from, from + ID_DIGITS);
    if (/^[0-9a-f]{64}$/.test(id)) ids.push(id);
  }
  return ids;
}
