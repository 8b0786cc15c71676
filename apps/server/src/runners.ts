import { keepCapabilities } from './devices/detail.ts';
import type { BaseParts } from './parts.ts';
import { BRIEFLY } from './reading/reading-room.ts';
import { auditRunner } from './restores/audit-runner.ts';
import type { RestoreDeps } from './restores/plan-restore.ts';
import { restoreRunner } from './restores/restore-runner.ts';
import { backupRunner } from './runs/backup-runner.ts';
import type { Runners } from './runs/runner.ts';

/** What does each kind of run. */
export function runnersOf(parts: BaseParts): Runners {
  const { host, settings, catalog, care, version, openSource } = parts;
  return {
    backup: backupRunner({
      host,
      settings,
      program: `holdfast ${version}`,
      open: openSource,
      onMissed: (files) => care.missed(files),
      // The catalog is a cache: a backup goes on without.
      onCapabilities: (device, report) => void keepCapabilities(catalog, device, report).catch(() => {}),
    }),
    audit: auditRunner({
      host,
      openSource: (device, signal) => openSource(device, undefined, signal),
    }),
    restore: restoreRunner(restoreDeps(parts)),
    ...care.runners,
  };
}

/** What giving back is made of. */
export const restoreDeps = ({ host, plans, openDevice, room, contents }: BaseParts): RestoreDeps => ({
  host,
  plans,
  openDevice,
  read: (signal) => room.enter(signal, BRIEFLY),
  resolve: async (backup, selection, options, signal) =>
    (await contents.ready(backup, signal)).resolve(selection, options, signal),
});
