import type { FastifyInstance } from 'fastify';
import { alertRoutes } from './alerts/routes.ts';
import { type LedgerDeps, ledgerRoutes } from './devices/ledger-routes.ts';
import { type DeviceDeps, deviceRoutes } from './devices/routes.ts';
import { type EventDeps, eventRoutes } from './events/routes.ts';
import type { BaseParts } from './parts.ts';
import { runRoutes } from './runs/routes.ts';
import { settingsRoutes } from './settings/routes.ts';

/** All that the routes are made of. */
export type Parts = BaseParts & DeviceDeps & LedgerDeps & Pick<EventDeps, 'events' | 'closing'>;

/** Registers every operation there is. */
export function registerRoutes(app: FastifyInstance, parts: Parts): void {
  const { host, settings, alerts, publish, lookAgain, setAccessPassword } = parts;
  eventRoutes(app, { ...parts, clock: host.clock });
  runRoutes(app, parts);
  deviceRoutes(app, parts);
  ledgerRoutes(app, parts);
  alertRoutes(app, { book: alerts, onChange: lookAgain });
  settingsRoutes(app, {
    settings,
    setAccessPassword,
    clock: host.clock,
    onChange: () => publish({ kind: 'changed', what: 'settings' }),
  });
}
