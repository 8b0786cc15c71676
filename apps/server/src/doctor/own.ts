import type { Catalog } from '@holdfast/catalog';
import type { Card, Run, Settings } from '@holdfast/contract/api';
import type { OwnDevice, OwnFacts, OwnRun } from '@holdfast/doctor';
import { isHalfRebuilt } from '@holdfast/home';
import { type Clock, isFailure, visibleText } from '@holdfast/kernel';
import type { Care } from '../care/care.ts';
import { problemOf } from '../problem.ts';

/** Where facts about our own work come from. */
export interface OwnSources {
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly care: Pick<Care, 'facts' | 'view'>;
  readonly settings: () => Settings;
  readonly cards: () => Promise<readonly Card[]>;
  readonly runs: () => readonly Run[];
  readonly obstacles: () => ReadonlyMap<string, { readonly says: string; readonly hint: string }>;
}

/** All that the complaints about Holdfast itself follow from, as it is now. A repository that cannot be opened is one of the facts. */
export async function gatherOwn(sources: OwnSources): Promise<OwnFacts> {
  const { clock, catalog, care, settings, cards, runs, obstacles } = sources;
  const { notSeenDays, checkEveryDays } = settings();
  const common = {
    now: clock.now(),
    notSeenDays,
    checkEveryDays,
    runs: latest(runs()).flatMap((run) => ownRun(run) ?? []),
    devices: (await cards()).map((card) => ownDevice(card, obstacles())),
    isCatalogHalfRebuilt: await isHalfRebuilt(catalog),
  };
  try {
    const { isStoreThere, freeBytes, lastCheck, hasBackups, hasRecoveryKit } = await care.facts();
    const at = isStoreThere ? (await care.view()).lastCheck?.time : undefined;
    return {
      ...common,
      hasBackups,
      hasRecoveryKit,
      freeBytes,
      ...(lastCheck && {
        lastCheck: { ...lastCheck, ...(at !== undefined && { at: Temporal.Instant.from(at) }) },
      }),
      ...(!isStoreThere && { repositoryProblem: AWAY }),
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { ...common, hasBackups: false, hasRecoveryKit: false, repositoryProblem: problemOf(error) };
  }
}

/** What a repository is that was there and is not. */
export const AWAY = {
  code: 'repository/missing',
  message: 'The place that backups are kept in is not there',
  hint: 'Connect its drive. Nothing is backed up until then.',
};

/** The last run of each kind of each device: what failed and went well afterwards is over. */
export function latest(runs: readonly Run[]): readonly Run[] {
  const last = new Map<string, Run>();
  for (const run of runs) {
    const key = `${run.kind} ${run.device?.id ?? ''}`;
    const other = last.get(key);
    if (other === undefined || Temporal.Instant.compare(run.began, other.began) > 0) last.set(key, run);
  }
  return [...last.values()];
}

/** A run that is not over well. */
export function ownRun({ id, kind, device, state, stuckSince }: Run): OwnRun | undefined {
  const name = device === undefined ? '' : ` of ${visibleText(device.name, 80)}`;
  const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${name}`;
  if (state.kind === 'failed') return { id, title, state };
  if (stuckSince !== undefined)
    return { id, title, state: { kind: 'stuck', since: Temporal.Instant.from(stuckSince) } };
  return state.kind === 'waiting'
    ? { id, title, state: { kind: 'waiting', why: state.sentence } }
    : undefined;
}

function ownDevice(
  { device, isBackupOn, isInSight, lastSeen }: Card,
  obstacles: ReturnType<OwnSources['obstacles']>,
): OwnDevice {
  const obstacle = obstacles.get(device.id);
  return {
    name: visibleText(device.name, 80),
    isBackupOn,
    isInSight,
    lastSeen: Temporal.Instant.from(lastSeen),
    ...(obstacle && { obstacle }),
  };
}
