import { deepEqual, equal, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Settings } from '@holdfast/contract/api';
import { DEFAULT_SETTINGS } from '@holdfast/home';
import { fakeClock } from '@holdfast/testkit';
import { settingsRoutes } from '#settings/routes.ts';
import { webSink } from '../../test-setup/sinks.ts';
import { testApp } from '../../test-setup/test-app.ts';

/** An app with settings in memory. */
async function settingsApp() {
  const kept = { settings: DEFAULT_SETTINGS, passwords: [] as string[], changes: 0 };
  const app = await testApp({
    routes: (fastify) =>
      settingsRoutes(fastify, {
        settings: {
          get settings() {
            return kept.settings;
          },
          async setSettings(next: Settings) {
            kept.settings = next;
          },
        },
        setAccessPassword: async (password) => {
          kept.passwords.push(password);
        },
        clock: fakeClock(),
        onChange: () => {
          kept.changes += 1;
        },
      }),
  });
  const cookie = await app.enter();
  const ask = (path: string, method = 'GET', body?: unknown) =>
    app.ask(path, { method, cookie, ...(body !== undefined && { body }) });
  return { kept, ask, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

suite('settings over the API', () => {
  test('it takes secrets in, keeps them, and never gives them out', async () => {
    await using app = await settingsApp();
    const channel = { kind: 'ntfy', url: 'https://ntfy.example.org/t', token: 'swordfish' };
    const set = await app.ask('/api/settings', 'PUT', { ...DEFAULT_SETTINGS, channels: [channel] });
    equal(set.status, 200);
    ok(!set.text.includes('swordfish'));
    const read = await app.ask('/api/settings');
    ok(!read.text.includes('swordfish'));
    const back = { ...JSON.parse(read.text), notSeenDays: 3 };
    equal((await app.ask('/api/settings', 'PUT', back)).status, 200);
    deepEqual(app.kept.settings, { ...DEFAULT_SETTINGS, notSeenDays: 3, channels: [channel] });
    equal(app.kept.changes, 2);
  });

  test('it takes no address with a password in it, and nothing that is no address', async () => {
    await using app = await settingsApp();
    for (const url of ['https://me:secret@example.org/', 'ftp://example.org/', 'javascript:alert(1)', 'x']) {
      const channels = [{ kind: 'webhook', url }];
      equal((await app.ask('/api/settings', 'PUT', { ...DEFAULT_SETTINGS, channels })).status, 400);
      equal((await app.ask('/api/settings/test-notification', 'POST', { kind: 'webhook', url })).status, 400);
    }
    deepEqual(app.kept.settings, DEFAULT_SETTINGS);
  });

  test('it sends a test with the secret that is kept, and says when that was not taken', async () => {
    await using app = await settingsApp();
    let status = 200;
    await using sink = await webSink(() => status);
    const url = `http://127.0.0.1:${sink.port}/topic`;
    const channels = [{ kind: 'ntfy', url, token: 'swordfish' }];
    await app.ask('/api/settings', 'PUT', { ...DEFAULT_SETTINGS, channels });
    const test = () => app.ask('/api/settings/test-notification', 'POST', { kind: 'ntfy', url });
    equal((await test()).status, 200);
    equal(sink.got[0]?.headers.authorization, 'Bearer swordfish');
    status = 401;
    const refused = await test();
    equal(refused.status, 503);
    equal(JSON.parse(refused.text).code, 'server/not-sent');
    ok(!refused.text.includes('swordfish'));
  });

  test('it sets the password to come in with', async () => {
    await using app = await settingsApp();
    const set = (password: string) => app.ask('/api/settings/access-password', 'PUT', { password });
    equal((await set('short')).status, 400);
    equal((await set('long enough')).status, 200);
    deepEqual(app.kept.passwords, ['long enough']);
  });
});
