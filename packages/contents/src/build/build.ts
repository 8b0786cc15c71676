import { savedDevice } from '@holdfast/engine';
import type { IndexedRepository, SnapshotEntry } from '@holdfast/repository';
import { WHAT } from '../database/schema.ts';
import type { Draft } from './draft.ts';
import { countFiles, countMessages, placeMedia } from './finish.ts';
import { addRecords } from './records.ts';
import { settleThreads } from './threads.ts';
import { walk } from './walk.ts';

/** Lays a backup out in a draft: the trees, then what is in the files made of records. What cannot be read is counted. */
export async function build(
  draft: Draft,
  repository: Pick<IndexedRepository, 'blobs' | 'index'>,
  entry: SnapshotEntry,
  signal: AbortSignal,
): Promise<void> {
  const device = savedDevice(entry);
  const isDevice = device !== undefined && device.kind !== 'folder';
  await walk(
    draft,
    { repository, tree: entry.snapshot.tree, isDevice, isOurs: device !== undefined },
    signal,
  );
  if (isDevice) await addRecords(draft, repository, signal);
  await settleThreads(draft, signal);
  await placeMedia(draft, signal);
  await countFiles(draft, signal);
  await countMessages(draft, signal);
  draft.finish({ snapshot: entry.id, start: startOf(draft, device !== undefined) });
}

/** The folder that a person begins in: the only one of what is saved, past folders that are ours. */
function startOf({ database }: Draft, isOurs: boolean): number {
  if (!isOurs) return 0;
  const inside = (folder: number) =>
    database.all('SELECT n, name, what FROM entry WHERE parent = ? AND n > 0 AND what < 4 LIMIT 300', folder);
  const files = inside(0).find(({ name, what }) => name === 'files' && what === WHAT.folder);
  if (files === undefined) return 0;
  const [only, ...others] = inside(Number(files['n']));
  return Number(
    only !== undefined && only['what'] === WHAT.folder && others.length === 0 ? only['n'] : files['n'],
  );
}
