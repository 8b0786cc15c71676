import { setFlagsFromString } from 'node:v8';
import { type GiveBackPlan, giveBack, planGiveBack } from '@holdfast/home';
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
  const { host, screen } = context;
  const comparing = (): void => screen.note('Comparing with what is there …');
  const request = { tree: entry.snapshot.tree, paths, conflict };
  const to = { kind: 'folder', path: folder } as const;
  if (dryRun) {
    comparing();
    const plan = await planGiveBack(host, indexed, request, to, { create: false, signal });
    return await reportPlan(plan, [planText(plan)], { entry, target: folder }, context);
  }
  const events = giveBack(host, indexed, request, to, signal);
  return await followRestore(events, { entry }, context, { onLook: comparing });
}

/**
 * What a restore keeps lies in columns, and all else dies at once: room that V8 adds to a thread's young heap, up to 48 MB, is
 * never given back and gains nothing. 70 MB less with 100,000 files, for a few percent of processor time.
 */
const keepYoungHeapSmall = (): void => setFlagsFromString('--semi-space-growth-factor=1');

/** What would be written, for people. */
function planText({ items, settled, replaced, writeBytes }: GiveBackPlan): string {
  const replacing =
    replaced === 0
      ? ''
      : `, and replace ${plural(replaced, 'item')} that ${replaced === 1 ? 'is' : 'are'} there`;
  return `would write ${plural(items - settled.length, 'item')}, ${formatBytes(writeBytes)}${replacing}`;
}
