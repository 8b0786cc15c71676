import { RESTORE_BEGINNING, type RestoreState, stepRestore } from '@holdfast/engine';
import { type GiveBackEvent, type GiveBackPlan, giveBack } from '@holdfast/home';
import { isFailure } from '@holdfast/kernel';
import { conflict } from '../failures.ts';
import type { Progress, RunEnd, Runner, RunTools } from '../runs/runner.ts';
import { formatCount, plural } from '../words.ts';
import { onlyFailed } from './only-failed.ts';
import { type RestoreDeps, requestOf } from './plan-restore.ts';
import { runItemOf } from './plan-words.ts';
import type { Asked, Plans } from './plans.ts';
import { openTarget } from './target.ts';

/**
 * Carries out plans: the target is looked at again, since it may have changed, and what is there by now is recognised. A run that would
 * replace more than a person agreed to fails before anything is written.
 */
export function restoreRunner(deps: RestoreDeps): Runner<'restore'> {
  return async ({ plan: id }, tools) => {
    const { plans, host } = deps;
    const asked = await plans.begin(id);
    tools.report(() => ({ ...NOTHING, phase: 'connecting' }));
    await using target = await openTarget(asked.to, deps, tools.signal);
    await using reader = await deps.read(tools.signal);
    const request = await requestOf(asked, reader);
    const events = giveBack(
      { ...host, signal: tools.signal },
      reader.repository,
      request,
      target.to,
      reader.signal,
    );
    const rules = {
      mayReplace: asked.replaces,
      thereBefore: (now: number) => plans.thereBefore(id, now),
    };
    const { failed, ...end } = await follow(events, rules, tools);
    const again = failed.size === 0 ? undefined : await keptForAgain(plans, onlyFailed(asked, failed));
    await plans.over(id);
    return { ...end, again };
  };
}

/** A home folder that cannot be written makes nothing undone that is: there is only nothing to press. */
async function keptForAgain(plans: Plans, rest: Asked): Promise<string | undefined> {
  try {
    return await plans.keepForAgain(rest);
  } catch (error) {
    if (!isFailure(error)) throw error;
    return undefined;
  }
}

const NOTHING = { items: { done: 0 }, bytes: { done: 0 }, isFindingOut: true } as const;

interface Rules {
  /** So many a person has agreed to have replaced. */
  readonly mayReplace: number;
  /** How many items were there when the run first looked, if so many are now. */
  readonly thereBefore: (now: number) => Promise<number>;
}

async function follow(
  events: AsyncIterable<GiveBackEvent>,
  { mayReplace, thereBefore }: Rules,
  tools: RunTools,
): Promise<RunEnd & { readonly failed: ReadonlySet<string> }> {
  let state: RestoreState = RESTORE_BEGINNING;
  let there = 0;
  const failed = new Set<string>();
  for await (const event of events) {
    switch (event.kind) {
      case 'looking':
        tools.report(() => ({ ...NOTHING, phase: 'comparing' }));
        continue;
      case 'planned':
        if (event.plan.replaced > mayReplace)
          throw conflict(
            `${plural(event.plan.replaced, 'item')} would be replaced now, and ${formatCount(mayReplace)} when it was planned`,
            'Something has changed there since. Look at a new plan, and begin again.',
          );
        there = await thereBefore(alreadyThere(event.plan));
        continue;
      case 'listed':
        continue;
      default:
        state = stepRestore(state, event);
        if (event.kind === 'item') {
          if (event.state === 'failed') failed.add(event.path);
          tools.setAside(runItemOf(event));
        }
        tools.report(() => progressOf(state));
    }
  }
  const { summary } = state;
  if (summary === undefined) throw new Error('a restore ended without its summary');
  return { sentence: sentenceOf(state, there), progress: progressOf(state), failed };
}

const progressOf = ({
  balance,
  totalBytes,
  doneBytes,
  underWayBytes,
  restoredItems,
  current,
  summary,
}: RestoreState): Progress => ({
  phase: 'giving',
  // What is there already is told first.
  isFindingOut: summary === undefined && restoredItems === 0 && underWayBytes === 0,
  items: { done: balance.found - balance.waiting, total: balance.found },
  bytes: { done: doneBytes + underWayBytes, total: totalBytes },
  balance,
  current,
});

/** Items of a plan with which nothing has to be done. */
function alreadyThere({ kind, plan, settled }: GiveBackPlan): number {
  const there = settled.filter(({ reason }) => reason === 'already-there');
  const itemsOf = (path: string): number => (kind === 'folder' ? plan.counts.of(path) : 1);
  return there.reduce((sum, { path, items = itemsOf(path) }) => sum + items, 0);
}

const NOTHING_GIVEN = {
  failed: 'Nothing could be given back',
  needless: 'Nothing had to be written',
} as const;

/** `thereBefore`: when the run first looked. What is there since then it gave itself, before it broke off. */
function sentenceOf(
  { balance, restoredItems, alreadyThere: thereNow, summary }: RestoreState,
  thereBefore: number,
): string {
  const earlier = Math.max(0, thereNow - thereBefore);
  const there = thereNow - earlier;
  const given = restoredItems + earlier;
  const parts = [
    given === 0
      ? NOTHING_GIVEN[balance.failed > 0 ? 'failed' : 'needless']
      : `${plural(given, 'item')} given back`,
    ...(earlier > 0 ? [`${formatCount(earlier)} of them before it broke off`] : []),
    ...(there > 0 ? [`${plural(there, 'item')} there already`] : []),
    ...(balance.skipped > 0 ? [`${plural(balance.skipped, 'item')} left out`] : []),
    ...(balance.failed > 0 ? [`${plural(balance.failed, 'item')} failed`] : []),
  ];
  const late =
    summary?.index === 'late' ? ' The phone shows the pictures in its gallery a little later.' : '';
  return `${parts.join(', ')}.${late}`;
}
