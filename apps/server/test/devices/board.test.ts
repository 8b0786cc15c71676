import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { openCatalog } from '@holdfast/catalog';
import { SettingsFile } from '@holdfast/home';
import { fakeClock } from '@holdfast/testkit';
import { Board } from '#devices/board.ts';
import { testHome } from '../../test-setup/test-server.ts';

test('it keeps the order of devices as they come and go, and tells apart those of one name', async () => {
  await using home = await testHome();
  const clock = fakeClock();
  const host = { ...home.host, clock };
  using catalog = openCatalog(':memory:', { clock });
  const settings = await SettingsFile.load(host);
  const ids = ['android-cc00000000000000', 'android-aa00000000000000', 'android-bb00000000000000'];
  const [first = '', second = '', third = ''] = ids;
  const here = new Map<string, never>();
  const board = new Board({
    host,
    catalog,
    settings,
    watcher: { phones: here, strangers: [], obstacles: new Map() },
    folders: { here: new Map(), obstacles: new Map() },
    runs: { list: () => [] },
    decisions: new Map(),
    alerts: { alerts: [], holding: [] },
    store: () => ({ place: '', usedBytes: 0 }),
  });
  const shown = async (): Promise<readonly string[]> =>
    (await board.cards()).map(({ device }) => device.name);
  const saw = (id: string, name: string): void => {
    clock.advance(Temporal.Duration.from({ minutes: 1 }));
    catalog.sawDevice({ id, name, kind: 'android' });
  };
  saw(first, 'Pixel 8');
  saw(second, 'Ana’s phone');
  saw(third, 'Pixel 8');
  const order = ['Pixel 8 (cc00)', 'Ana’s phone', 'Pixel 8 (bb00)'];
  deepEqual(await shown(), order);
  saw(second, 'Ana’s phone');
  here.set(third, { seen: { route: 'cable' } } as never);
  deepEqual(await shown(), order);
  deepEqual((await board.known(third)).name, 'Pixel 8 (bb00)');
});
