import { ITEM_TYPES } from '@holdfast/contract';
import {
  BACKUP_BEGINNING,
  type BackupState,
  type BackupSummary,
  backup,
  reachedBytes,
  stepBackup,
  stopBackup,
} from '@holdfast/engine';
import {
  type ChosenSource,
  factsOf,
  keepLedgers,
  type Ledgers,
  openOrCreate,
  openOrPretend,
} from '@holdfast/home';
import type { OpenRepository } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { balanceLine } from '#output/balance-line.ts';
import type { Progress } from '#output/progress.ts';
import { sameRepository } from '#output/same-repository.ts';
import { shown } from '#output/screen.ts';
import { SetAsideList } from '#output/set-aside.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { plural } from '#output/words.ts';
import { reportCapabilities } from '#phones/capability-report.ts';
import { PROGRAM } from '#program.ts';
import { chooseSources } from '#sources/choose-sources.ts';
import { reportBackup } from './report.ts';
import type { BackupGiven } from './table.ts';

type Given = GivenOptions<BackupGiven>;

/** Backs phones and folders up, one after another. */
export async function run(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  await using chosen = await chooseSources(words, given, context);
  context.screen.outlive();
  const repository = given.dryRun
    ? openOrPretend(context.host)
    : openOrCreate(context.host).then((opened) => opened.repository);
  // Awaited by the first backup; until then its failure is nobody's yet.
  repository.catch(() => {});
  using ledgers = given.dryRun ? undefined : await keepLedgers(context.host);
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
  await reportBackup(source.device, { summary, setAside, seconds: passed() }, context);
  return summary;
}

const aboutDamage = (files: number): string =>
  `${plural(files, 'file')} of the repository cannot be read. The backup goes on without. Run "holdfast check" afterwards.`;

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
