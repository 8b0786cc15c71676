import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { phoneOptions, startPhone } from '@holdfast/testkit/phone';
import { cableTo } from '../../test-setup/cable.ts';
import {
  assertWhole,
  backedUp,
  begin,
  CONTACTS,
  ended,
  fresh,
  PHOTOS,
  planned,
  seeing,
  stagesOn,
} from '../../test-setup/give-back.ts';
import { killableServer } from '../../test-setup/killable.ts';
import { testHome, testServer } from '../../test-setup/test-server.ts';

suite('giving back to a phone by a server that is killed', () => {
  test('it goes on when the killed server is there again, and gives nothing twice', async () => {
    await using home = await testHome();
    const backup = await backedUp(home);
    const android = fresh();
    await using phone = await startPhone(phoneOptions(android));
    await using cable = await cableTo(phone.port);
    let id = '';
    {
      await using killable = await killableServer(home.home, cable.address);
      const plan = await planned(killable.browser, backup);
      cable.hold(30_000);
      ({ id } = await begin(killable.browser, plan));
      await killable.browser.run(id, () => stagesOn(android) > 0);
    }
    cable.letGo();
    await using server = await testServer({ ...seeing(home, cable.address), isProcessAlive: () => false });
    const run = await server.run(id, ended);
    assert.match(JSON.stringify(run.state), /items given back, .* of them before it broke off/);
    assert.equal(run.balance.verified, PHOTOS + CONTACTS);
    assertWhole(android);
    const { counts } = await planned(server, backup);
    assert.deepEqual([counts.new, counts['already-there']], [0, PHOTOS + CONTACTS]);
    assert.deepEqual(server.troubles, []);
  });
});
