import { type ReasonCode, reasonEntry } from '@holdfast/contract';
import type { FolderSink } from '@holdfast/devices';
import { type Failure, isFailure } from '@holdfast/kernel';
import {
  type ContentOutcome,
  type ContentTarget,
  type IndexedRepository,
  writeContents,
} from '@holdfast/repository';
import { idOf } from '@holdfast/restic-format';
import { noRoom } from '../failures.ts';
import type { RestoredItem, RestoreEvent } from './events.ts';
import { type PlannedItem, type RestorePlan, reasonOfRefusal, type SettledItem, traitsOf } from './plan.ts';
import { RESTORE_BEGINNING, type RestoreState, stepRestore, summarise } from './state.ts';

/** A file on its way: written under its stage's name first. */
interface StagedFile extends ContentTarget {
  readonly item: PlannedItem;
}

/**
 * Carries out a plan and tells what became of each item, each once. Every file is read back from the target before it gets
 * its name, and has all of its content then or is not there; links come last, so that nothing is written through them.
 *
 * One item's trouble never stops the others. Fails with `engine/no-room` before anything is written, and on trouble with the
 * repository as a whole. After an abort nothing more is written; half-written files keep their stage's name, and the
 * next restore of the same items goes on from there.
 */
export async function* restore(
  repository: IndexedRepository,
  plan: RestorePlan,
  sink: FolderSink,
  signal?: AbortSignal,
): AsyncGenerator<RestoreEvent, void, undefined> {
  let state: RestoreState = RESTORE_BEGINNING;
  const told = (event: RestoreEvent): RestoreEvent => {
    state = stepRestore(state, event);
    return event;
  };
  const items = plan.files.length + plan.links.length + plan.settled.length;
  yield told({ kind: 'began', items, bytes: plan.totalBytes });
  for (const item of plan.settled) yield told(settledEvent(item));
  const freeBytes = sink.freeBytes();
  if (freeBytes !== undefined && plan.writeBytes > freeBytes)
    throw noRoom(sink.root, plan.writeBytes, freeBytes);
  for (const folder of plan.folders) {
    signal?.throwIfAborted();
    // What cannot be made here is told by the items inside: none of them can be staged.
    attempt(() => sink.makeFolder(folder.to));
  }
  const files: StagedFile[] = [];
  for (const item of plan.files) {
    const staged = attempt(() => stage(sink, item));
    if ('value' in staged) files.push(staged.value);
    else yield told(refused(item, staged.failure));
  }
  for await (const { target, outcome } of writeContents(repository, files, signal)) {
    signal?.throwIfAborted();
    yield told(settleFile(sink, target, outcome));
  }
  for (const link of plan.links) {
    signal?.throwIfAborted();
    yield told(makeLink(sink, link));
  }
  for (const folder of plan.folders.toReversed())
    attempt(() => sink.finishFolder(folder.to, traitsOf(folder.node)));
  yield told({ kind: 'done', summary: summarise(state) });
}

function stage(sink: FolderSink, item: PlannedItem): StagedFile {
  const content = item.node.content ?? [];
  const key = idOf(new TextEncoder().encode(JSON.stringify([item.to, content]))).slice(0, 16);
  if (item.to.length > 1) sink.makeFolder(item.to.slice(0, -1));
  return { path: sink.stagePath(item.to, key), content, item };
}

function settleFile(
  sink: FolderSink,
  { path: stagePath, item }: StagedFile,
  outcome: ContentOutcome,
): RestoreEvent {
  if (outcome.kind === 'written') {
    const finished = attempt(() =>
      sink.finish(item.to, stagePath, traitsOf(item.node), item.replaces ? 'replace' : 'keep'),
    );
    if ('failure' in finished) return discarded(sink, stagePath, refused(item, finished.failure));
    return finished.value
      ? itemEvent(item, 'restored')
      : discarded(sink, stagePath, itemEvent(item, 'conflict'));
  }
  return discarded(sink, stagePath, lostFile(item, outcome));
}

function lostFile(item: PlannedItem, outcome: Exclude<ContentOutcome, { kind: 'written' }>): RestoreEvent {
  switch (outcome.kind) {
    case 'damaged': {
      const blobs = outcome.blobs.map((id) => id.slice(0, 8)).join(', ');
      return itemEvent(item, 'damaged-in-backup', `blob ${blobs}`);
    }
    case 'refused':
      return itemEvent(
        item,
        outcome.errno === 'ENAMETOOLONG' ? 'target-path-too-long' : 'target-refused',
        `${outcome.errno}, ${outcome.syscall}`,
      );
    case 'differs':
      return itemEvent(item, 'differs-after-writing');
    default:
      return outcome satisfies never;
  }
}

function makeLink(sink: FolderSink, item: PlannedItem): RestoreEvent {
  const { linkTarget = '' } = item.node;
  const made = attempt(() => {
    if (item.to.length > 1) sink.makeFolder(item.to.slice(0, -1));
    return sink.makeSymlink(
      item.to,
      linkTarget,
      traitsOf(item.node).mtimeNs,
      item.replaces ? 'replace' : 'keep',
    );
  });
  if ('failure' in made) return refused(item, made.failure);
  return itemEvent(item, made.value ? 'restored' : 'conflict');
}

function discarded(sink: FolderSink, stagePath: string, event: RestoreEvent): RestoreEvent {
  attempt(() => sink.discard(stagePath));
  return event;
}

/** The call's value, or what the target said against it. */
function attempt<T>(call: () => T): { readonly value: T } | { readonly failure: Failure } {
  try {
    return { value: call() };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { failure: error };
  }
}

const refused = (item: PlannedItem, failure: Failure): RestoreEvent =>
  itemEvent(item, reasonOfRefusal(failure), failure.message);

function itemEvent({ path, to, node }: PlannedItem, reason: ReasonCode, detail?: string): RestoreEvent {
  return settledEvent({ path, to, reason, ...(detail !== undefined && { detail }), bytes: node.size ?? 0 });
}

function settledEvent({ path, to, reason, detail, bytes }: SettledItem): RestoreEvent {
  const { state } = reasonEntry(reason);
  if (state === 'waiting') throw new Error(`${reason} is no outcome of a restore`);
  const item: RestoredItem = {
    path,
    to: to.join('/'),
    state,
    reason,
    ...(detail !== undefined && { detail }),
    bytes,
  };
  return { kind: 'item', ...item };
}
