import type { JsonLineOf } from '@holdfast/contract';
import type { Device } from '@holdfast/devices';
import type { BackupSummary } from '@holdfast/engine/backup';
import { shortId } from '@holdfast/restic-format';
import type { Context } from '#context.ts';
import { balanceLine } from '#output/balance-line.ts';
import { sameRepository } from '#output/same-repository.ts';
import { type Screen, shown } from '#output/screen.ts';
import type { SetAsideList } from '#output/set-aside.ts';
import { formatBytes, formatCount, formatDuration, plural } from '#output/words.ts';

/** How a backup ended; after a dry run, without a snapshot. */
interface Ended {
  readonly summary: BackupSummary;
  readonly setAside: SetAsideList;
  readonly seconds: number;
}

/** Prints how a backup ended, what is not in it, and what can be done with it now. */
export async function reportBackup(
  { device, name: called }: { readonly device: Device; readonly name: string },
  { summary, setAside, seconds }: Ended,
  { screen, globals }: Context,
): Promise<void> {
  const { snapshot, balance } = summary;
  const name = screen.style('bold', shown(called));
  const head =
    snapshot === undefined
      ? `${name}: nothing was written (--dry-run)`
      : `${name}: backup ${shortId(snapshot)}`;
  const text = [head, balanceLine(balance), amounts(summary, seconds)].join('\n');
  await screen.result(backupLine(device, summary, seconds), text);
  const same = sameRepository(globals);
  if (summary.fewer !== undefined) await screen.text(fewerText(device, summary.fewer, screen));
  const whereAll =
    snapshot === undefined ? 'use --json' : `holdfast dump ${shortId(snapshot)}:/holdfast.json${same}`;
  await setAside.print('Not in this backup', whereAll);
  if (snapshot === undefined) return;
  await screen.text(
    `\nLook inside:     holdfast ls ${shortId(snapshot)}${same}\nGive it back:    holdfast restore ${shortId(snapshot)} --to FOLDER${same}`,
  );
}

function backupLine(device: Device, summary: BackupSummary, seconds: number): JsonLineOf<'backup'> {
  const { snapshot, ...amountsAndBalance } = summary;
  return {
    type: 'backup',
    device: { ...device },
    ...(snapshot !== undefined && { snapshot }),
    isDryRun: snapshot === undefined,
    ...amountsAndBalance,
    seconds,
  };
}

function fewerText(
  { kind }: Device,
  { before, now, lastBackup }: NonNullable<BackupSummary['fewer']>,
  screen: Screen,
): string {
  const place = kind === 'folder' ? 'folder' : 'phone';
  const line = `Far fewer than before: ${plural(now, 'item')} now, ${formatCount(before)} in the last backup.`;
  return [
    '',
    screen.style('yellow', line),
    `→ If you did not remove them, look after the ${place}; backup ${shortId(lastBackup)} still has them.`,
  ].join('\n');
}

const READ_BACK: Readonly<Record<BackupSummary['verifiedFrom'], string>> = {
  cache: 'read back and equal',
  device: 'read back from the drive itself and equal',
  mixed: 'read back and equal, part of it from the drive itself',
  off: 'not read back (--verify off)',
  'nothing-new': 'nothing new to store',
};

function amounts(
  { snapshot, totalBytes, newBytes, storedBytes, verifiedFrom }: BackupSummary,
  seconds: number,
): string {
  const all = `${formatBytes(totalBytes)} in all`;
  if (snapshot === undefined) return `${all}, at most ${formatBytes(newBytes)} of it new`;
  const stored =
    verifiedFrom === 'nothing-new'
      ? READ_BACK[verifiedFrom]
      : `${formatBytes(newBytes)} new, stored in ${formatBytes(storedBytes)}, ${READ_BACK[verifiedFrom]}`;
  return `${all}, ${stored}, in ${formatDuration(seconds)}`;
}
