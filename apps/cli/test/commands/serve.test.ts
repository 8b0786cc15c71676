import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { envOf } from '../../test-setup/phones.ts';
import { type Other, type TestWorld, testWorld } from '../../test-setup/test-world.ts';

/** A world with a web app to serve, and no phone in sight. */
async function withWebApp(): Promise<TestWorld> {
  const world = await testWorld({ isNew: true });
  const env = await envOf([]);
  const run = (words: readonly string[], other: Other = {}) => world.run(words, { env, ...other });
  await mkdir(join(world.path, 'web'));
  await writeFile(join(world.path, 'web', 'index.html'), '<!doctype html><title>Holdfast</title>');
  return { ...world, run };
}

for (const words of [
  ['--port', '0'],
  ['serve', '--port', '0'],
]) {
  test(`it starts the app, opens it in the browser, and ends when asked: holdfast ${words.join(' ')}`, async () => {
    await using world = await withWebApp();
    const stop = new AbortController();
    const seen: string[] = [];
    const openLink = async (link: string): Promise<boolean> => {
      const entered = await fetch(link, { redirect: 'manual' });
      seen.push(`${entered.status} ${entered.headers.get('set-cookie')?.slice(0, 9)}`);
      const page = await fetch(new URL(link).origin);
      seen.push(await page.text());
      setImmediate(() => stop.abort());
      return true;
    };
    const told = await world.run(words, { openLink, signal: stop.signal });
    assert.equal(told.status, 0, told.stderr);
    assert.deepEqual(seen, ['303 holdfast=', '<!doctype html><title>Holdfast</title>']);
    assert.match(told.stdout, /^Holdfast runs at http:\/\/127\.0\.0\.1:\d+\nYour browser opens it\./);
    assert.match(told.stdout, /^ {2}http:\/\/127\.0\.0\.1:\d+\/enter\?key=[0-9a-f]{64}$/m);
    await assert.rejects(fetch(/http:\S+/.exec(told.stdout)?.[0] ?? ''));
  });
}

test('it opens no browser when told not to, and prints one line for programs', async () => {
  await using world = await withWebApp();
  for (const [word, expected] of [
    ['--no-open', /^Holdfast runs at .*\nOpen this link in a browser:$/m],
    ['--json', /^\{"type":"serving","url":"http:\/\/127\.0\.0\.1:\d+","link":"[^"]+"\}\n$/],
  ] as const) {
    const stop = new AbortController();
    const openLink = async (): Promise<boolean> => assert.fail('opened');
    const onPrinted = (): void => stop.abort();
    const told = await world.run(['serve', '--port', '0', word], {
      openLink,
      onPrinted,
      signal: stop.signal,
    });
    assert.equal(told.status, 0, told.stderr);
    assert.match(told.stdout, expected);
  }
});

test('it lets other computers in only with an access password, and says how to set one', async () => {
  await using world = await withWebApp();
  const serve = ['serve', '--port', '0', '--host', '127.0.0.2'];
  const network = ['serve', '--port', '0', '--host', '0.0.0.0'];
  const refused = await world.run(network);
  assert.equal(refused.status, 1);
  assert.match(
    refused.stderr,
    /no password for coming in over the network.*\n→ Set one with "holdfast serve --set-password"/,
  );
  await writeFile(join(world.path, 'short'), 'short\n');
  await writeFile(join(world.path, 'long'), 'long enough\n');
  const short = await world.run(['serve', '--set-password', '--new-password-file', 'short']);
  assert.match(short.stderr, /too short/);
  const set = await world.run(['serve', '--set-password'], { answers: ['long enough', 'long enough'] });
  assert.equal(set.status, 0, set.stderr);
  assert.equal((await world.run(['serve', '--set-password', '--new-password-file', 'long'])).status, 0);
  assert.equal((await stat(join(world.home, 'access'))).mode & 0o777, 0o600);
  assert.ok(!(await readFile(join(world.home, 'access'), 'utf8')).includes('long enough'));
  for (const words of [network, serve]) {
    const stop = new AbortController();
    const openLink = async (link: string): Promise<boolean> => {
      assert.equal((await fetch(link, { redirect: 'manual' })).status, 303);
      stop.abort();
      return false;
    };
    const told = await world.run(words, { openLink, signal: stop.signal });
    assert.equal(told.status, 0, told.stderr);
    if (words === network)
      assert.match(told.stdout, /, for other computers too\nOpen this link in a browser:/);
  }
});

test('it says what to do where it cannot start', async () => {
  await using world = await withWebApp();
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const busy = await world.run(['serve', '--port', port]);
  taken.close();
  assert.equal(busy.status, 1);
  assert.match(
    busy.stderr,
    /Cannot listen at 127\.0\.0\.1, port \d+ \(EADDRINUSE\).*\n→ It may be Holdfast itself/,
  );
  await using bare = await testWorld({ isNew: true });
  assert.match((await bare.run(['serve'])).stderr, /The web app is not built.*\n→ Start it with "npm start"/);
  for (const words of [['--port', '65536'], ['--port', 'x'], ['--new-password-file', 'x'], ['more']])
    assert.equal((await world.run(['serve', ...words])).status, 2, words.join(' '));
});
