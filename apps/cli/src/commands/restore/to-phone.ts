import { ITEM_TYPES, reasonEntry } from '@holdfast/contract';
import { type AndroidPhone, androidSink } from '@holdfast/devices';
import {
  type DevicePlan,
  planDeviceRestore,
  RESTORE_BEGINNING,
  type RestoreState,
  restoreToDevice,
  stepRestore,
} from '@holdfast/engine';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { balanceLine } from '#output/balance-line.ts';
import { shown } from '#output/screen.ts';
import { SetAsideList } from '#output/set-aside.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatBytes, formatCount, plural } from '#output/words.ts';
import { AddedList } from '#phones/added-list.ts';
import { claimPhone } from '#phones/claim.ts';
import { undoNotes } from '#phones/undo-notes.ts';
import { progressOf, restoreLine, summaryText } from './report.ts';
import type { RestoreGiven } from './table.ts';
import type { ChosenFromBackup } from './target.ts';

/** Gives what was chosen of a backup back to a phone: plans, shows the plan, carries it out, tells what became of each item. */
export async function restoreToPhone(
  phone: AndroidPhone,
  chosen: ChosenFromBackup,
  given: GivenOptions<RestoreGiven>,
  context: Context,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { screen, world } = context;
  const { indexed, entry, paths } = chosen;
  // From before it is looked at: what another run gives meanwhile would be given twice.
  await using _claim = given.dryRun ? undefined : await claimPhone(world, phone.device);
  const sink = await androidSink(phone, { clock: world.clock, signal });
  screen.note(`Comparing with what is on ${shown(phone.device.name)} …`);
  const { conflict, types = ITEM_TYPES } = given;
  const plan = await planDeviceRestore(
    indexed,
    { tree: entry.snapshot.tree, paths, types, conflict },
    sink,
    signal,
  );
  if (given.dryRun) return await printPlan(plan, phone, chosen, context);
  for (const line of planText(plan)) screen.note(line);
  screen.outlive();
  const passed = stopwatch(world.clock);
  const setAside = new SetAsideList(screen);
  let state: RestoreState = RESTORE_BEGINNING;
  await using added = await AddedList.begin(world, phone.device.id);
  using progress = screen.progress();
  try {
    const options = { undoNotes: undoNotes(world), signal };
    for await (const event of restoreToDevice(indexed, plan, sink, options)) {
      state = stepRestore(state, event);
      if (event.kind === 'item' && event.reason === 'restored') await added.add(event);
      if (event.kind === 'item' && event.state !== 'verified') await setAside.add(event);
      progress.update(() => progressOf(state));
    }
  } catch (error) {
    screen.note(balanceLine(state.balance));
    screen.note('What is done stays done: run the same command again to go on.');
    throw error;
  }
  const { summary } = state;
  if (summary === undefined) throw new Error('a restore ended without its summary');
  progress.clear();
  const { setAside: _listed, index: _index, ...amounts } = summary;
  const seconds = passed();
  const line = restoreLine(entry, phone.device.name, false, amounts, seconds);
  await screen.result(
    line,
    summaryText(entry, summary, seconds, screen.style('bold', shown(phone.device.name))),
  );
  if (added.items > 0) await screen.text(`What was added is listed in ${shown(added.path)}`);
  await setAside.print('Not given back', 'run it again with --json');
  return summary.balance.skipped + summary.balance.failed > 0 ? 3 : 0;
}

async function printPlan(
  plan: DevicePlan,
  phone: AndroidPhone,
  { entry }: ChosenFromBackup,
  { screen }: Context,
): Promise<ExitCode> {
  const setAside = new SetAsideList(screen);
  const balance = { found: plan.items, verified: 0, waiting: 0, skipped: 0, failed: 0 };
  const settled = [...plan.settled, ...plan.records.flatMap((records) => records.settled)];
  for (const { path, to, reason, detail } of settled) {
    const { state } = reasonEntry(reason);
    balance[state] += 1;
    if (state === 'verified') continue;
    await setAside.add({ path, to: to.join('/'), state, reason, ...(detail !== undefined && { detail }) });
  }
  balance.waiting = plan.items - settled.length;
  const amounts = {
    balance,
    totalBytes: plan.totalBytes,
    restoredItems: 0,
    restoredBytes: 0,
    alreadyThere: balance.verified,
  };
  const lines = [
    `${shown(phone.device.name)}: nothing was written (--dry-run)`,
    balanceLine(balance),
    ...planText(plan),
  ];
  await screen.result(restoreLine(entry, phone.device.name, true, amounts, 0), lines.join('\n'));
  await setAside.print('Would not be given back', 'use --json');
  return balance.skipped + balance.failed > 0 ? 3 : 0;
}

/** What will be written, for people. */
function planText({ files, records, settled, replaced, writeBytes }: DevicePlan): string[] {
  const bytes = [...writeBytes.values()].reduce((sum, each) => sum + each, 0);
  const byType = new Map<string, number>();
  for (const { type, toGive } of records) byType.set(type, (byType.get(type) ?? 0) + toGive);
  const parts = [
    ...(files.length > 0 ? [`${plural(files.length, 'file')} (${formatBytes(bytes)})`] : []),
    ...[...byType]
      .filter(([, count]) => count > 0)
      .map(([type, count]) => `${formatCount(count)} of ${type}`),
  ];
  const isThere = [...settled, ...records.flatMap((each) => each.settled)].every(
    ({ reason }) => reasonEntry(reason).state === 'verified',
  );
  const nothing = isThere ? 'Nothing is to be written: all of it is there.' : 'Nothing is to be written.';
  const lines = [parts.length === 0 ? nothing : `To write: ${parts.join(', ')}.`];
  if (replaced > 0)
    lines.push(
      `${plural(replaced, 'item')} there will be replaced, which cannot be undone (--conflict overwrite).`,
    );
  return lines;
}
