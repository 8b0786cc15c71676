import type { Catalog } from '@holdfast/catalog';
import type { Card } from '@holdfast/contract/api';
import { isHalfRebuilt, type SettingsFile } from '@holdfast/home';
import { type Clock, isFailure } from '@holdfast/kernel';
import type { AlertFacts, DeviceFacts } from '../alerts/facts.ts';
import type { Care } from '../care/care.ts';
import { isAboutLedger, type LedgerTrouble } from '../ledger/ledger-look.ts';
import { problemOf } from '../problem.ts';
import type { Runs } from '../runs/runs.ts';
import { lastTryOf } from './automatic.ts';
import type { Board } from './board.ts';

/** What alerts are made of, and where it is. */
export interface AlertFactsOptions {
  readonly clock: Clock;
  readonly board: Pick<Board, 'cards' | 'devices'>;
  readonly catalog: Pick<Catalog, 'alarms' | 'runs' | 'setting'>;
  readonly runs: Pick<Runs, 'list' | 'unfinished'>;
  readonly settings: SettingsFile;
  readonly care: Pick<Care, 'facts'>;
  readonly ledgerTrouble: () => Promise<LedgerTrouble | undefined>;
}

/** All that alerts are made of, as it is now. */
export async function alertFacts(options: AlertFactsOptions): Promise<AlertFacts> {
  const { clock, board, runs, settings, care } = options;
  const ledgerTrouble = await options.ledgerTrouble();
  const cards = await board.cards().catch(noneIfDamaged);
  const devices = await (cards &&
    Promise.all(cards.map((card) => deviceFacts(card, options))).catch(noneIfDamaged));
  return {
    ...(await care.facts().catch(withTrouble)),
    now: clock.now(),
    notSeenDays: settings.settings.notSeenDays,
    ledgerTrouble: ledgerTrouble ?? (devices === undefined ? 'damaged' : undefined),
    ...(devices !== undefined && (await ledgerFacts(options).catch(noneIfDamaged))),
    devices: devices ?? [],
    runs: runs.unfinished().map(({ id, kind, device, stuckSince }) => ({
      id,
      kind,
      device,
      stuckSince: stuckSince === undefined ? undefined : Temporal.Instant.from(stuckSince),
    })),
    damagedSettings: settings.keptAside,
  };
}

async function ledgerFacts(
  options: AlertFactsOptions,
): Promise<Pick<AlertFacts, 'knowsBackups' | 'isLedgerWhole'>> {
  return {
    knowsBackups: await knowsRuns(options),
    isLedgerWhole: !(await isHalfRebuilt(options.catalog)),
  };
}

/** Also of devices that were taken off the first screen. */
async function knowsRuns({ board, catalog }: AlertFactsOptions): Promise<boolean> {
  for (const { id } of await board.devices()) if ((await catalog.runs(id, 1)).length > 0) return true;
  return false;
}

/** What else there is to tell does not wait for the ledger. */
function noneIfDamaged(error: unknown): undefined {
  if (!isAboutLedger(error)) throw error;
}

/** What else there is to tell does not wait for the repository. */
function withTrouble(
  error: unknown,
): Pick<AlertFacts, 'isStoreThere' | 'storeTrouble' | 'hasBackups' | 'hasRecoveryKit'> {
  if (!isFailure(error)) throw error;
  return { isStoreThere: true, storeTrouble: problemOf(error), hasBackups: false, hasRecoveryKit: false };
}

async function deviceFacts(
  { device, isBackupOn, isInSight, lastSeen, lastBackup }: Card,
  { catalog, runs }: AlertFactsOptions,
): Promise<DeviceFacts> {
  const own = runs.list(device.id);
  const failed = own.find(({ kind, state }) => kind === 'backup' && state.kind === 'failed');
  const lastTry = lastTryOf(own.filter(({ state }) => state.kind !== 'stopped'));
  // One that another program made since is one that did.
  const isOver =
    lastTry !== undefined &&
    lastBackup !== undefined &&
    Temporal.Instant.compare(Temporal.Instant.from(lastBackup.time), lastTry.at) > 0;
  const failures = isOver ? 0 : (lastTry?.failures ?? 0);
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
