import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RunItem } from '@holdfast/contract/api';
import {
  nodeAt,
  phoneFile,
  phoneFolder,
  phoneOptions,
  samplePhone,
  startPhone,
} from '@holdfast/testkit/phone';
import { cableTo } from '../../test-setup/cable.ts';
import {
  assertWhole,
  backedUp,
  begin,
  CONTACTS,
  contactsOn,
  ended,
  folderOn,
  fresh,
  none,
  PHOTOS,
  planned,
  seeing,
  stagesOn,
} from '../../test-setup/give-back.ts';
import { testHome, testServer } from '../../test-setup/test-server.ts';

suite('giving back to a phone that is disturbed', () => {
  test('it goes on when the cable is back, gives nothing twice, and a plan that is applied again finds all there', async () => {
    await using home = await testHome();
    const backup = await backedUp(home);
    const android = fresh();
    await using phone = await startPhone(phoneOptions(android));
    await using cable = await cableTo(phone.port);
    await using server = await testServer(seeing(home, cable.address));
    const plan = await planned(server, backup);
    assert.equal(plan.items, PHOTOS + CONTACTS);
    cable.hold(30_000);
    const { id } = await begin(server, plan);
    await server.run(id, () => stagesOn(android) > 0);
    cable.pull();
    cable.letGo();
    const waiting = await server.run(id, ({ state }) => state.kind === 'waiting');
    assert.match(JSON.stringify(waiting.state), /Plug the phone in again/);
    assert.doesNotMatch(JSON.stringify(waiting.state), /backup/);
    assert.ok(waiting.items.done < PHOTOS + CONTACTS);
    cable.plug();
    const done = await server.run(id, ended);
    assert.equal(done.state.kind, 'done', JSON.stringify(done.state));
    assert.equal(done.balance.verified, plan.items);
    assert.match(JSON.stringify(done.state), /153 items given back, 3 of them before it broke off\./);
    assertWhole(android);
    const [one, two] = await Promise.all([begin(server, plan), begin(server, plan)]);
    for (const run of [one, two]) {
      const again = await server.run(run.id, ended);
      assert.match(JSON.stringify(again.state), /Nothing had to be written, 153 items there already/);
      assert.equal(again.balance.verified, plan.items);
    }
    assertWhole(android);
    assert.deepEqual(server.troubles, []);
  });

  test('it leaves nothing half there when it is stopped, with the phone there or gone', async () => {
    await using home = await testHome();
    const backup = await backedUp(home);
    const android = fresh();
    await using phone = await startPhone(phoneOptions(android));
    await using cable = await cableTo(phone.port);
    await using server = await testServer(seeing(home, cable.address));
    const plan = await planned(server, backup);
    cable.hold(30_000);
    const { id } = await begin(server, plan);
    await server.run(id, () => stagesOn(android) > 0);
    cable.pull();
    cable.letGo();
    await server.run(id, ({ state }) => state.kind === 'waiting');
    assert.ok(stagesOn(android) > 0);
    await server.send('POST', `/api/runs/${id}/stop`);
    await server.run(id, ended);
    cable.plug();
    const other = await planned(server, backup);
    assert.deepEqual([other.counts.new, other.counts['already-there']], [PHOTOS, CONTACTS]);
    cable.hold(20_000);
    const second = await begin(server, other);
    await server.run(second.id, () => stagesOn(android) > 0);
    cable.letGo();
    await server.send('POST', `/api/runs/${second.id}/stop`);
    await server.run(second.id, ended);
    assert.equal(stagesOn(android), 0);
    assert.deepEqual(server.troubles, []);
  });

  test('it never replaces what came after the plan was made, and says what it left', async () => {
    await using home = await testHome();
    const backup = await backedUp(home);
    const android = fresh();
    await using phone = await startPhone(phoneOptions(android));
    await using server = await testServer(seeing(home, `${phone.host}:${phone.port}`));
    const plan = await planned(server, backup, 'overwrite');
    assert.equal(plan.counts.replaces, 0);
    const mine = samplePhone({
      storage: phoneFolder({ DCIM: phoneFolder({ '1.jpg': phoneFile('mine') }) }),
      ...none,
    });
    const came = nodeAt(mine.root, '/storage/emulated/0/DCIM');
    const storage = nodeAt(android.root, '/storage/emulated/0');
    assert.ok(came?.kind === 'folder' && storage?.kind === 'folder');
    storage.entries.set('DCIM', came);
    const { id } = await begin(server, plan);
    const { state } = await server.run(id, ended);
    assert.match(JSON.stringify(state), /1 item would be replaced now, and 0 when it was planned/);
    assert.deepEqual(folderOn(android), ['1.jpg']);
    const skipping = await planned(server, backup);
    assert.equal(skipping.counts.conflict, 1);
    const other = await begin(server, skipping);
    const { balance } = await server.run(other.id, ended);
    assert.deepEqual([balance.verified, balance.skipped], [PHOTOS + CONTACTS - 1, 1]);
    const { items } = await server.get<{ items: RunItem[] }>(`/api/runs/${other.id}/items`);
    assert.deepEqual(
      items.filter(({ state }) => state !== 'verified').map(({ path, reason }) => [path, reason]),
      [['files/internal/DCIM/1.jpg', 'conflict']],
    );
    assert.deepEqual(server.troubles, []);
  });

  test('it begins nothing on a phone that has no room, and says how much is missing and waits for it', async () => {
    await using home = await testHome();
    const backup = await backedUp(home);
    const android = samplePhone({ serial: 'NEW', storage: phoneFolder(), ...none, freeBytes: 100_000 });
    await using phone = await startPhone(phoneOptions(android));
    await using server = await testServer(seeing(home, `${phone.host}:${phone.port}`));
    const plan = await planned(server, backup);
    assert.match(plan.notes.join(' '), /not enough room/);
    const { id } = await begin(server, plan);
    const { state } = await server.run(
      id,
      ({ state }) => /waiting|failed/.test(state.kind) && !/at once/.test(JSON.stringify(state)),
    );
    assert.equal(state.kind, 'waiting', JSON.stringify(state));
    assert.match(state.sentence, /^Waiting for room: .* more are needed at Google Pixel .*\.$/);
    assert.deepEqual([folderOn(android).length, contactsOn(android)], [0, 0]);
  });
});
