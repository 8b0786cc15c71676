import assert from 'node:assert/strict';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';
import { buildWeb, isStale } from '../build-web.ts';

const ROWS: [string, string | undefined, boolean][] = [
  ['nothing is newer', undefined, false],
  ['a screen is newer', 'apps/web/src/home/card.tsx', true],
  ['the page is newer', 'apps/web/index.html', true],
  ['the contract is newer', 'packages/contract/src/states.ts', true],
  ['what is installed is newer', 'package-lock.json', true],
  ['only the server is newer', 'apps/server/src/app.ts', false],
];

for (const [name, newer, expected] of ROWS) {
  test(`it knows whether the web app must be built where ${name}`, async () => {
    await using folder = await temporaryFolder();
    const put = async (path: string, seconds: number): Promise<void> => {
      await mkdir(dirname(join(folder.path, path)), { recursive: true });
      await writeFile(join(folder.path, path), '');
      await utimes(join(folder.path, path), seconds, seconds);
    };
    for (const path of ['apps/web/src/main.tsx', 'apps/web/index.html', 'packages/contract/src/index.ts'])
      await put(path, 1000);
    await put('apps/web/dist/index.html', 2000);
    if (newer !== undefined) await put(newer, 3000);
    assert.equal(isStale(folder.path), expected);
  });
}

test('it must be built where it is not there, and says what is missing for that', async () => {
  await using folder = await temporaryFolder();
  assert.equal(isStale(folder.path), true);
  assert.match(buildWeb(folder.path) ?? '', /run npm ci/);
});
