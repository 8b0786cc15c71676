import { type Host, withLock } from '@holdfast/home';
import {
  type ForgetPlan,
  forget,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  planPrune,
  prune,
} from '@holdfast/repository';
import { conflict } from '../failures.ts';
import type { Runner, RunTools } from '../runs/runner.ts';
import type { CareNotes } from './notes.ts';
import type { ForgetPlans } from './plans.ts';
import { removalsOf } from './retention.ts';

/** What removing needs. */
export interface ForgetDeps {
  readonly host: Host;
  readonly notes: CareNotes;
  readonly plans: Pick<ForgetPlans, 'get'>;
  /** Lets go of the repository, as far as nobody waits for what is read there, until the answer is disposed of. */
  readonly makeWay: () => Promise<Disposable>;
}

/** Removes the backups that a plan lets go, and then what nothing uses any more. */
export function forgetRunner({ host, notes, plans, makeWay }: ForgetDeps): Runner<'forget'> {
  return async ({ plan: name }, tools) => {
    const plan = plans.get(name);
    using _way = await makeWay();
    const [removed, freed] = await withLock(
      { ...host, signal: tools.signal },
      { exclusive: true },
      async ({ repository }, signal) => {
        await refuseIfOutdated(repository, plan, signal);
        const forgotten = await forget(repository, plan, signal);
        return [forgotten.length, await makeRoom(repository, host, tools, signal)] as const;
      },
    );
    const doneMs = host.clock.now().epochMilliseconds;
    await notes.change((before) => ({
      ...before,
      retention: { doneMs },
      prune: { doneMs, freedBytes: freed },
    }));
    return { sentence: `Removed ${removed === 1 ? 'a backup' : `${removed} backups`}.` };
  };
}

/** Removes what no backup needs any more. */
export function pruneRunner({ host, notes, makeWay }: Omit<ForgetDeps, 'plans'>): Runner<'prune'> {
  return async (_request, tools) => {
    using _way = await makeWay();
    const freedBytes = await withLock(
      { ...host, signal: tools.signal },
      { exclusive: true },
      ({ repository }, signal) => makeRoom(repository, host, tools, signal),
    );
    const doneMs = host.clock.now().epochMilliseconds;
    await notes.change((before) => ({ ...before, prune: { doneMs, freedBytes } }));
    return {
      sentence: freedBytes === 0 ? 'There was nothing to remove.' : 'What no backup needs was removed.',
    };
  };
}

/** A device must not lose its last backup because those that were to stay are gone meanwhile. */
async function refuseIfOutdated(
  repository: OpenRepository,
  plan: ForgetPlan,
  signal: AbortSignal,
): Promise<void> {
  if (removalsOf(plan) === 0) return;
  const { entries } = await listSnapshots(repository, { signal });
  const there = new Set(entries.map(({ id }) => id));
  const isSound = plan.groups.every(
    ({ keep, remove }) => remove.length === 0 || keep.some(({ entry }) => there.has(entry.id)),
  );
  if (!isSound)
    throw conflict('Backups that were to stay are gone since the plan was made', 'Make the plan again.');
}

async function makeRoom(
  repository: OpenRepository,
  { threads }: Host,
  { report }: RunTools,
  signal: AbortSignal,
): Promise<number> {
  await using indexed = await loadIndex(repository, { signal, ...(threads !== undefined && { threads }) });
  const plan = await planPrune(indexed, {}, signal);
  const bytes = { done: 0 };
  for await (const { done, total } of prune(indexed, plan, signal))
    report(() => ({ phase: 'removing', items: { done, total }, bytes }));
  return Math.max(0, plan.freedBytes);
}
