import { reasonEntry } from '@holdfast/contract';
import type { AndroidPhone } from '@holdfast/devices/android';
import type { RestoreSummary } from '@holdfast/engine';
import { type GiveBackPlan, giveBack, planGiveBack, withIndex } from '@holdfast/home';
import { findSnapshot, type OpenRepository, type SnapshotEntry } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { shown } from '#output/screen.ts';
import { formatBytes, plural } from '#output/words.ts';
import { nameOf } from '#phones/name-of.ts';
import type { Asked } from './asked.ts';
import { placesAsked } from './places-asked.ts';
import { followRestore, reportPlan } from './report.ts';
import type { RestoreGiven } from './table.ts';

/** Gives what was asked for of a backup back to a phone, and lists what came to it: the exit status. */
export async function restoreToPhone(
  phone: AndroidPhone,
  asked: Asked,
  { dryRun, conflict, types }: GivenOptions<RestoreGiven>,
  context: Context,
): Promise<ExitCode> {
  const { screen, host } = context;
  const find = (repository: OpenRepository, signal: AbortSignal): Promise<SnapshotEntry> =>
    findSnapshot(repository, asked.backup, signal);
  return await withIndex(host, {}, find, async (indexed, entry, signal) => {
    const paths = await placesAsked(asked, indexed.blobs, entry, signal);
    const request = { tree: entry.snapshot.tree, paths, conflict, ...(types && { types }) };
    const to = { kind: 'phone', phone } as const;
    const name = await nameOf(phone.device, host);
    const comparing = (): void => screen.note(`Comparing with what is on ${shown(name)} …`);
    if (dryRun) {
      comparing();
      const plan = await planGiveBack(host, indexed, request, to, { create: false, signal });
      return await reportPlan(plan, planText(plan), { entry, target: plan.target }, context);
    }
    const events = giveBack(host, indexed, request, to, signal);
    let isPlanned = false;
    try {
      return await followRestore(events, { entry }, context, {
        onLook: comparing,
        onPlan: (plan) => {
          isPlanned = true;
          for (const line of planText(plan)) screen.note(line);
        },
        notes: notesOf,
      });
    } catch (error) {
      if (isPlanned) screen.note('What is done stays done: run the same command again to go on.');
      throw error;
    }
  });
}

function notesOf({ index }: RestoreSummary, list: string | undefined): readonly string[] {
  return [
    ...(list === undefined ? [] : [`What was added is listed in ${shown(list)}`]),
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
function planText(whole: GiveBackPlan): string[] {
  if (whole.kind !== 'phone') return [];
  const { settled, replaced, writeBytes } = whole;
  const { files, records } = whole.plan;
  const byType = new Map<string, number>();
  for (const { type, toGive } of records) byType.set(type, (byType.get(type) ?? 0) + toGive);
  const parts = [
    ...(files.length > 0 ? [`${plural(files.length, 'file')} (${formatBytes(writeBytes)})`] : []),
    ...[...byType]
      .filter(([, count]) => count > 0)
      .map(([type, count]) => plural(count, RECORD_NOUNS[type] ?? 'record')),
  ];
  const isThere = settled.every(({ reason }) => reasonEntry(reason).state === 'verified');
  const nothing = isThere ? 'Nothing is to be written: all of it is there.' : 'Nothing is to be written.';
  const lines = [parts.length === 0 ? nothing : `To write: ${parts.join(', ')}.`];
  if (replaced > 0)
    lines.push(
      `${plural(replaced, 'item')} there will be replaced, which cannot be undone (--conflict overwrite).`,
    );
  return lines;
}
