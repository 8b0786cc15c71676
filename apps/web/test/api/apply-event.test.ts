import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { QueryClient } from '@tanstack/react-query';
import { applyEvent, STALE_AFTER } from '../../src/api/apply-event.ts';
import { asksKeyOf, keyOf } from '../../src/api/keys.ts';
import { deviceOf, homeOf, runningRun } from '../../test-setup/fake-answers.ts';

suite('applyEvent', () => {
  test('it puts the first screen where all that shows it finds it', () => {
    const client = new QueryClient();
    const home = homeOf('healthy', runningRun(0));
    const card = home.cards[0];
    assert.ok(card);
    const key = keyOf('device', { params: { device: card.device.id } });
    client.setQueryData(key, deviceOf({ ...card, sentence: 'Old.' }));
    assert.deepEqual(applyEvent(client, { kind: 'home', home }), []);
    assert.equal(client.getQueryData(keyOf('home')), home);
    assert.deepEqual(client.getQueryData(keyOf('devices')), { cards: home.cards, strangers: home.strangers });
    assert.equal(client.getQueryData<ReturnType<typeof deviceOf>>(key)?.card.sentence, card.sentence);
  });

  test('it is not undone by an older answer that was still under way', async () => {
    for (const known of [undefined, homeOf('busy', runningRun(1))]) {
      const client = new QueryClient();
      if (known !== undefined) client.setQueryData(keyOf('home'), known);
      const { promise: older, resolve } = Promise.withResolvers<ReturnType<typeof homeOf>>();
      const asked = client.fetchQuery({ queryKey: keyOf('home'), queryFn: () => older });
      const home = homeOf('healthy', runningRun(0));
      applyEvent(client, { kind: 'home', home });
      resolve(homeOf('busy', runningRun(1)));
      assert.deepEqual(await asked, home);
      assert.deepEqual(client.getQueryData(keyOf('home')), home);
    }
  });

  test('it moves a run on wherever it is shown', () => {
    const client = new QueryClient();
    client.setQueryData(keyOf('home'), homeOf('busy', runningRun(1)));
    client.setQueryData(keyOf('runs', { query: {} }), { runs: [runningRun(1)] });
    const run = runningRun(99);
    assert.deepEqual(applyEvent(client, { kind: 'run', run }), []);
    assert.equal(client.getQueryData(keyOf('run', { params: { run: run.id } })), run);
    assert.deepEqual(client.getQueryData(keyOf('runs', { query: {} })), { runs: [run] });
    assert.deepEqual(client.getQueryData<ReturnType<typeof homeOf>>(keyOf('home'))?.cards[0]?.run, run);
  });

  test('it has a card say what its run does now, and no remedy of before', () => {
    const client = new QueryClient();
    const home = homeOf('busy', runningRun(1));
    const old = home.cards.map((card) => ({ ...card, remedy: 'Unlock it.' }));
    client.setQueryData(keyOf('home'), { ...home, cards: old });
    const button = { label: 'Go on', action: { kind: 'resume-run', run: 'r1' } } as const;
    const says = { state: 'waiting', sentence: 'Paused at 53 of 785.', button } as const;
    applyEvent(client, { kind: 'run', run: runningRun(53), says });
    const card = client.getQueryData<ReturnType<typeof homeOf>>(keyOf('home'))?.cards[0];
    assert.deepEqual([card?.sentence, card?.remedy, card?.button], [says.sentence, undefined, button]);
    assert.deepEqual(card?.number, home.cards[0]?.number);
  });

  test('it has lists asked for again once, when a run has ended', () => {
    const client = new QueryClient();
    const run = { ...runningRun(9), ended: '2026-11-23T12:00:00Z' };
    assert.equal(applyEvent(client, { kind: 'run', run }), STALE_AFTER['run-ended']);
    assert.deepEqual(applyEvent(client, { kind: 'run', run }), []);
  });

  test('it keeps what the doctor asks a phone now', () => {
    const client = new QueryClient();
    const event = { kind: 'doctor', device: 'phone-1', asks: 'Battery', done: 3, total: 25 } as const;
    assert.deepEqual(applyEvent(client, event), []);
    assert.equal(client.getQueryData(asksKeyOf('phone-1')), event);
    assert.equal(client.getQueryData(asksKeyOf('phone-2')), undefined);
  });

  test('it has everything asked for again when something was missed', () => {
    assert.equal(applyEvent(new QueryClient(), { kind: 'reset' }), 'all');
  });
});
