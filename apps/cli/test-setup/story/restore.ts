import { openFolderSink } from '@holdfast/devices';
import { planRestore, restore } from '@holdfast/engine';
import { acquireLock, loadIndex, type OpenRepository, type SnapshotEntry } from '@holdfast/repository';
import { lookAt, temporaryFolder } from '@holdfast/testkit';
import { expect } from './expect.ts';
import type { MortalProcess } from './process.ts';
import { digest } from './truth.ts';

/** Gives all of a backup back to a new folder; each item that is said to be verified is there, as the backup holds it. */
export async function restoreAll(
  repository: OpenRepository,
  process: MortalProcess,
  { snapshot }: SnapshotEntry,
  held: ReadonlyMap<string, string>,
): Promise<void> {
  await using folder = await temporaryFolder();
  const given: string[] = [];
  const failed: string[] = [];
  {
    const isProcessAlive = (pid: number): boolean => pid === process.pid;
    await using lock = await acquireLock(repository, {
      exclusive: false,
      readOnly: true,
      isProcessAlive,
      signal: process.gone,
    });
    await using indexed = await loadIndex(repository, { threads: 0, signal: lock.signal });
    const sink = openFolderSink(folder.path);
    const plan = await planRestore(
      indexed,
      { tree: snapshot.tree, paths: [], conflict: 'skip' },
      sink,
      lock.signal,
    );
    for await (const event of restore(indexed, plan, sink, lock.signal))
      if (event.kind !== 'item') continue;
      else if (event.state === 'verified') given.push(event.path);
      else failed.push(`${event.path}: ${event.reason}, ${event.detail}`);
  }
  const there = lookAt(folder.path);
  for (const path of given) {
    const is = held.get(path);
    if (path === 'holdfast.json') continue;
    const seen = there.get(path);
    expect(seen !== undefined && is !== undefined, `${JSON.stringify(path)} was not given back`);
    const content = Buffer.from(seen.content, 'latin1');
    const isNow = seen.kind === 'symlink' ? `link ${content.toString()}` : digest(content);
    expect(isNow === is, `${JSON.stringify(path)} was given back as something else`);
  }
  expect(failed.length === 0, `not given back: ${failed.join()}`);
  expect(given.length === held.size, `${given.length} of ${held.size} were given back`);
}
