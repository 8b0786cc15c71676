import type { Catalog } from '@holdfast/catalog';
import type { DeviceDetail, Rules, ServerEvent } from '@holdfast/contract/api';
import type { Host, SettingsFile } from '@holdfast/home';
import { addressOf, pairablePhones, pairByCode } from '@holdfast/home/phones';
import type { FastifyInstance } from 'fastify';
import { conflict } from '../failures.ts';
import { operation } from '../operation.ts';
import { isOver } from '../runs/run-view.ts';
import type { Runs } from '../runs/runs.ts';
import type { Board } from './board.ts';
import { detailOf, keptCapabilities } from './detail.ts';
import type { Folders } from './folders.ts';
import type { Watcher } from './watcher.ts';

/** What the device routes need. */
export interface DeviceDeps {
  readonly host: Host;
  readonly catalog: Catalog;
  readonly settings: SettingsFile;
  readonly board: Board;
  readonly folders: Folders;
  readonly watcher: Pick<Watcher, 'look' | 'strangers' | 'obstacles'>;
  readonly runs: Runs;
  readonly publish: (event: ServerEvent) => void;
  /** Looks again soon: a rule changed, or a device was added. */
  readonly lookAgain: () => void;
}

/** Long enough for a phone that is awake to answer. */
const LISTEN_FOR = Temporal.Duration.from({ seconds: 2 });
/** As the contract has it. */
const MOST_RULED_ITEMS = 10_000;

/** Registers what a person can see and set of devices. */
export function deviceRoutes(app: FastifyInstance, deps: DeviceDeps): void {
  const { host, catalog, settings, board, folders, watcher, runs, publish, lookAgain } = deps;

  const detail = async (id: string): Promise<DeviceDetail> => {
    const { card, known } = await board.card(id);
    const [balance, alarms, capabilities] = await Promise.all([
      catalog.balance(id),
      catalog.alarms(id),
      keptCapabilities(catalog, id),
    ]);
    return detailOf(card, known, settings.rulesOf(id), balance, alarms, capabilities);
  };

  const changeRules = async (id: string, change: (rules: Rules) => Rules): Promise<DeviceDetail> => {
    await board.known(id);
    await settings.setRules(id, change(settings.rulesOf(id)));
    publish({ kind: 'changed', what: 'settings' });
    lookAgain();
    return detail(id);
  };

  operation(app, 'home', () => board.home());
  operation(app, 'devices', async () => ({ cards: await board.cards(), strangers: watcher.strangers }));
  operation(app, 'device', ({ params }) => detail(params.device));
  operation(app, 'addFolder', async ({ body }) => {
    const { id } = await folders.add(body.path);
    lookAgain();
    return detail(id);
  });
  operation(app, 'removeDevice', async ({ params: { device } }) => {
    await board.known(device);
    await settings.setRemoved(device, true);
    await folders.remove(device);
    for (const run of runs.list(device)) if (run.kind === 'backup' && !isOver(run)) await runs.stop(run.id);
    lookAgain();
    return { ok: true };
  });
  operation(app, 'setRules', ({ params, body }) => changeRules(params.device, () => body));
  operation(app, 'setBackupOn', ({ params, body: { isOn } }) =>
    changeRules(params.device, (rules) => ({ ...rules, isOn })),
  );
  operation(app, 'holdItems', ({ params, body: { paths, what } }) =>
    changeRules(params.device, (rules) => {
      const meant = new Set(paths);
      const others = rules.items.filter(({ path }) => !meant.has(path));
      const items = what === 'let-go' ? others : [...others, ...[...meant].map((path) => ({ path, what }))];
      if (items.length > MOST_RULED_ITEMS)
        throw conflict('So many single items cannot be chosen', 'Switch off the folder they are in.');
      return { ...rules, items };
    }),
  );
  operation(app, 'pairable', async ({ signal }) => ({
    phones: await pairablePhones({ ...host, signal: AbortSignal.any([host.signal, signal]) }, LISTEN_FOR),
  }));
  operation(app, 'pair', async ({ body: { address, code }, signal }) => {
    const asking = { ...host, signal: AbortSignal.any([host.signal, signal]) };
    await pairByCode(asking, addressOf(address, 'The address of the phone'), code);
    lookAgain();
    return { ok: true };
  });
}
