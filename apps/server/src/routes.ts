import { chosenBytes } from '@holdfast/contents';
import type { Decision } from '@holdfast/engine';
import type { FastifyInstance } from 'fastify';
import { sessionName } from './access/routes.ts';
import { alertRoutes } from './alerts/routes.ts';
import { backupRoutes } from './backups/routes.ts';
import { busyDevices } from './devices/devices.ts';
import { type LedgerDeps, ledgerRoutes } from './devices/ledger-routes.ts';
import { type DeviceDeps, deviceRoutes } from './devices/routes.ts';
import { gatherDiagnostics } from './diagnostics/gather.ts';
import { diagnosticsRoutes } from './diagnostics/routes.ts';
import { gatherOwn } from './doctor/own.ts';
import { doctorRoutes } from './doctor/routes.ts';
import { downloadRoutes } from './downloads/routes.ts';
import { type EventDeps, eventRoutes } from './events/routes.ts';
import type { BaseParts } from './parts.ts';
import { pictureRoutes } from './pictures/routes.ts';
import { BlobParts } from './reading/blob-parts.ts';
import { BRIEFLY } from './reading/reading-room.ts';
import { restoreRoutes } from './restores/routes.ts';
import { restoreDeps } from './runners.ts';
import { runRoutes } from './runs/routes.ts';
import { settingsRoutes } from './settings/routes.ts';

/** All that the routes are made of. */
export type Parts = BaseParts &
  DeviceDeps &
  LedgerDeps &
  Pick<EventDeps, 'events' | 'closing'> & {
    /** What automatic backup decided last, by device. */
    readonly decisions: ReadonlyMap<string, Decision>;
  };

/** Registers every operation there is. */
export function registerRoutes(app: FastifyInstance, parts: Parts): void {
  const { host, settings, alerts, care, room, contents, pictures, publish, lookAgain } = parts;
  const { clock, random, timeZone } = host;
  const whenSessionEnds: EventDeps['whenSessionEnds'] = (request, tell) =>
    parts.access.sessions.whenEnded(sessionName(request), tell);
  eventRoutes(app, { ...parts, clock, whenSessionEnds });
  runRoutes(app, parts);
  deviceRoutes(app, parts);
  ledgerRoutes(app, parts);
  const enter = (signal: AbortSignal) => room.enter(signal);
  const ready: typeof contents.ready = (backup, signal) => contents.ready(backup, signal);
  const names = async () => new Map((await parts.board.devices()).map(({ id, name }) => [id, name]));
  const glance = (signal: AbortSignal) => room.enter(signal, BRIEFLY);
  backupRoutes(app, { contents, enter: glance, names, clock });
  const { read: readParts } = new BlobParts();
  pictureRoutes(app, { ready, enter, pictures, facts: contents, readParts, clock });
  downloadRoutes(app, { ready, enter, bytesOf: chosenBytes, readParts, clock, random, timeZone });
  restoreRoutes(app, restoreDeps(parts));
  care.routes(app);
  alertRoutes(app, { book: alerts, onChange: lookAgain });
  settingsRoutes(app, {
    settings,
    setAccessPassword: parts.setAccessPassword,
    clock,
    onChange: () => publish({ kind: 'changed', what: 'settings' }),
  });
  doctorRoutes(app, {
    host,
    publish,
    catalog: parts.catalog,
    openDevice: parts.openDevice,
    busy: () => busyDevices(parts.runs),
    start: (request) => parts.runs.start(request, 'person'),
    ownFacts: () =>
      gatherOwn({
        clock,
        catalog: parts.catalog,
        care,
        settings: () => settings.settings,
        cards: () => parts.board.cards(),
        runs: () => parts.runs.list(),
        obstacles: () => parts.watcher.obstacles,
      }),
  });
  diagnosticsRoutes(app, {
    facts: () =>
      gatherDiagnostics({
        ...parts,
        clock,
        strangers: () => parts.watcher.strangers,
        alerts: () => alerts.alerts,
      }),
  });
}
