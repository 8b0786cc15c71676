import { setFlagsFromString } from 'node:v8';
import { openFolderSink } from '@holdfast/devices';
import { planRestore, type RestorePlan, restore } from '@holdfast/engine';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { formatBytes, plural } from '#output/words.ts';
import { followRestore, reportPlan } from './report.ts';
import type { RestoreGiven } from './table.ts';
import type { ChosenFromBackup } from './target.ts';

/** Gives what was chosen of a backup back into a folder: the exit status. */
export async function restoreToFolder(
  folder: string,
  { indexed, entry, paths, signal }: ChosenFromBackup,
  { dryRun, conflict }: GivenOptions<RestoreGiven>,
  context: Context,
): Promise<ExitCode> {
  keepYoungHeapSmall();
  const sink = openFolderSink(folder, { create: !dryRun });
  context.screen.note('Comparing with what is there …');
  const plan = await planRestore(indexed, { tree: entry.snapshot.tree, paths, conflict }, sink, signal);
  if (dryRun) {
    const planned = { ...plan, items: writesOf(plan) + plan.settled.length };
    return await reportPlan(planned, [planText(plan)], { entry, target: folder }, context);
  }
  const events = restore(indexed, plan, sink, signal);
  return await followRestore(events, { entry, target: sink.root }, context);
}

/**
 * What a restore keeps lies in columns, and all else dies at once: room that V8 adds to a thread's young heap, up to 48 MB, is
 * never given back and gains nothing. 70 MB less with 100,000 files, for a few percent of processor time.
 */
const keepYoungHeapSmall = (): void => setFlagsFromString('--semi-space-growth-factor=1');

const writesOf = ({ files, links }: RestorePlan): number => files.length + links.length;

/** What would be written, for people. */
function planText(plan: RestorePlan): string {
  const { replaced, writeBytes } = plan;
  const replacing =
    replaced === 0
      ? ''
      : `, and replace ${plural(replaced, 'item')} that ${replaced === 1 ? 'is' : 'are'} there`;
  return `would write ${plural(writesOf(plan), 'item')}, ${formatBytes(writeBytes)}${replacing}`;
}
