import { equal, match } from 'node:assert/strict';
import { copyFile, cp, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Home, Run, RunRequest } from '@holdfast/contract/api';
import { systemClock } from '@holdfast/kernel';
import { phoneFile, phoneFolder, phoneOptions, samplePhone, startPhone } from '@holdfast/testkit/phone';
import { type TestServer, testHome, testServer } from '../../test-setup/test-server.ts';

const NOTHING = { messages: 0, multimedia: 0, contacts: 0, events: 0, calls: 0, apps: 0 };
const storage = phoneFolder({ DCIM: phoneFolder({ 'a.jpg': phoneFile('a'), 'b.jpg': phoneFile('b') }) });

/** Runs it to its end. */
async function done(server: TestServer, request: RunRequest): Promise<Run> {
  const { id } = await server.start(request);
  return server.run(id, ({ ended }) => ended !== undefined);
}

/** The first screen once it says so. */
async function homeThat(server: TestServer, isSo: (home: Home) => boolean): Promise<Home> {
  let home = await server.get<Home>('/api/home');
  for (let tries = 0; !isSo(home) && tries < 1000; tries++) {
    await systemClock.sleep(Temporal.Duration.from({ milliseconds: 10 }));
    home = await server.get<Home>('/api/home');
  }
  return home;
}

const missed = ({ alerts }: Home) => alerts.find(({ id }) => id === 'files-missed');
const isMissed = (home: Home): boolean => missed(home) !== undefined;

suite('a repository whose packs are gone', () => {
  test('it is no longer called safe once somebody looks, and is again when a check is clean', async () => {
    await using phone = await startPhone(phoneOptions(samplePhone({ ...NOTHING, storage })));
    await using home = await testHome([`${phone.host}:${phone.port}`]);
    const data = join(home.home, 'repository/data');
    const aside = join(home.path, 'aside');
    let backup = '';
    let device = '';
    {
      await using server = await testServer(home.host);
      device = (await server.card(({ isInSight }) => isInSight)).device.id;
      backup = (await done(server, { kind: 'backup', device })).snapshot ?? '';
      equal((await homeThat(server, ({ verdict }) => verdict.kind === 'safe')).verdict.kind, 'safe');
    }
    await rename(data, aside);
    await mkdir(data);
    {
      // Nobody does anything: the look at the repository sees that nothing is left.
      await using server = await testServer(home.host);
      const empty = await homeThat(server, isMissed);
      equal(missed(empty)?.sentence, 'The files that hold what was backed up are gone.');
      equal(empty.verdict.kind, 'attention');
    }
    // All but one of them.
    const packs = (await readdir(aside, { recursive: true })).filter((name) => name.length > 64);
    const [first = ''] = packs;
    await mkdir(join(data, first.slice(0, 2)), { recursive: true });
    await copyFile(join(aside, first), join(data, first));
    await using server = await testServer(home.host);
    await server.ask(`/api/backups/${backup}/contents`);
    const partly = await homeThat(server, isMissed);
    match(missed(partly)?.sentence ?? '', new RegExp(`damaged: ${packs.length - 1} file`));
    equal(partly.verdict.kind, 'attention');
    const { state } = await done(server, { kind: 'backup', device });
    match(JSON.stringify(state), /of the repository (is|are) gone or cannot be read/);
    equal(isMissed(await server.get<Home>('/api/home')), true);
    await cp(aside, data, { recursive: true });
    await done(server, { kind: 'check', all: true });
    const whole = await homeThat(server, (now) => !isMissed(now));
    equal(whole.verdict.kind, 'safe', JSON.stringify(whole));
    equal(server.troubles.length, 0);
  });
});
