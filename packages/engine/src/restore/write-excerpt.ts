import type { FolderSink } from '@holdfast/devices';
import { errnoOf, isFailure } from '@holdfast/kernel';
import { writeFile } from '@holdfast/local-files';
import { damageOf } from '../saved/damage.ts';
import type { RestoreEvent } from './events.ts';
import type { ItemCounts } from './item-counts.ts';
import { type PlannedExcerpt, refusalOf, type SettledItem } from './restore-plan.ts';
import { settledEvent } from './settled-event.ts';

type Outcome = Pick<SettledItem, 'reason' | 'detail'>;

/** Writes an excerpt, proved before it has its name, and tells what became of each of its records. What belongs to them is settled. */
export async function* writeExcerpt(
  excerpt: PlannedExcerpt,
  sink: FolderSink,
  counts: ItemCounts,
  signal: AbortSignal | undefined,
): AsyncGenerator<RestoreEvent, void, undefined> {
  const { path, to, sizeBytes, records } = excerpt;
  signal?.throwIfAborted();
  const outcome = await write(excerpt, sink, signal);
  let told = 0;
  const bytes = (): number => (told === 0 ? sizeBytes : 0);
  try {
    for await (const record of records(signal)) {
      if (counts.isWithheld(path, record.key)) continue;
      yield settledEvent({ path: `${path}#${record.key}`, to, record, ...outcome, bytes: bytes() });
      told += 1;
    }
  } catch (error) {
    // It is damaged: what its records are is not known, and they are told together.
    damageOf(error);
    yield settledEvent({ path, to, ...outcome, items: counts.of(path) - told, bytes: bytes() });
  }
}

async function write(
  { to, traits, replaces, key, bytes }: PlannedExcerpt,
  sink: FolderSink,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  try {
    if (to.length > 1) sink.makeFolder(to.slice(0, -1));
    const file = { ...sink.staging(to, key), traits, occupied: replaces ? 'replace' : 'keep' } as const;
    const outcome = await writeFile(file, bytes(signal));
    if (outcome === 'named') return { reason: 'restored' };
    return { reason: outcome === 'taken' ? 'conflict' : 'differs-after-writing' };
  } catch (error) {
    signal?.throwIfAborted();
    const errno = errnoOf(error);
    if (errno !== undefined) {
      const { syscall } = error as NodeJS.ErrnoException;
      const reason = errno === 'ENAMETOOLONG' ? 'target-path-too-long' : 'target-refused';
      return { reason, detail: `${errno}, ${syscall}` };
    }
    if (!isFailure(error) || error.code.startsWith('repository/') || error.code.startsWith('store/'))
      return { reason: 'damaged-in-backup', detail: damageOf(error) };
    return { reason: refusalOf(error), detail: error.message };
  }
}
