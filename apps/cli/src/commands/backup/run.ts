import { ITEM_TYPES, type JsonLineOf } from '@holdfast/contract';
import type { Device, Source } from '@holdfast/devices';
import {
  BACKUP_BEGINNING,
  type BackupState,
  type BackupSummary,
  backup,
  reachedBytes,
  stepBackup,
  stopBackup,
} from '@holdfast/engine';
import type { OpenRepository } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { openOrCreate, openOrPretend } from '#home/create.ts';
import { sameRepository } from '#home/home.ts';
import { keepLedgers, type Ledgers } from '#ledger/keep-ledgers.ts';
import { balanceLine } from '#output/balance-line.ts';
import type { Progress } from '#output/progress.ts';
import { type Screen, shown } from '#output/screen.ts';
import { SetAsideList } from '#output/set-aside.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatBytes, formatCount, formatDuration, plural } from '#output/words.ts';
import { factsOf, reportCapabilities } from '#phones/capability-report.ts';
import { PROGRAM } from '#program.ts';
import { type ChosenSource, chooseSources } from '#sources/choose-sources.ts';
import type { BackupGiven } from './table.ts';

type Given = GivenOptions<BackupGiven>;

/** Backs phones and folders up, one after another. */
export async function run(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  await using chosen = await chooseSources(words, given, context);
  context.screen.outlive();
  const repository = given.dryRun
    ? openOrPretend(context)
    : openOrCreate(context).then((opened) => opened.repository);
  // Awaited by the first backup; until then its failure is nobody's yet.
  repository.catch(() => {});
  using ledgers = given.dryRun ? undefined : await keepLedgers(context);
  let isComplete = true;
  for (const each of chosen.sources) {
    const { balance } = await backUp(repository, each, ledgers, given, context);
    if (balance.failed > 0 || (balance.waiting > 0 && !given.dryRun)) isComplete = false;
  }
  if (!given.dryRun)
    await context.screen.text(`\nSee all backups: holdfast backups${sameRepository(context.globals)}`);
  return isComplete ? 0 : 3;
}

async function backUp(
  repository: Promise<OpenRepository>,
  { source, phone }: ChosenSource,
  ledgers: Ledgers | undefined,
  given: Given,
  context: Context,
): Promise<BackupSummary> {
  const { world, screen } = context;
  const { clock, isProcessAlive, threads, signal } = world;
  let isOpen = false;
  const capabilities =
    phone === undefined ? undefined : await reportCapabilities(phone, given.types ?? ITEM_TYPES, context);
  const ledger = ledgers?.begin(source, given);
  const passed = stopwatch(clock);
  const setAside = new SetAsideList(screen);
  let state: BackupState = BACKUP_BEGINNING;
  const settings = {
    clock,
    isProcessAlive,
    verify: given.verify,
    isDryRun: given.dryRun,
    allowEmpty: given.allowEmpty,
    excludes: given.exclude,
    program: PROGRAM,
    timeZone: world.timeZone,
    ...(threads !== undefined && { threads }),
    ...(given.types && { types: given.types }),
    ...(phone && { facts: factsOf(phone) }),
    ...(capabilities && { capabilities }),
    ...(ledger && { stored: ledger.stored, began: ledger.began }),
    signal,
  };
  using progress = screen.progress();
  try {
    for await (const event of backup(repository, source, settings)) {
      state = stepBackup(state, event);
      ledger?.follow(event);
      if (event.kind === 'set-aside') await setAside.add(event);
      if (event.kind === 'began') {
        isOpen = true;
        if (event.damagedFiles > 0) screen.note(aboutDamage(event.damagedFiles));
      }
      // Before that, a password may be asked for on the same lines.
      if (isOpen) progress.update(() => progressOf(state));
    }
  } catch (error) {
    ledger?.stop(error);
    // The balance holds also where a run ends before it is done.
    screen.note(`${shown(source.device.name)}: ${balanceLine(stopBackup(state).balance)}`);
    throw error;
  }
  const { summary } = state;
  if (summary === undefined) throw new Error('a backup ended without its summary');
  progress.clear();
  await printSummary(source, summary, given.dryRun, passed(), setAside, context);
  return summary;
}

const aboutDamage = (files: number): string =>
  `${plural(files, 'file')} of the repository cannot be read. The backup goes on without. Run "holdfast check" afterwards.`;

async function printSummary(
  { device }: Source,
  summary: BackupSummary,
  isDryRun: boolean,
  seconds: number,
  setAside: SetAsideList,
  { screen, globals }: Context,
): Promise<void> {
  const { snapshot, balance } = summary;
  const name = screen.style('bold', shown(device.name));
  const head =
    snapshot === undefined
      ? `${name}: nothing was written (--dry-run)`
      : `${name}: backup ${shortId(snapshot)}`;
  const text = [head, balanceLine(balance), amounts(summary, isDryRun, seconds)].join('\n');
  await screen.result(backupLine(device, summary, isDryRun, seconds), text);
  const same = sameRepository(globals);
  if (summary.fewer !== undefined) await screen.text(fewerText(summary.fewer, screen));
  const whereAll =
    snapshot === undefined ? 'use --json' : `holdfast dump ${shortId(snapshot)}:/holdfast.json${same}`;
  await setAside.print('Not in this backup', whereAll);
  if (snapshot === undefined) return;
  await screen.text(
    `\nLook inside:     holdfast ls ${shortId(snapshot)}${same}\nGive it back:    holdfast restore ${shortId(snapshot)} --to FOLDER${same}`,
  );
}

function backupLine(
  device: Device,
  summary: BackupSummary,
  isDryRun: boolean,
  seconds: number,
): JsonLineOf<'backup'> {
  const { snapshot, ...amountsAndBalance } = summary;
  return {
    type: 'backup',
    device: { ...device },
    ...(snapshot !== undefined && { snapshot }),
    isDryRun,
    ...amountsAndBalance,
    seconds,
  };
}

function fewerText({ before, now, lastBackup }: NonNullable<BackupSummary['fewer']>, screen: Screen): string {
  const line = `Far fewer than before: ${plural(now, 'item')} now, ${formatCount(before)} in the last backup.`;
  return [
    '',
    screen.style('yellow', line),
    `→ If you did not remove them, find out where they are; backup ${shortId(lastBackup)} still has them.`,
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
  { totalBytes, newBytes, storedBytes, verifiedFrom }: BackupSummary,
  isDryRun: boolean,
  seconds: number,
): string {
  const all = `${formatBytes(totalBytes)} in all`;
  if (isDryRun) return `${all}, at most ${formatBytes(newBytes)} of it new`;
  const stored =
    verifiedFrom === 'nothing-new'
      ? READ_BACK[verifiedFrom]
      : `${formatBytes(newBytes)} new, stored in ${formatBytes(storedBytes)}, ${READ_BACK[verifiedFrom]}`;
  return `${all}, ${stored}, in ${formatDuration(seconds)}`;
}

function progressOf(state: BackupState): Progress {
  const { phase, balance, savedItems, foundBytes, isFoundComplete, current } = state;
  const doneItems = balance.found - balance.waiting + savedItems;
  return {
    phase: phase === 'looking' ? 'Looking' : phase === 'proving' ? 'Proving' : 'Saving',
    noun: ['item', 'items'],
    items: { done: doneItems, ...(isFoundComplete && { total: balance.found }) },
    bytes: { done: reachedBytes(state), ...(isFoundComplete && { total: foundBytes }) },
    current,
  };
}
