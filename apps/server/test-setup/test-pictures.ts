import { request } from 'node:http';
import { join } from 'node:path';
import { Contents, chosenBytes } from '@holdfast/contents';
import { type IndexedRepository, loadIndex } from '@holdfast/repository';
import { cheapRepository } from '@holdfast/repository/testing';
import type { Id } from '@holdfast/restic-format';
import { MemoryStore } from '@holdfast/store';
import { type FakeClock, fakeClock, hurriedClock, seededRandom, temporaryFolder } from '@holdfast/testkit';
import { type Sample, saveSample } from '@holdfast/testkit/repository';
import { downloadRoutes } from '#downloads/routes.ts';
import { Pictures } from '#pictures/pictures.ts';
import { pictureRoutes } from '#pictures/routes.ts';
import { BlobParts } from '#reading/blob-parts.ts';
import type { Reader } from '#reading/reading-room.ts';
import { type TestApp, testApp } from './test-app.ts';

/** An answer whose body is bytes. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}

/** A server that shows one backup. */
export interface TestPictures extends AsyncDisposable {
  readonly app: TestApp;
  readonly repository: IndexedRepository;
  readonly backup: Id;
  readonly clock: FakeClock;
  readonly cache: string;
  /** How many read the repository now. */
  readonly readers: () => number;
  /** The number of the file at a path. */
  entryAt(path: string): Promise<number>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Asks for a download of a selection and fetches it. */
  download(selection: object): Promise<Answered>;
}

/** A server that shows a sample as a backup. */
export async function testPictures(sample: Sample): Promise<TestPictures> {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await temporaryFolder());
  const opened = await cheapRepository(new MemoryStore(), { clock: hurriedClock(), random: seededRandom(3) });
  const repository = stack.use(await loadIndex(opened, { threads: 0 }));
  const backup = await saveSample(repository, sample);
  let readers = 0;
  const enter = async (signal: AbortSignal): Promise<Reader> => {
    readers += 1;
    return {
      repository,
      signal,
      [Symbol.asyncDispose]: async () => {
        readers -= 1;
      },
    };
  };
  const clock = fakeClock();
  const timeZone = 'Europe/Berlin';
  const contents = stack.use(
    new Contents({ folder: join(folder, 'contents'), read: enter, clock, timeZone }),
  );
  const pictures = stack.use(new Pictures({ folder: join(folder, 'cache'), clock }));
  const ready = (id: Id, signal: AbortSignal) => contents.ready(id, signal);
  const app = stack.use(
    await testApp({
      clock,
      routes: (server) => {
        const { read: readParts } = new BlobParts();
        pictureRoutes(server, { ready, enter, pictures, readParts });
        const random = seededRandom(5);
        downloadRoutes(server, { ready, enter, bytesOf: chosenBytes, readParts, clock, random, timeZone });
      },
    }),
  );
  const cookie = await app.enter();
  const moved = stack.move();
  const get: TestPictures['get'] = (path, headers) => fetchBytes(app.port, path, cookie, headers);
  return {
    app,
    repository,
    backup,
    clock,
    cache: join(folder, 'cache'),
    readers: () => readers,
    get,
    async entryAt(path) {
      const index = await contents.ready(backup, AbortSignal.timeout(60_000));
      for (let entry = 0; ; entry++) if (index.entry(entry).path === path) return entry;
    },
    async download(selection) {
      const asked = { method: 'POST', cookie, body: selection, headers: { 'x-holdfast': '1' } };
      const { text } = await app.ask(`/api/backups/${backup}/downloads`, asked);
      const { download } = JSON.parse(text) as { readonly download: string };
      return get(`/api/downloads/${download}`);
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

function fetchBytes(
  port: number,
  path: string,
  cookie: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    agent: false,
    headers: { cookie: `holdfast=${cookie}`, ...headers },
  });
  sent.on('error', reject);
  sent.on('response', (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('error', reject);
    answer.on('end', () =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(chunks) }),
    );
  });
  sent.end();
  return promise;
}
