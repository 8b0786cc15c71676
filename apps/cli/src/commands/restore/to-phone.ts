import { ITEM_TYPES, reasonEntry } from '@holdfast/contract';
import { type AndroidPhone, androidSink } from '@holdfast/devices';
import { type DevicePlan, planDeviceRestore, type RestoreSummary, restoreToDevice } from '@holdfast/engine';
import { AddedList, claimPhone, undoNotes } from '@holdfast/home';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { shown } from '#output/screen.ts';
import { formatBytes, plural } from '#output/words.ts';
import { followRestore, reportPlan } from './report.ts';
import type { RestoreGiven } from './table.ts';
import type { ChosenFromBackup } from './target.ts';

/** Gives what was chosen of a backup back to a phone, and lists what came to it: the exit status. */
export async function restoreToPhone(
  phone: AndroidPhone,
  { indexed, entry, paths, signal }: ChosenFromBackup,
  { dryRun, conflict, types = ITEM_TYPES }: GivenOptions<RestoreGiven>,
  context: Context,
): Promise<ExitCode> {
  const { screen, world } = context;
  // From before it is looked at: what another run gives meanwhile would be given twice.
  await using _claim = dryRun ? undefined : await claimPhone(world, phone.device);
  const sink = await androidSink(phone, { clock: world.clock, signal });
  screen.note(`Comparing with what is on ${shown(phone.device.name)} …`);
  const selection = { tree: entry.snapshot.tree, paths, types, conflict };
  const plan = await planDeviceRestore(indexed, selection, sink, signal);
  const restoring = { entry, target: phone.device.name };
  if (dryRun) {
    const settled = [...plan.settled, ...plan.records.flatMap((records) => records.settled)];
    return await reportPlan({ ...plan, settled }, planText(plan), restoring, context);
  }
  for (const line of planText(plan)) screen.note(line);
  await using added = await AddedList.begin(world, phone.device.id);
  const events = restoreToDevice(indexed, plan, sink, { undoNotes: undoNotes(world), signal });
  try {
    return await followRestore(events, restoring, context, {
      onItem: async (item) => {
        if (item.reason === 'restored') await added.add(item);
      },
      notes: (summary) => notesOf(summary, added),
    });
  } catch (error) {
    screen.note('What is done stays done: run the same command again to go on.');
    throw error;
  }
}

function notesOf({ index }: RestoreSummary, { items, path }: AddedList): readonly string[] {
  return [
    ...(items > 0 ? [`What was added is listed in ${shown(path)}`] : []),
    ...(index === 'late'
      ? [
          'The files are there, but the phone has not taken all of them into its gallery yet: it does so by itself.',
        ]
      : []),
  ];
}

/** What one record of a type is called. */
const RECORD_NOUNS: Readonly<Record<string, string>> = {
  contacts: 'contact',
  messages: 'message',
  calls: 'call',
  calendar: 'event',
  apps: 'app',
  settings: 'setting',
};

/** What will be written, for people. */
function planText({ files, records, settled, replaced, writeBytes }: DevicePlan): string[] {
  const bytes = [...writeBytes.values()].reduce((sum, each) => sum + each, 0);
  const byType = new Map<string, number>();
  for (const { type, toGive } of records) byType.set(type, (byType.get(type) ?? 0) + toGive);
  const parts = [
    ...(files.length > 0 ? [`${plural(files.length, 'file')} (${formatBytes(bytes)})`] : []),
    ...[...byType]
      .filter(([, count]) => count > 0)
      .map(([type, count]) => plural(count, RECORD_NOUNS[type] ?? 'record')),
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
