import { reasonEntry } from '@holdfast/contract';
import { type FolderSource, openFolderSource } from '@holdfast/devices';
import {
  BACKUP_BEGINNING,
  type BackupState,
  type BackupSummary,
  backup,
  type SetAside,
  stepBackup,
} from '@holdfast/engine';
import type { OpenRepository } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { openOrCreate } from '#home/create.ts';
import { balanceText } from '#output/balance-text.ts';
import type { Progress } from '#output/progress.ts';
import { shown } from '#output/screen.ts';
import { formatBytes, formatDuration, plural } from '#output/words.ts';
import { PROGRAM } from '#program.ts';
import type { options } from './table.ts';

type Given = GivenOptions<typeof options>;

/** So many set-aside items are printed; all of them are in the backup's holdfast.json. */
const MOST_SHOWN = 20;

/** Carries out `holdfast backup`. */
export async function run(given: Given, folders: readonly string[], context: Context): Promise<ExitCode> {
  const { world } = context;
  const { repository, place } = await openOrCreate(context);
  let exit: ExitCode = 0;
  for (const folder of folders) {
    const source = await openFolderSource(folder, {
      machine: world.identity.hostname,
      excludes: given.exclude,
      skipPaths: [place.path],
      clock: world.clock,
    });
    const summary = await backUp(given, source, repository, context);
    if (summary.balance.failed > 0) exit = 3;
  }
  return exit;
}

async function backUp(
  given: Given,
  source: FolderSource,
  repository: OpenRepository,
  context: Context,
): Promise<BackupSummary> {
  const { world, screen } = context;
  const began = world.clock.now();
  let state = BACKUP_BEGINNING;
  using progress = screen.progress();
  const events = backup(repository, source, {
    isProcessAlive: world.isProcessAlive,
    verify: given.verify,
    isDryRun: given.dryRun,
    allowEmpty: given.allowEmpty,
    excludes: given.exclude,
    program: PROGRAM,
    signal: world.signal,
    ...(world.threads !== undefined && { threads: world.threads }),
  });
  for await (const event of events) {
    state = stepBackup(state, event);
    if (event.kind === 'began' && event.adoptedPacks > 0) {
      screen.note(
        `Found ${plural(event.adoptedPacks, 'pack')} of an interrupted backup: they are not stored again.`,
      );
    }
    progress.update(() => progressOf(state));
  }
  progress.clear();
  const { summary } = state;
  if (summary === undefined) throw new Error('a backup ended without a summary');
  const seconds = began.until(world.clock.now()).total({ unit: 'seconds' });
  await tell(given, source, state.setAside, summary, seconds, context);
  return summary;
}

function progressOf(state: BackupState): Progress {
  const { balance, savedItems, doneBytes, foundBytes, isFoundComplete, current } = state;
  const { found, waiting } = balance;
  const phases = {
    looking: 'Looking',
    saving: 'Saving',
    proving: 'Proving',
    done: 'Done',
    stopped: 'Stopped',
  };
  return {
    phase: phases[state.phase],
    items: { done: found - waiting + savedItems, ...(isFoundComplete && { total: found }) },
    bytes: { done: doneBytes, ...(isFoundComplete && { total: foundBytes }) },
    current,
  };
}

async function tell(
  given: Given,
  { device, root }: FolderSource,
  setAside: readonly SetAside[],
  summary: BackupSummary,
  seconds: number,
  { screen }: Context,
): Promise<void> {
  const { balance, totalBytes, newBytes, storedBytes, snapshot } = summary;
  for (const item of setAside)
    await tellSetAside(item, device.name, setAside.indexOf(item) < MOST_SHOWN, screen);
  const { snapshot: _id, ...facts } = summary;
  const line = {
    type: 'backup',
    device,
    isDryRun: given.dryRun,
    seconds,
    ...facts,
    ...(snapshot !== undefined && { snapshot }),
  } as const;
  const rate = seconds > 1 ? `, ${formatBytes(totalBytes / seconds)}/s` : '';
  const what = `${shown(device.name)} (${shown(root)}): ${plural(balance.found, 'item')}, ${formatBytes(totalBytes)}`;
  const more =
    setAside.length > MOST_SHOWN
      ? [`… and ${plural(setAside.length - MOST_SHOWN, 'more item')}: see holdfast.json in the backup.`]
      : [];
  const text = given.dryRun
    ? [`Would back up ${what}: at most ${formatBytes(newBytes)} of it new. Nothing was written.`]
    : [
        ...more,
        `Backed up ${what}, in ${formatDuration(seconds)}${rate}.`,
        `${formatBytes(newBytes)} of it new, stored as ${formatBytes(storedBytes)}; ${provedText(summary)}.`,
        screen.style(balance.failed > 0 ? 'yellow' : 'green', balanceText(balance)),
        `Backup ${snapshot?.slice(0, 8)}. Next:`,
        `  holdfast ls ${snapshot?.slice(0, 8)}                    look inside`,
        `  holdfast restore ${snapshot?.slice(0, 8)} --to FOLDER   give it back`,
        '  holdfast check --read-data             prove the whole repository',
      ];
  await screen.result(line, text.join('\n'));
}

async function tellSetAside(
  item: SetAside,
  device: string,
  isShown: boolean,
  screen: Context['screen'],
): Promise<void> {
  const { sentence, remedy } = reasonEntry(item.reason);
  const line = { type: 'item', device, ...item, sentence, ...(remedy !== undefined && { remedy }) } as const;
  const detail = item.detail === undefined || item.detail === '' ? '' : ` (${shown(item.detail)})`;
  const text = `${item.state} ${shown(item.path)}: ${sentence}${detail}${remedy === undefined ? '' : `\n  → ${remedy}`}`;
  await screen.result(line, isShown ? text : undefined);
}

function provedText({ verifiedFrom, verifiedBytes, storedBytes }: BackupSummary): string {
  switch (verifiedFrom) {
    case 'nothing-new':
      return 'nothing had to be written but the backup itself';
    case 'off':
      return 'not read back, as you asked';
    case 'device':
      return `all ${formatBytes(verifiedBytes)} read back from the device, and equal`;
    case 'mixed':
      return `all ${formatBytes(storedBytes)} read back, some only through the cache, and equal`;
    case 'cache':
      return `all ${formatBytes(verifiedBytes)} read back, and equal`;
    default:
      return verifiedFrom satisfies never;
  }
}
