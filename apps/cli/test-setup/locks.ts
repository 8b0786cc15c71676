import { once } from 'node:events';
import { mkdirSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { Running } from './process.ts';

const folderOf = (home: string): string => join(home, 'repository', 'locks');

/** Names of the lock files in the repository of this home. */
export const lockNames = (home: string): readonly string[] =>
  readdirSync(folderOf(home)).filter((name) => /^[0-9a-f]{64}$/.test(name));

/** Waits until there is a lock, or the process that was to make it is over. */
export async function whenLocked(home: string, { ended }: Running): Promise<void> {
  mkdirSync(folderOf(home), { recursive: true });
  using watcher = watchFolder(folderOf(home));
  const over = ended.then(() => true);
  while (lockNames(home).length === 0) {
    const isOver = await Promise.race([watcher.changed().then(() => false), over]);
    if (isOver) return;
  }
}

function watchFolder(folder: string): Disposable & { changed(): Promise<unknown> } {
  const watcher = watch(folder);
  return { changed: () => once(watcher, 'change'), [Symbol.dispose]: () => watcher.close() };
}
