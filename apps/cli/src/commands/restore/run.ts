import { reasonEntry } from '@holdfast/contract';
import { openFolderSink } from '@holdfast/devices';
import {
  planRestore,
  RESTORE_BEGINNING,
  type RestoredItem,
  type RestorePlan,
  type RestoreState,
  restore,
  type SettledItem,
  stepRestore,
} from '@holdfast/engine';
import { acquireLock, findSnapshot, loadIndex } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { usage } from '#failures.ts';
import { openHere } from '#home/open.ts';
import { balanceText } from '#output/balance-text.ts';
import { shown } from '#output/screen.ts';
import { formatBytes, formatDuration, plural } from '#output/words.ts';
import { parseBackupPath } from '../backup-path.ts';
import type { options } from './table.ts';

type Given = GivenOptions<typeof options>;

const MOST_SHOWN = 20;

/** Carries out `holdfast restore`. */
export async function run(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  const { world, screen } = context;
  const { signal, threads } = world;
  if (given.to === undefined)
    throw usage(
      'restore needs --to FOLDER: where to give it back to.',
      'Name a folder; it is made if it is not there.',
    );
  const wanted = words.map(parseBackupPath);
  const [first] = wanted;
  if (first === undefined || wanted.some(({ backup }) => backup !== first.backup)) {
    throw usage(
      'restore gives back one backup at a time.',
      'Name the same backup before each path, or run it once for each.',
    );
  }
  const { repository } = await openHere(context);
  await using _lock = await acquireLock(repository, {
    exclusive: false,
    readOnly: true,
    isProcessAlive: world.isProcessAlive,
    signal,
  });
  const { id, snapshot } = await findSnapshot(repository, first.backup, signal);
  await using indexed = await loadIndex(repository, { signal, ...(threads !== undefined && { threads }) });
  const sink = openFolderSink(resolveFrom(world.cwd, given.to), { isDryRun: given.dryRun });
  const selection = { tree: snapshot.tree, paths: wanted.map(({ path }) => path), conflict: given.conflict };
  const plan = await planRestore(indexed, selection, sink, signal);
  if (given.dryRun) return showPlan(plan, id, sink.root, context);

  const began = world.clock.now();
  let state = RESTORE_BEGINNING;
  using progress = screen.progress();
  for await (const event of restore(indexed, plan, sink, signal)) {
    state = stepRestore(state, event);
    progress.update(() => ({
      phase: 'Restoring',
      items: { done: state.balance.found - state.balance.waiting, total: state.balance.found },
      bytes: { done: state.doneBytes, total: state.totalBytes },
      current: state.current,
    }));
  }
  progress.clear();
  return tell(state, id, sink.root, began.until(world.clock.now()).total({ unit: 'seconds' }), context);
}

async function tell(
  state: RestoreState,
  snapshot: string,
  root: string,
  seconds: number,
  { screen }: Context,
): Promise<ExitCode> {
  const { balance, restoredItems, restoredBytes, alreadyThere, setAside, totalBytes } = state;
  for (const [at, item] of setAside.entries()) await tellItem(item, at < MOST_SHOWN, screen);
  const more = balance.skipped + balance.failed - MOST_SHOWN;
  const there =
    alreadyThere === 0 ? '' : `; ${plural(alreadyThere, 'item')} there already, with the same content`;
  const text = [
    ...(more > 0 ? [`… and ${plural(more, 'more item')}: --json lists a thousand.`] : []),
    `Gave back ${plural(restoredItems, 'item')}, ${formatBytes(restoredBytes)}, to ${shown(root)} in ${formatDuration(seconds)}, each read back and equal${there}.`,
    screen.style(balance.failed + balance.skipped > 0 ? 'yellow' : 'green', balanceText(balance)),
  ];
  await screen.result(
    {
      type: 'restore',
      snapshot,
      to: root,
      isDryRun: false,
      balance,
      totalBytes,
      restoredItems,
      restoredBytes,
      alreadyThere,
      seconds,
    },
    text.join('\n'),
  );
  return balance.failed + balance.skipped > 0 ? 3 : 0;
}

async function showPlan(
  plan: RestorePlan,
  snapshot: string,
  root: string,
  { screen }: Context,
): Promise<ExitCode> {
  const { files, links, settled, writeBytes, totalBytes } = plan;
  const state = (item: SettledItem): 'verified' | 'skipped' | 'failed' => {
    const { state: named } = reasonEntry(item.reason);
    return named === 'waiting' ? 'failed' : named;
  };
  const setAside = settled.filter((item) => state(item) !== 'verified');
  for (const [at, item] of setAside.entries()) {
    await tellItem({ ...item, to: item.to.join('/'), state: state(item) }, at < MOST_SHOWN, screen);
  }
  const count = (wanted: string): number => settled.filter((item) => state(item) === wanted).length;
  const items = files.length + links.length;
  const found = items + settled.length;
  const balance = {
    found,
    verified: count('verified'),
    waiting: items,
    skipped: count('skipped'),
    failed: count('failed'),
  };
  const replaced = files.filter(({ replaces }) => replaces).length;
  const text = [
    `Would give back ${plural(items, 'item')}, ${formatBytes(writeBytes)}, to ${shown(root)}. Nothing was written.`,
    ...(replaced > 0 ? [`${plural(replaced, 'file')} there would be replaced: that cannot be undone.`] : []),
    balanceText(balance),
  ];
  await screen.result(
    {
      type: 'restore',
      snapshot,
      to: root,
      isDryRun: true,
      balance,
      totalBytes,
      restoredItems: 0,
      restoredBytes: 0,
      alreadyThere: balance.verified,
      seconds: 0,
    },
    text.join('\n'),
  );
  return setAside.length > 0 ? 3 : 0;
}

async function tellItem(item: RestoredItem, isShown: boolean, screen: Context['screen']): Promise<void> {
  const { sentence, remedy } = reasonEntry(item.reason);
  const { path, to, state, reason, detail } = item;
  const line = {
    type: 'restored-item',
    path,
    to,
    state,
    reason,
    sentence,
    ...(detail !== undefined && { detail }),
    ...(remedy !== undefined && { remedy }),
  } as const;
  const why = detail === undefined || detail === '' ? '' : ` (${shown(detail)})`;
  const text = `${state} ${shown(path)}: ${sentence}${why}${remedy === undefined ? '' : `\n  → ${remedy}`}`;
  await screen.result(line, isShown ? text : undefined);
}

const resolveFrom = (cwd: string, path: string): string => (path.startsWith('/') ? path : `${cwd}/${path}`);
