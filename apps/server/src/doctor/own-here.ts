import { join } from 'node:path';
import type { Catalog, KnownDevice } from '@holdfast/catalog';
import type { Run } from '@holdfast/contract/api';
import type { OwnDevice, OwnFacts, OwnRun } from '@holdfast/doctor';
import { type Host, homeOf, isHalfRebuilt, lookAtRepository, openHere, SettingsFile } from '@holdfast/home';
import type { SeenPhone } from '@holdfast/home/phones';
import { isFailure, visibleText } from '@holdfast/kernel';
import { CareNotes } from '../care/notes.ts';
import { problemOf } from '../problem.ts';
import { isServed } from '../running.ts';
import { Journals } from '../runs/journal.ts';
import { isOver, still } from '../runs/run-view.ts';
import { AWAY, latest, ownRun } from './own.ts';

/**
 * All that the complaints about Holdfast itself follow from, as the home folder has it: for a program that is not the server. Of devices in
 * sight are only `phones`.
 */
export async function ownFactsHere(
  host: Host,
  catalog: Pick<Catalog, 'devices' | 'runs' | 'setting'>,
  phones: readonly SeenPhone[],
): Promise<OwnFacts> {
  const { folder } = homeOf(host);
  const file = await SettingsFile.load(host);
  const { notSeenDays, checkEveryDays } = file.settings;
  const removed = new Set(file.removed);
  const known = (await catalog.devices()).filter(({ id }) => !removed.has(id));
  const inSight = new Set(phones.flatMap((seen) => (seen.kind === 'open' ? [seen.phone.device.id] : [])));
  const { check, sizes } = (await CareNotes.load(join(folder, 'care'))).now;
  const common = {
    now: host.clock.now(),
    notSeenDays,
    checkEveryDays,
    runs: await ownRuns(host, folder, catalog, known),
    devices: known.map(
      ({ id, name, lastSeen }): OwnDevice => ({
        name: visibleText(name, 80),
        isBackupOn: file.rulesOf(id).isOn,
        isInSight: inSight.has(id),
        lastSeen,
      }),
    ),
    isCatalogHalfRebuilt: await isHalfRebuilt(catalog),
    ...(check && {
      lastCheck: {
        findings: check.findings,
        isClean: check.findings === 0,
        at: Temporal.Instant.fromEpochMilliseconds(check.doneMs),
      },
    }),
  };
  try {
    const { isThere, freeBytes, backups, hasRecoveryKit } = await lookAtRepository(host, () =>
      openHere(host),
    );
    const wasThere = known.length > 0 || sizes.length > 0;
    return {
      ...common,
      hasBackups: backups > 0,
      hasRecoveryKit,
      freeBytes,
      ...(!isThere && wasThere && { repositoryProblem: AWAY }),
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { ...common, hasBackups: false, hasRecoveryKit: false, repositoryProblem: problemOf(error) };
  }
}

/** The last run of each kind of each device that is not over well: of the app's as their journals have it, of others as the ledger does. */
async function ownRuns(
  host: Host,
  folder: string,
  catalog: Pick<Catalog, 'runs'>,
  known: readonly KnownDevice[],
): Promise<readonly OwnRun[]> {
  const journals = await (await Journals.open(join(folder, 'runs'))).load();
  const isServing = await isServed(join(folder, 'server.json'), host);
  const ofApp = new Map(
    latest(journals.map(({ view }) => view)).map((run) => [keyOf(run.kind, run.device?.id), run]),
  );
  const others: OwnRun[] = [];
  for (const { id, name } of known) {
    const key = keyOf('backup', id);
    const own = ofApp.get(key);
    const last = (await catalog.runs(id, RECENT)).find(({ kind }) => kind === 'backup');
    // What the app began is in the ledger too.
    const isNewer = own === undefined || (last !== undefined && isAfter(last.began, own.ended ?? own.began));
    if (last === undefined || !isNewer) continue;
    if (isOverOrNone(own)) ofApp.delete(key);
    if (last.failure === undefined) continue;
    const { code, message, hint } = last.failure;
    const problem = { code, message, ...(hint !== undefined && { hint }) };
    const title = `Backup of ${visibleText(name, 80)}`;
    others.push({ id: String(last.number), title, state: { kind: 'failed', problem } });
  }
  return [...[...ofApp.values()].flatMap((run) => ofAppRun(run, isServing)), ...others];
}

/** Among so many of a device's last runs there is a backup. */
const RECENT = 50;

const keyOf = (kind: string, device: string | undefined): string => `${kind} ${device ?? ''}`;

const isAfter = (one: Temporal.Instant, other: string): boolean => Temporal.Instant.compare(one, other) > 0;

const isOverOrNone = (run: Run | undefined): boolean => run === undefined || isOver(run);

/** A run of the app's. Without the app none of them goes on. */
function ofAppRun(run: Run, isServing: boolean): readonly OwnRun[] {
  const isAsleep = !isServing && !isOver(run) && run.state.kind !== 'paused';
  const own = ownRun(isAsleep ? still(run, { kind: 'waiting', sentence: '' }) : run);
  if (own === undefined) return [];
  return [isAsleep ? { ...own, state: ASLEEP } : own];
}

const ASLEEP = {
  kind: 'waiting',
  why: 'Holdfast’s app is not running.',
  hint: 'Start it with "holdfast serve": the run goes on from where it was.',
} as const;
