import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Card, Run } from '@holdfast/contract/api';
import { CHEAP_PASSWORD } from '@holdfast/repository/testing';
import { restic } from '@holdfast/testkit';
import { phoneOptions, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { killableServer } from '../test-setup/killable.ts';
import { testHome, testServer } from '../test-setup/test-server.ts';

const ANDROID = { photos: 400, photoBytes: 100_000 };

const isSaving = ({ state, bytes, ended }: Run, past: number): boolean =>
  ended !== undefined || (state.kind === 'running' && state.phase === 'saving' && bytes.done > past);

suite('a backup that is disturbed', () => {
  test('it goes on by itself after its server was killed, again and again, and is whole in the end', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone(ANDROID)));
    const at = `${phone.host}:${phone.port}`;
    await using home = await testHome([at]);
    let id: string | undefined;
    for (const past of [0, 10_000_000]) {
      await using killable = await killableServer(home.home, at);
      const { browser } = killable;
      if (id === undefined) {
        const { device } = await browser.card(({ isInSight }) => isInSight);
        id = (await browser.start({ kind: 'backup', device: device.id })).id;
      }
      const run = await browser.run(id, (seen) => isSaving(seen, past));
      assert.equal(run.state.kind, 'running', JSON.stringify(run.state));
    }
    await using server = await testServer({ ...home.host, isProcessAlive: () => false });
    const run = await server.run(id ?? '', ({ ended }) => ended !== undefined);
    assert.equal(run.state.kind, 'done', JSON.stringify(run.state));
    const card = await server.card(({ run: under }) => under === undefined);
    balances(card);
    assert.equal(card.balance.waiting, 0);
    assert.deepEqual(server.troubles, []);
    const repository = `${home.home}/repository`;
    // The app looks at the new backup meanwhile, under a lock of its own.
    const checked = await restic(['check', '--read-data', '--no-lock'], {
      repository,
      password: CHEAP_PASSWORD,
    });
    assert.equal(checked.status, 0, checked.stderr);
  });

  test('it goes on by itself after the cable was pulled', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone(ANDROID)));
    await using home = await testHome([`${phone.host}:${phone.port}`]);
    await using server = await testServer(home.host);
    const { device } = await server.card(({ isInSight }) => isInSight);
    const { id } = await server.start({ kind: 'backup', device: device.id });
    await server.run(id, (seen) => isSaving(seen, 0));
    phone.unplug();
    const run = await server.run(id, ({ ended }) => ended !== undefined);
    assert.equal(run.state.kind, 'done', JSON.stringify(run.state));
    balances(await server.card(({ run: under }) => under === undefined));
    assert.deepEqual(server.troubles, []);
  });

  test('it pauses, goes on and stops, and is not begun again by itself at once', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone(ANDROID)));
    await using home = await testHome([`${phone.host}:${phone.port}`]);
    await using server = await testServer(home.host);
    const { device } = await server.card(({ isInSight }) => isInSight);
    await server.send('PUT', `/api/devices/${device.id}/backup-on`, { isOn: true });
    const { run: begun } = await server.card(({ run }) => run !== undefined && isSaving(run, 0));
    const id = begun?.id ?? '';
    assert.equal(begun?.startedBy, 'rule');
    await server.send('POST', `/api/runs/${id}/pause`);
    const paused = await server.card(({ run }) => run?.state.kind === 'paused');
    assert.deepEqual(paused.button.action, { kind: 'resume-run', run: id });
    balances(paused);
    await server.send('POST', `/api/runs/${id}/resume`);
    await server.run(id, (seen) => isSaving(seen, 0));
    await server.send('POST', `/api/runs/${id}/stop`);
    await server.run(id, ({ state }) => state.kind === 'stopped');
    const held = await server.card(({ state, run }) => state !== 'backing-up' && run === undefined);
    balances(held);
    const { runs } = await server.get<{ runs: Run[] }>('/api/runs');
    assert.equal(runs.length, 1);
    assert.deepEqual(server.troubles, []);
  });
});

function balances({ balance: { found, verified, waiting, skipped, failed } }: Card): void {
  assert.equal(found, verified + waiting + skipped + failed);
}
