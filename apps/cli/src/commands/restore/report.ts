import { type Balance, type JsonLineOf, reasonEntry } from '@holdfast/contract';
import type { RestoreState, RestoreSummary } from '@holdfast/engine';
import { RESTORE_BEGINNING, stepRestore } from '@holdfast/engine/restore';
import type { GiveBackEvent, GiveBackPlan } from '@holdfast/home';
import type { SnapshotEntry } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { balanceLine } from '#output/balance-line.ts';
import type { Progress } from '#output/progress.ts';
import type { ProgressView } from '#output/progress-view.ts';
import { shown } from '#output/screen.ts';
import { SetAsideList } from '#output/set-aside.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatBytes, formatDuration, plural } from '#output/words.ts';

/** What a report names: the backup, and what it is given back to. */
export interface Restoring {
  readonly entry: SnapshotEntry;
  /** A folder's path, or a phone's name. */
  readonly target: string;
}

/** What else is to be said and done of each kind of target. */
interface ReportOptions {
  /** Before the target is looked at. */
  readonly onLook: () => void;
  readonly onPlan?: (plan: GiveBackPlan) => void;
  /** Sentences below the summary; `list` is the file in which it is listed what came to a phone. */
  readonly notes?: (summary: RestoreSummary, list: string | undefined) => readonly string[];
}

/** The exit status of a restore that was carried out, followed to its end and told as it goes on. */
export async function followRestore(
  events: AsyncIterable<GiveBackEvent>,
  { entry }: Pick<Restoring, 'entry'>,
  { world, screen }: Context,
  { onLook, onPlan, notes = () => [] }: ReportOptions,
): Promise<ExitCode> {
  let passed = stopwatch(world.clock);
  const setAside = new SetAsideList(screen);
  let state: RestoreState = RESTORE_BEGINNING;
  let plan: GiveBackPlan | undefined;
  let list: string | undefined;
  let progress: ProgressView | undefined;
  try {
    for await (const event of events) {
      switch (event.kind) {
        case 'looking':
          onLook();
          continue;
        case 'planned':
          ({ plan } = event);
          onPlan?.(plan);
          screen.outlive();
          passed = stopwatch(world.clock);
          progress = screen.progress();
          continue;
        case 'listed':
          list = event.path;
          continue;
        default:
          state = stepRestore(state, event);
          if (event.kind === 'item' && event.state !== 'verified') await setAside.add(event);
          progress?.update(() => progressOf(state));
      }
    }
  } catch (error) {
    if (plan !== undefined) screen.note(balanceLine(state.balance));
    throw error;
  } finally {
    progress?.clear();
  }
  const { summary } = state;
  if (summary === undefined || plan === undefined) throw new Error('a restore ended without its summary');
  const restoring = { entry, target: plan.target };
  const { setAside: _listed, index: _index, ...amounts } = summary;
  const seconds = passed();
  const title = screen.style('bold', shown(restoring.target));
  await screen.result(
    restoreLine(restoring, { isDryRun: false, ...amounts, seconds }),
    `${title}: ${summaryText(restoring, summary, seconds)}`,
  );
  for (const note of notes(summary, list)) await screen.text(note);
  await setAside.print('Not given back', 'run it again with --json');
  return exitCodeOf(summary.balance);
}

/** The exit status of a restore that was only planned; prints the plan. */
export async function reportPlan(
  { items, settled, totalBytes }: GiveBackPlan,
  planText: readonly string[],
  restoring: Restoring,
  { screen }: Context,
): Promise<ExitCode> {
  const setAside = new SetAsideList(screen);
  const balance = { found: items, verified: 0, waiting: items - settled.length, skipped: 0, failed: 0 };
  for (const { path, to, reason, detail } of settled) {
    const { state } = reasonEntry(reason);
    balance[state] += 1;
    if (state === 'verified') continue;
    await setAside.add({ path, to: to.join('/'), state, reason, ...(detail !== undefined && { detail }) });
  }
  const amounts = {
    balance,
    totalBytes,
    restoredItems: 0,
    restoredBytes: 0,
    alreadyThere: balance.verified,
  };
  const lines = [
    `${shown(restoring.target)}: nothing was written (--dry-run)`,
    balanceLine(balance),
    ...planText,
  ];
  await screen.result(restoreLine(restoring, { isDryRun: true, ...amounts, seconds: 0 }), lines.join('\n'));
  await setAside.print('Would not be given back', 'use --json');
  return exitCodeOf(balance);
}

const exitCodeOf = ({ skipped, failed }: Balance): ExitCode => (skipped + failed > 0 ? 3 : 0);

const restoreLine = (
  { entry, target }: Restoring,
  amounts: Omit<JsonLineOf<'restore'>, 'type' | 'snapshot' | 'target'>,
): JsonLineOf<'restore'> => ({ type: 'restore', snapshot: entry.id, target, ...amounts });

function summaryText(
  { entry }: Restoring,
  { balance, restoredItems, restoredBytes, alreadyThere }: RestoreSummary,
  seconds: number,
): string {
  const there = alreadyThere === 0 ? '' : `; ${plural(alreadyThere, 'item')} there already`;
  const written = `${plural(restoredItems, 'item')} written and read back (${formatBytes(restoredBytes)})`;
  return [
    `given back from ${shortId(entry.id)}`,
    balanceLine(balance),
    `${written}${there}, in ${formatDuration(seconds)}`,
  ].join('\n');
}

function progressOf({ balance, totalBytes, doneBytes, underWayBytes, current }: RestoreState): Progress {
  return {
    phase: 'Restoring',
    noun: ['item', 'items'],
    items: { done: balance.found - balance.waiting, total: balance.found },
    bytes: { done: doneBytes + underWayBytes, total: totalBytes },
    current,
  };
}
