import { openFolderSink, openFolderSource, type Source } from '@holdfast/devices';
import {
  BACKUP_BEGINNING,
  type BackupEvent,
  type BackupOptions,
  type BackupSummary,
  backup,
  type Conflict,
  planRestore,
  type RestoredItem,
  type RestoreSummary,
  restore,
  stepBackup,
} from '@holdfast/engine';
import { type Clock, systemClock } from '@holdfast/kernel';
import { check, type Finding, findSnapshot, loadIndex, type OpenRepository } from '@holdfast/repository';
import { cheapRepository } from '@holdfast/repository/testing';
import type { Id } from '@holdfast/restic-format';
import { MemoryStore, type Store } from '@holdfast/store';
import { seededRandom } from '@holdfast/testkit';

/** Waits before another attempt are over at once; long ones, of locks, are real and end with what they wait for. */
const impatientClock: Clock = {
  now: () => systemClock.now(),
  sleep: async (duration, signal) => {
    if (duration.total({ unit: 'seconds' }) >= 10) return systemClock.sleep(duration, signal);
    signal?.throwIfAborted();
  },
};

/** A new repository whose password takes no time to try. */
export const newRepository = (
  store: Store = new MemoryStore(),
  version: 1 | 2 = 2,
): Promise<OpenRepository> =>
  cheapRepository(store, { clock: impatientClock, random: seededRandom(7), version });

/** A folder as a source. */
export const sourceOf = (path: string, excludes: readonly string[] = []): Promise<Source> =>
  openFolderSource(path, { machine: 'testing', excludes });

/** A backup to its end: its summary and all it told. */
export async function runBackup(
  repository: OpenRepository,
  source: Source,
  options: Partial<BackupOptions> = {},
  onEvent: (event: BackupEvent) => void = () => {},
): Promise<{ readonly summary: BackupSummary; readonly events: readonly BackupEvent[] }> {
  const events: BackupEvent[] = [];
  let state = BACKUP_BEGINNING;
  for await (const event of backup(repository, source, {
    clock: repository.clock,
    isProcessAlive: () => true,
    threads: 0,
    ...options,
  })) {
    events.push(event);
    onEvent(event);
    state = stepBackup(state, event);
  }
  if (state.summary === undefined) throw new Error('the backup told no end');
  return { summary: state.summary, events };
}

/** What a restore is asked to do besides where to. */
export interface RestoreAsked {
  readonly snapshot?: string;
  readonly paths?: readonly string[];
  readonly conflict?: Conflict;
  readonly signal?: AbortSignal;
  readonly onItem?: (item: RestoredItem) => void;
}

/** A restore to its end: its summary and what became of each item. */
export async function runRestore(
  repository: OpenRepository,
  to: string,
  { snapshot = 'latest', paths = [], conflict = 'skip', signal, onItem }: RestoreAsked = {},
): Promise<{ readonly summary: RestoreSummary; readonly items: readonly RestoredItem[] }> {
  const entry = await findSnapshot(repository, snapshot);
  return restoreTree(repository, entry.snapshot.tree, to, {
    paths,
    conflict,
    ...(signal && { signal }),
    ...(onItem && { onItem }),
  });
}

/** The same for a tree. */
export async function restoreTree(
  repository: OpenRepository,
  tree: Id,
  to: string,
  { paths = [], conflict = 'skip', signal, onItem }: RestoreAsked = {},
): Promise<{ readonly summary: RestoreSummary; readonly items: readonly RestoredItem[] }> {
  await using indexed = await loadIndex(repository, { threads: 0, tolerate: true });
  const sink = openFolderSink(to);
  const plan = await planRestore(indexed, { tree, paths, conflict }, sink, signal);
  const items: RestoredItem[] = [];
  let summary: RestoreSummary | undefined;
  for await (const event of restore(indexed, plan, sink, signal)) {
    if (event.kind === 'done') ({ summary } = event);
    if (event.kind !== 'item') continue;
    items.push(event);
    onItem?.(event);
  }
  if (summary === undefined) throw new Error('the restore told no end');
  return { summary, items };
}

/** Everything `check --read-data` finds. */
export async function findingsOf(repository: OpenRepository): Promise<readonly Finding[]> {
  await using indexed = await loadIndex(repository, { threads: 0, tolerate: true });
  const findings: Finding[] = [];
  for await (const event of check(indexed, { readData: 'all', isProcessAlive: () => true }))
    if (event.kind === 'finding') findings.push(event.finding);
  return findings;
}
