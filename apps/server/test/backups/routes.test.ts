import { deepEqual, equal } from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Contents } from '@holdfast/contents';
import { openFolderSource } from '@holdfast/devices';
import { backup } from '@holdfast/engine';
import { cheapRepository } from '@holdfast/repository/testing';
import { MemoryStore } from '@holdfast/store';
import { fakeClock, hurriedClock, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { backupRoutes } from '#backups/routes.ts';
import { ReadingRoom } from '#reading/reading-room.ts';
import { testApp } from '../../test-setup/test-app.ts';

const isProcessAlive = (): boolean => true;

async function served() {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const files = join(folder.path, 'Photos');
  await mkdir(join(files, 'Sea'), { recursive: true });
  await writeFile(join(files, 'Sea', 'IMG_20240612_101010.jpg'), 'a photo');
  await writeFile(join(files, '<img src=x onerror=alert(1)>.txt'), 'a text');
  const repository = await cheapRepository(new MemoryStore(), {
    clock: hurriedClock(),
    random: seededRandom(5),
  });
  const source = await openFolderSource(files, { machine: 'testing', excludes: [] });
  for await (const _ of backup(repository, source, { clock: repository.clock, isProcessAlive, threads: 0 }));
  const clock = fakeClock();
  const room = stack.use(new ReadingRoom({ open: async () => repository, isProcessAlive, clock }));
  const enter = (signal: AbortSignal) => room.enter(signal);
  const contents = stack.use(
    new Contents({ folder: join(folder.path, 'cache'), read: enter, clock, timeZone: 'UTC' }),
  );
  const app = stack.use(
    await testApp({
      clock,
      routes: (each) => backupRoutes(each, { contents, enter, names: async () => new Map(), clock }),
    }),
  );
  const cookie = await app.enter();
  const moved = stack.move();
  return {
    app,
    async get(path: string) {
      const { status, text } = await app.ask(path, { cookie });
      return { status, json: JSON.parse(text) as Record<string, never> };
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

suite('the routes of backups', () => {
  test('it lists backups with what they say of themselves, and shows what is in one', async () => {
    await using server = await served();
    const { json } = await server.get('/api/backups');
    const [listed] = json['backups'] as unknown as { id: string; counts: object }[];
    deepEqual(listed?.counts, { found: 2, verified: 2, waiting: 0, skipped: 0, failed: 0 });
    const place = `/api/backups/${listed?.id}`;
    deepEqual((await server.get(place)).json, listed);
    equal((await server.get(`${place}/contents`)).json['kind'], 'ready');
    for (const path of [
      'days',
      'media?kinds=photo&limit=5',
      'files',
      'threads',
      'records?type=contacts',
      'search?text=img&types=photos,other',
      `compare?with=${listed?.id}`,
    ])
      equal((await server.get(`${place}/${path}`)).status, 200, path);
    deepEqual(server.app.bugs, []);
  });

  const refusals: readonly [path: string, status: number][] = [
    [`/api/backups/${'0'.repeat(64)}`, 404],
    [`/api/backups/${'0'.repeat(64)}/contents`, 404],
    [`/api/backups/${'0'.repeat(64)}/days`, 404],
    ['/api/backups/..%2f..%2fpassword/files', 400],
    ['ID/files?folder=99999', 404],
    ['ID/files?after=x', 400],
    ['ID/threads/9/messages', 404],
    ['ID/records/0', 404],
    ['ID/media?limit=100000', 400],
    ['ID/search?text=a&after=photos.', 400],
  ];
  test('it refuses what is not there and what makes no sense', async () => {
    await using server = await served();
    const { json } = await server.get('/api/backups');
    const [listed] = json['backups'] as unknown as { id: string }[];
    for (const [path, status] of refusals)
      equal((await server.get(path.replace('ID', `/api/backups/${listed?.id}`))).status, status, path);
    deepEqual(server.app.bugs, []);
  });
});
