import type { JsonLineOf } from '@holdfast/contract';
import type { ForgetGroup, ForgetPlan, SnapshotEntry } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { Context } from '#context.ts';
import { shown } from '#output/screen.ts';
import { formatMoment } from '#output/words.ts';

/** Prints what becomes of every backup, newest first in each group. */
export async function showPlan({ groups }: ForgetPlan, context: Context): Promise<void> {
  for (const group of groups) {
    await context.screen.text(`${context.screen.style('bold', shown(group.name))}`);
    for (const fate of fatesOf(group)) await showFate(fate, group, context);
    await context.screen.text('');
  }
}

interface Fate {
  readonly action: 'keep' | 'remove';
  readonly entry: SnapshotEntry;
  readonly reasons: readonly string[];
}

function fatesOf({ keep, remove }: ForgetGroup): Fate[] {
  const fates: Fate[] = [
    ...keep.map(({ entry, reasons }) => ({ action: 'keep' as const, entry, reasons })),
    ...remove.map((entry) => ({ action: 'remove' as const, entry, reasons: [] })),
  ];
  return fates.sort((a, b) =>
    a.entry.timeNs > b.entry.timeNs ? -1 : a.entry.timeNs < b.entry.timeNs ? 1 : 0,
  );
}

async function showFate(
  { action, entry, reasons }: Fate,
  { name }: ForgetGroup,
  { screen, world }: Context,
): Promise<void> {
  const { id, snapshot, timeNs } = entry;
  const line: JsonLineOf<'forget'> = {
    type: 'forget',
    snapshot: id,
    time: snapshot.time,
    group: name,
    action,
    reasons: [...reasons],
  };
  const word = action === 'keep' ? 'keep  ' : screen.style('yellow', 'remove');
  const why = reasons.length === 0 ? '' : `  ${shown(reasons.join(', '))}`;
  await screen.result(line, `  ${word}  ${shortId(id)}  ${formatMoment(timeNs, world.timeZone)}${why}`);
}
