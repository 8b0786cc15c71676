import type { JsonLineOf } from '@holdfast/contract';
import type { RestoreState, RestoreSummary } from '@holdfast/engine';
import type { SnapshotEntry } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import { balanceLine } from '#output/balance-line.ts';
import type { Progress } from '#output/progress.ts';
import { formatBytes, formatDuration, plural } from '#output/words.ts';

/** The line of a restore. */
export function restoreLine(
  { id }: SnapshotEntry,
  target: string,
  isDryRun: boolean,
  amounts: Omit<RestoreSummary, 'setAside'>,
  seconds: number,
): JsonLineOf<'restore'> {
  return { type: 'restore', snapshot: id, target, isDryRun, ...amounts, seconds };
}

/** How a restore ended, for people. */
export function summaryText(
  { id }: SnapshotEntry,
  { balance, restoredItems, restoredBytes, alreadyThere }: RestoreSummary,
  seconds: number,
  title: string,
): string {
  const there = alreadyThere === 0 ? '' : `; ${plural(alreadyThere, 'item')} there already`;
  const written = `${plural(restoredItems, 'item')} written and read back (${formatBytes(restoredBytes)})`;
  return [
    `${title}: given back from ${shortId(id)}`,
    balanceLine(balance),
    `${written}${there}, in ${formatDuration(seconds)}`,
  ].join('\n');
}

/** How far a restore is. */
export function progressOf({
  balance,
  totalBytes,
  doneBytes,
  underWayBytes,
  current,
}: RestoreState): Progress {
  return {
    phase: 'Restoring',
    noun: ['item', 'items'],
    items: { done: balance.found - balance.waiting, total: balance.found },
    bytes: { done: doneBytes + underWayBytes, total: totalBytes },
    current,
  };
}
