import type { Id, Node } from '@holdfast/restic-format';
import type { BlobIndex } from '../index-table/blob-index.ts';
import type { IndexedRepository } from '../load-index.ts';
import { type WalkedTree, type WalkRoot, walkTrees } from '../trees/walk-trees.ts';
import { reasonOf } from './check-files.ts';
import type { CheckEvent, Finding, SnapshotFinding } from './finding.ts';

/** Trees between two words of progress. */
const PROGRESS_TREES = 256;

/** Reads every tree below the roots, and looks for the content of every file in the index. */
export async function* checkTrees(
  repository: IndexedRepository,
  roots: readonly WalkRoot[],
  isThere: (pack: Id) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<CheckEvent, void, undefined> {
  const { index } = repository;
  const total = countTrees(index);
  let done = 0;
  const progress = (): CheckEvent => ({
    kind: 'progress',
    phase: 'trees',
    done,
    total: Math.max(done, total),
    bytes: 0,
    totalBytes: 0,
  });
  for await (const walked of walkTrees(repository, roots, signal)) {
    for (const finding of findingsOf(index, walked, isThere)) yield { kind: 'finding', finding };
    done += 1;
    if (done % PROGRESS_TREES === 0) yield progress();
  }
  yield progress();
}

/** Tells which files hold any of these blobs. */
export async function* filesWith(
  repository: IndexedRepository,
  roots: readonly WalkRoot[],
  damaged: ReadonlySet<Id>,
  signal?: AbortSignal,
): AsyncGenerator<Finding, void, undefined> {
  for await (const { snapshot, path, outcome } of walkTrees(repository, roots, signal)) {
    if (outcome.kind !== 'loaded') continue;
    for (const { name, content = [] } of outcome.nodes) {
      const blobs = content.filter((id) => damaged.has(id));
      if (blobs.length > 0)
        yield { kind: 'file-damaged', snapshot, path: `${path}/${name}`, blobs: unique(blobs) };
    }
  }
}

function* findingsOf(
  index: BlobIndex,
  { id, snapshot, path, outcome }: WalkedTree,
  isThere: (pack: Id) => boolean,
): Generator<SnapshotFinding> {
  if (outcome.kind === 'failed') {
    const { failure } = outcome;
    const packs = index
      .findAll('tree', id)
      .map(({ pack }) => pack)
      .filter(isThere);
    if (packs.length === 0) {
      yield { kind: 'tree-missing', snapshot, path, tree: id };
      return;
    }
    yield { kind: 'tree-damaged', snapshot, path, tree: id, reason: reasonOf(failure), packs };
    return;
  }
  for (const node of outcome.nodes) {
    const at = { snapshot, path: `${path}/${node.name}` };
    if (node.type === 'irregular') {
      yield { kind: 'entry-incomplete', ...at, problem: 'unknown-type' };
    } else if (node.type === 'dir' && node.subtree === undefined) {
      yield { kind: 'entry-incomplete', ...at, problem: 'no-subtree' };
    } else if (node.type === 'file') {
      yield* findingsOfFile(index, node, at);
    }
  }
}

function* findingsOfFile(
  index: BlobIndex,
  { content, size = 0 }: Node,
  at: { readonly snapshot: Id; readonly path: string },
): Generator<SnapshotFinding> {
  if (content === undefined) {
    yield { kind: 'entry-incomplete', ...at, problem: 'no-content' };
    return;
  }
  let contentBytes = 0;
  let missing: Id[] | undefined;
  for (const id of content) {
    const blob = index.numberOf('data', id);
    if (blob >= 0) contentBytes += index.plainLengthOf(blob);
    else (missing ??= []).push(id);
  }
  if (missing !== undefined) yield { kind: 'blobs-missing', ...at, blobs: unique(missing) };
  else if (contentBytes !== size) yield { kind: 'file-size', ...at, sizeBytes: size, contentBytes };
}

function countTrees(index: BlobIndex): number {
  let trees = 0;
  for (let blob = 0; blob < index.blobCount; blob++) if (index.isTree(blob)) trees += 1;
  return trees;
}

const unique = (ids: readonly Id[]): Id[] => [...new Set(ids)];
