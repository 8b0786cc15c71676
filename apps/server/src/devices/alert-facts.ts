import type { Catalog } from '@holdfast/catalog';
import type { Card } from '@holdfast/contract/api';
import type { SettingsFile } from '@holdfast/home';
import { type Clock, isFailure } from '@holdfast/kernel';
import type { AlertFacts, DeviceFacts } from '../alerts/facts.ts';
import type { Care } from '../care/care.ts';
import { problemOf } from '../problem.ts';
import type { Runs } from '../runs/runs.ts';
import { lastTryOf } from './automatic.ts';
import type { Board } from './board.ts';

/** What alerts are made of, and where it is. */
export interface AlertFactsOptions {
  readonly clock: Clock;
  readonly board: Pick<Board, 'cards'>;
  readonly catalog: Pick<Catalog, 'alarms'>;
  readonly runs: Pick<Runs, 'list' | 'unfinished'>;
  readonly settings: SettingsFile;
  readonly care: Pick<Care, 'facts'>;
}

/** All that alerts are made of, as it is now. */
export async function alertFacts(options: AlertFactsOptions): Promise<AlertFacts> {
  const { clock, board, runs, settings, care } = options;
  const cards = await board.cards();
  return {
    ...(await care.facts().catch(withTrouble)),
    now: clock.now(),
    notSeenDays: settings.settings.notSeenDays,
    devices: await Promise.all(cards.map((card) => deviceFacts(card, options))),
    runs: runs.unfinished().map(({ id, kind, device, stuckSince }) => ({
      id,
      kind,
      device,
      stuckSince: stuckSince === undefined ? undefined : Temporal.Instant.from(stuckSince),
    })),
    damagedSettings: settings.keptAside,
  };
}

/** What else there is to tell does not wait for the repository. */
function withTrouble(
  error: unknown,
): Pick<AlertFacts, 'isStoreThere' | 'storeTrouble' | 'hasBackups' | 'hasRecoveryKit'> {
  if (!isFailure(error)) throw error;
  return { isStoreThere: true, storeTrouble: problemOf(error), hasBackups: false, hasRecoveryKit: false };
}

async function deviceFacts(
  { device, isBackupOn, isInSight, lastSeen }: Card,
  { catalog, runs }: AlertFactsOptions,
): Promise<DeviceFacts> {
  const own = runs.list(device.id);
  const failed = own.find(({ kind, state }) => kind === 'backup' && state.kind === 'failed');
  const failures = lastTryOf(own.filter(({ state }) => state.kind !== 'stopped'))?.failures ?? 0;
  return {
    device,
    isBackupOn,
    isInSight,
    lastSeen: Temporal.Instant.from(lastSeen),
    failures,
    lastFailure: failures > 0 && failed?.state.kind === 'failed' ? failed.state.problem.message : undefined,
    alarms: await catalog.alarms(device.id),
  };
}
