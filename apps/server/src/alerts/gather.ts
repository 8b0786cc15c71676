import type { Catalog } from '@holdfast/catalog';
import type { Run } from '@holdfast/contract/api';
import type { SettingsFile } from '@holdfast/home';
import type { Clock } from '@holdfast/kernel';
import { isOver } from '../runs/run-view.ts';
import type { AlertFacts, DeviceFacts } from './facts.ts';

/** Where the facts of alerts come from. */
export interface AlertSources {
  readonly clock: Clock;
  readonly catalog: Pick<Catalog, 'devices' | 'alarms'>;
  readonly settings: Pick<SettingsFile, 'settings' | 'rulesOf' | 'removed' | 'keptAside'>;
  readonly runs: { list(device?: string): readonly Run[] };
  readonly isInSight: (device: string) => boolean;
  /** Of the repository. */
  readonly care: {
    facts(): Promise<Omit<AlertFacts, 'now' | 'notSeenDays' | 'devices' | 'runs' | 'damagedSettings'>>;
  };
}

/** Gathers what alerts are made of. Devices that were taken off the first screen are not missed. */
export async function gatherAlertFacts(sources: AlertSources): Promise<AlertFacts> {
  const { clock, catalog, settings, runs, care } = sources;
  const removed = new Set(settings.removed);
  const devices: DeviceFacts[] = [];
  for (const { id, name, kind, lastSeen } of await catalog.devices()) {
    if (removed.has(id)) continue;
    const last = failuresOf(runs.list(id));
    devices.push({
      device: { id, name, kind },
      isBackupOn: settings.rulesOf(id).isOn,
      isInSight: sources.isInSight(id),
      lastSeen,
      ...last,
      alarms: await catalog.alarms(id),
    });
  }
  const underWay = runs.list().filter((run) => !isOver(run));
  return {
    now: clock.now(),
    notSeenDays: settings.settings.notSeenDays,
    devices,
    runs: underWay.map(({ id, kind, device, stuckSince }) => ({
      id,
      kind,
      device,
      stuckSince: stuckSince === undefined ? undefined : Temporal.Instant.from(stuckSince),
    })),
    ...(await care.facts()),
    damagedSettings: settings.keptAside,
  };
}

/** Backups of a device that failed since one was done, its runs the newest first. One that a person stopped is no failure. */
export function failuresOf(runs: readonly Run[]): Pick<DeviceFacts, 'failures' | 'lastFailure'> {
  let failures = 0;
  let lastFailure: string | undefined;
  for (const { kind, state } of runs) {
    if (kind !== 'backup') continue;
    if (state.kind === 'done') break;
    if (state.kind !== 'failed') continue;
    failures += 1;
    lastFailure ??= state.problem.message;
  }
  return { failures, lastFailure };
}
