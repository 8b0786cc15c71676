import { deepEqual, equal } from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { holdfast } from '../../test-setup/process.ts';
import { type TestWorld, testWorld } from '../../test-setup/test-world.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const NOTER = import.meta.resolve('../../test-setup/note-loads.ts');

/** What takes longer to load than most commands to run, each with who needs it. */
const HEAVY: Readonly<Record<string, RegExp>> = {
  'phones over adb': /^packages\/(?:adb|devices\/src\/android|home\/src\/phones\/(?:index|lookout))\b/,
  'validators of the contract': /^node_modules\/zod\//,
  'questions to the ledger': /^node_modules\/kysely\//,
  'the server': /^(?:apps\/server|node_modules\/fastify)\//,
  pictures: /^(?:packages\/media|node_modules\/(?:sharp|libheif-js|mediabunny))\//,
  'contents of backups': /^packages\/contents\//,
};

/** What the command loads that is none of Node's own, in all its threads, as paths from the root of the checkout. */
async function loadedBy(words: readonly string[], { home, path }: TestWorld): Promise<readonly string[]> {
  const list = join(path, 'loads');
  const env = {
    NODE_OPTIONS: `--import=${NOTER}`,
    LOADS: list,
    HOLDFAST_PHONES: '127.0.0.1:1',
    ADB_SERVER_SOCKET: 'tcp:127.0.0.1:1',
  };
  const { status, stderr } = await holdfast(words, { home, cwd: path, env });
  equal(status, 0, stderr);
  const urls = (await readFile(list, 'utf8')).split('\n');
  await rm(list);
  const root = `${pathToFileURL(ROOT).href}/`;
  return urls.filter((url) => url.startsWith(root)).map((url) => url.slice(root.length));
}

/** Who of {@link HEAVY} is among them. */
const heavyOf = (paths: readonly string[]): readonly string[] =>
  Object.entries(HEAVY).flatMap(([name, pattern]) =>
    paths.some((path) => pattern.test(path)) ? [name] : [],
  );

/** Packages among them, each once. */
const packagesOf = (paths: readonly string[]): readonly string[] => {
  const packages = paths.map((path) => /^(?:apps|packages|node_modules)\/[^/]+/.exec(path)?.[0] ?? path);
  return [...new Set(packages)].toSorted();
};

suite('what a command loads', () => {
  for (const words of [['version'], ['help'], ['help', 'backup'], ['completion', 'bash']]) {
    test(`it is the command line alone for "${words.join(' ')}"`, async () => {
      await using world = await testWorld({ isNew: true });
      const paths = await loadedBy(words, world);
      deepEqual(packagesOf(paths), ['apps/cli', 'packages/contract', 'packages/home', 'packages/kernel']);
      deepEqual(
        paths.filter((path) => path.startsWith('packages/home/')),
        ['packages/home/src/failures.ts'],
      );
      deepEqual(heavyOf(paths), []);
    });
  }

  test('it is nothing that only phones, questions or the app need, where folders are backed up and given back', async () => {
    await using world = await testWorld();
    await mkdir(join(world.path, 'photos'));
    for (const name of ['one', 'two', 'three']) await writeFile(join(world.path, 'photos', name), name);
    for (const words of [
      ['backup', './photos'],
      ['backup', './photos'],
      ['backups'],
      ['ls', 'latest'],
      ['check', '--read-data'],
      ['restore', 'latest', '--to', './back'],
      ['forget', '--keep-last', '1', '--prune'],
    ])
      deepEqual(heavyOf(await loadedBy(words, world)), [], words.join(' '));
  });

  test('it is also what only that command needs', async () => {
    await using world = await testWorld();
    deepEqual(heavyOf(await loadedBy(['devices'], world)), ['phones over adb']);
    deepEqual(heavyOf(await loadedBy(['rebuild'], world)), ['questions to the ledger']);
  });
});
