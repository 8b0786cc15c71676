import { keepCapabilities } from './devices/detail.ts';
import type { BaseParts } from './parts.ts';
import { auditRunner } from './restores/audit-runner.ts';
import { backupRunner } from './runs/backup-runner.ts';
import type { Runners } from './runs/runner.ts';

/** What does each kind of run. */
export function runnersOf({ host, settings, catalog, version, openSource }: BaseParts): Runners {
  return {
    backup: backupRunner({
      host,
      settings,
      program: `holdfast ${version}`,
      open: openSource,
      // The catalog is a cache: a backup goes on without.
      onCapabilities: (device, report) => void keepCapabilities(catalog, device, report).catch(() => {}),
    }),
    audit: auditRunner({
      host,
      openSource: (device, signal) => openSource(device, undefined, signal),
    }),
  };
}
