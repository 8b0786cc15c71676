import {
  BACKUP_BEGINNING,
  type BackupState,
  type BackupSummary,
  reachedBytes,
  stepBackup,
  stopBackup,
} from '@holdfast/engine/backup';
import {
  type BackUpOptions,
  backUp,
  type ChosenSource,
  keepLedgers,
  NO_LEDGERS,
  rulesOf,
  ruling,
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
import { showCapabilities } from '#phones/capability-report.ts';
import { nameOf } from '#phones/name-of.ts';
import { PROGRAM } from '#program.ts';
import { reportBackup } from './report.ts';
import type { BackupGiven } from './table.ts';

type Given = GivenOptions<BackupGiven>;

/** Backs these up, one after another. The repository may still be opening. */
export async function backUpAll(
  sources: readonly ChosenSource[],
  repository: PromiseLike<OpenRepository>,
  given: Given,
  context: Context,
): Promise<ExitCode> {
  using ledgers = given.dryRun ? NO_LEDGERS : await keepLedgers(context.host);
  let isComplete = true;
  for (const each of sources) {
    const { balance } = await backUpOne(each, { repository, ledgers }, given, context);
    if (balance.failed > 0 || (balance.waiting > 0 && !given.dryRun)) isComplete = false;
  }
  if (!given.dryRun)
    await context.screen.text(`\nSee all backups: holdfast backups${sameRepository(context.globals)}`);
  return isComplete ? 0 : 3;
}

async function backUpOne(
  chosen: ChosenSource,
  shared: Pick<BackUpOptions, 'repository' | 'ledgers'>,
  given: Given,
  context: Context,
): Promise<BackupSummary> {
  const { host, screen } = context;
  const { device } = chosen.source;
  const name = await nameOf(device, host);
  let isOpen = false;
  let passed = stopwatch(host.clock);
  const setAside = new SetAsideList(screen);
  let state: BackupState = BACKUP_BEGINNING;
  const options = {
    ...shared,
    verify: given.verify,
    isDryRun: given.dryRun,
    allowEmpty: given.allowEmpty,
    excludes: given.exclude,
    program: PROGRAM,
    ...ruling(device, await rulesOf(host, device.id), given.types, host.timeZone),
  };
  let progress = screen.progress();
  if (chosen.phone !== undefined)
    progress.update(() => ({ phase: 'Asking', noun: ['type', 'types'], current: name }));
  try {
    for await (const event of backUp(host, chosen, options)) {
      if (event.kind === 'capabilities') {
        progress.clear();
        await showCapabilities(event, name, context);
        passed = stopwatch(host.clock);
        progress = screen.progress();
        continue;
      }
      state = stepBackup(state, event);
      if (event.kind === 'set-aside') await setAside.add(event);
      if (event.kind === 'began') {
        isOpen = true;
        if (event.damagedFiles > 0) screen.note(aboutDamage(event.damagedFiles));
      }
      // Before that, a password may be asked for on the same lines.
      if (isOpen) progress.update(() => progressOf(state));
    }
  } catch (error) {
    // The balance holds also where a run ends before it is done.
    screen.note(`${shown(name)}: ${balanceLine(stopBackup(state).balance)}`);
    throw error;
  } finally {
    progress.clear();
  }
  const { summary } = state;
  if (summary === undefined) throw new Error('a backup ended without its summary');
  await reportBackup({ device, name }, { summary, setAside, seconds: passed() }, context);
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
