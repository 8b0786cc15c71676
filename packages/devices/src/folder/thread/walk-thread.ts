import { parentPort, workerData } from 'node:worker_threads';
import { fieldsOf, systemClock } from '@holdfast/kernel';
import { leftOut } from '../left-out.ts';
import { walk } from '../walk.ts';
import { packFolder } from './packed-folder.ts';
import type { FromWalk, WalkOrder } from './protocol.ts';

/** Entries sent ahead of the reader: a quarter of a second's work, and a few megabytes in columns. */
const MOST_AHEAD = 100_000;

const { root, excludes, skipPaths, ahead } = workerData as WalkOrder;

try {
  const options = { root, clock: systemClock, leftOut: leftOut(root, excludes, skipPaths) };
  for await (const folder of walk(options)) {
    const packed = packFolder(folder);
    tell({ kind: 'folder', folder: packed }, [packed.wide.buffer, packed.narrow.buffer]);
    Atomics.add(ahead, 0, packed.totals.entries);
    for (let sent = Atomics.load(ahead, 0); sent > MOST_AHEAD; sent = Atomics.load(ahead, 0))
      Atomics.wait(ahead, 0, sent);
  }
  tell({ kind: 'done' });
} catch (error) {
  tell({ kind: 'failed', error: fieldsOf(error) });
}

function tell(message: FromWalk, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
