import { RESTORE_BEGINNING, type RestoreState, stepRestore } from '@holdfast/engine';
import { type GiveBackEvent, giveBack } from '@holdfast/home';
import { isFailure } from '@holdfast/kernel';
import { conflict } from '../failures.ts';
import type { Progress, RunEnd, Runner, RunTools } from '../runs/runner.ts';
import { formatCount, plural } from '../words.ts';
import { type RestoreDeps, requestOf } from './plan-restore.ts';
import { runItemOf } from './plan-words.ts';
import { openTarget } from './target.ts';

/**
 * Carries out plans: the target is looked at again, since it may have changed, and what is there by now is recognised. A run that would
 * replace more than a person agreed to fails before anything is written.
 */
export function restoreRunner(deps: RestoreDeps): Runner<'restore'> {
  return async ({ plan: id }, tools) => {
    const { plans, host } = deps;
    const { asked, isAgain } = await plans.begin(id);
    tools.report(() => ({ ...NOTHING, phase: 'connecting' }));
    try {
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
      const end = await follow(events, { mayReplace: asked.replaces, isAgain }, tools);
      await plans.over(id);
      return end;
    } catch (error) {
      // One that can go on later is gone on with.
      if (isFailure(error) && error.retry !== 'later') await plans.over(id);
      throw error;
    }
  };
}

const NOTHING = { items: { done: 0 }, bytes: { done: 0 }, isFindingOut: true } as const;

async function follow(
  events: AsyncIterable<GiveBackEvent>,
  { mayReplace, isAgain }: { readonly mayReplace: number; readonly isAgain: boolean },
  tools: RunTools,
): Promise<RunEnd> {
  let state: RestoreState = RESTORE_BEGINNING;
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
        continue;
      case 'listed':
        continue;
      default:
        state = stepRestore(state, event);
        if (event.kind === 'item') tools.setAside(runItemOf(event));
        tools.report(() => progressOf(state));
    }
  }
  const { summary } = state;
  if (summary === undefined) throw new Error('a restore ended without its summary');
  return { sentence: sentenceOf(state, isAgain), progress: progressOf(state) };
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

function sentenceOf(
  { balance, restoredItems, alreadyThere, summary }: RestoreState,
  isAgain: boolean,
): string {
  const given =
    restoredItems === 0 ? 'Nothing had to be written' : `${plural(restoredItems, 'item')} given back`;
  // Of what it gave before it broke off nothing is known any more but that it is there.
  const there = isAgain ? 'there from before it broke off' : 'there already';
  const parts = [
    given,
    ...(alreadyThere > 0 ? [`${plural(alreadyThere, 'item')} ${there}`] : []),
    ...(balance.skipped > 0 ? [`${plural(balance.skipped, 'item')} left out`] : []),
    ...(balance.failed > 0 ? [`${plural(balance.failed, 'item')} failed`] : []),
  ];
  const late =
    summary?.index === 'late' ? ' The phone shows the pictures in its gallery a little later.' : '';
  return `${parts.join(', ')}.${late}`;
}
