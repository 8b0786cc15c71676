import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BackupContents, Card, RestorePlan, RunItem } from '@holdfast/contract/api';
import type { Host } from '@holdfast/home';
import { type Clock, systemClock } from '@holdfast/kernel';
import {
  nodeAt,
  phoneFile,
  phoneFolder,
  phoneOptions,
  type SimulatedPhone,
  samplePhone,
  startPhone,
} from '@holdfast/testkit/phone';
import { type TestServer, testHome, testServer } from '../../test-setup/test-server.ts';

/** What is waited for a moment is there at once; phones get the time they need to answer. */
const PATIENT: Clock = {
  now: () => systemClock.now(),
  sleep: async (duration, signal) => {
    if (duration.total({ unit: 'seconds' }) >= 1) await systemClock.sleep(duration, signal);
    else await systemClock.sleep(Temporal.Duration.from({ milliseconds: 1 }), signal);
  },
};

const none = { messages: 0, multimedia: 0, contacts: 0, apps: 0 } as const;

/** The id of the phone that is in sight, once one is. */
async function inSight(server: TestServer): Promise<string> {
  for (;;) {
    const { cards } = await server.get<{ cards: Card[] }>('/api/devices');
    const card = cards.find((each) => each.isInSight);
    if (card !== undefined) return card.device.id;
  }
}

async function laidOut(server: TestServer, backup: string): Promise<BackupContents> {
  for (;;) {
    const contents = await server.get<BackupContents>(`/api/backups/${backup}/contents`);
    if (contents.kind !== 'opening') return contents;
  }
}

test('it gives what is ticked of one phone back to a folder, and to another phone', async () => {
  const storage = phoneFolder({
    DCIM: phoneFolder({ 'a.jpg': phoneFile('one'), 'b.jpg': phoneFile('two'), 'c.txt': phoneFile('three') }),
  });
  const old = samplePhone({ serial: 'OLD', storage, ...none, contacts: 3 });
  const fresh = samplePhone({ serial: 'NEW', release: 16, storage: phoneFolder(), ...none });
  await using home = await testHome();
  const seeing = ({ host, port }: SimulatedPhone): Host => ({
    ...home.host,
    clock: PATIENT,
    env: { ...home.host.env, HOLDFAST_PHONES: `${host}:${port}` },
  });
  let snapshot = '';
  {
    await using phone = await startPhone(phoneOptions(old));
    await using server = await testServer(seeing(phone));
    const { device } = await server.card(({ isInSight }) => isInSight);
    const saved = await server.start({ kind: 'backup', device: device.id });
    const run = await server.run(saved.id, ({ ended }) => ended !== undefined);
    assert.equal(run.state.kind, 'done', JSON.stringify(run.state));
    snapshot = run.snapshot ?? '';
  }
  await using phone = await startPhone(phoneOptions(fresh));
  await using server = await testServer(seeing(phone));
  const to = await inSight(server);
  const contents = await laidOut(server, snapshot);
  assert.equal(contents.kind, 'ready');
  const giveBack = async (where: object, types: readonly string[]): Promise<RunItem[]> => {
    const plan = await server.send<RestorePlan>('POST', '/api/restores/plans', {
      backup: snapshot,
      selection: { types },
      to: where,
    });
    assert.equal(plan.counts.new, plan.items);
    const { id } = await server.start({ kind: 'restore', plan: plan.plan });
    const ended = await server.run(id, (run) => run.ended !== undefined);
    assert.equal(ended.state.kind, 'done', JSON.stringify(ended.state));
    assert.equal(ended.target, plan.target);
    assert.equal(ended.balance.verified, plan.items);
    return (await server.get<{ items: RunItem[] }>(`/api/runs/${id}/items`)).items;
  };
  const folder = join(home.path, 'given back');
  assert.equal((await giveBack({ kind: 'folder', path: folder }, ['photos'])).length, 2);
  assert.deepEqual((await readdir(folder)).toSorted(), ['a.jpg', 'b.jpg']);
  const given = await giveBack({ kind: 'device', device: to }, ['photos', 'contacts']);
  assert.equal(given.filter(({ to: place = '' }) => place.startsWith('internal/')).length, 2);
  assert.equal(given.length, 5);
  assert.ok(nodeAt(fresh.root, '/storage/emulated/0/DCIM/a.jpg') !== undefined);
  assert.deepEqual(server.troubles, []);
});
