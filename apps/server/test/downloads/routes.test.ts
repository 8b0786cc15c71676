import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';
import { testPictures } from '../../test-setup/test-pictures.ts';

/** What a zip holds, as Info-ZIP reads it, each member checked. */
async function unzipped(bytes: Uint8Array): Promise<Record<string, string>> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'download.zip');
  await writeFile(path, bytes);
  execFileSync('unzip', ['-tqq', path]);
  const names = execFileSync('unzip', ['-Z1', path]).toString().trim().split('\n');
  return Object.fromEntries(
    names.map((name) => [name, execFileSync('unzip', ['-p', path, name]).toString()]),
  );
}

suite('downloads', () => {
  test('it gives a selection as one zip under safe names, each once', async () => {
    const files = { 'A.txt': 'two', 'a.txt': 'one', 'b\\c.txt': 'four', 'con.txt': 'three', empty: '' };
    await using server = await testPictures({ folder: files, other: 'no' });
    const answer = await server.download({ entries: [await server.entryAt('folder')] });
    deepEqual([answer.status, answer.headers['content-type']], [200, 'application/zip']);
    match(
      String(answer.headers['content-disposition']),
      /^attachment; filename="Holdfast [0-9a-f]{8}.zip"; /,
    );
    deepEqual(Object.values(await unzipped(answer.bytes)).toSorted(), ['', 'four', 'one', 'three', 'two']);
    deepEqual(Object.keys(await unzipped(answer.bytes)).toSorted(), [
      'folder/A.txt',
      'folder/a (2).txt',
      'folder/b_c.txt',
      'folder/con_.txt',
      'folder/empty',
    ]);
    equal(server.readers(), 0);
  });

  test('it gives a single file as it is', async () => {
    await using server = await testPictures({ folder: { 'a.txt': ['one', 'two'] } });
    const answer = await server.download({ entries: [await server.entryAt('folder/a.txt')] });
    deepEqual([answer.bytes.toString(), answer.headers['content-length']], ['onetwo', '6']);
    match(String(answer.headers['content-disposition']), /^attachment; filename="a.txt"/);
    equal(server.readers(), 0);
  });

  test('it keeps a download for an hour', async () => {
    await using server = await testPictures({ 'a.txt': 'one' });
    const cookie = await server.app.enter();
    const { text, status } = await server.app.ask(`/api/backups/${server.backup}/downloads`, {
      method: 'POST',
      cookie,
      body: { entries: [await server.entryAt('a.txt')] },
    });
    equal(status, 200, text);
    const { download, items, bytes } = JSON.parse(text) as Record<string, unknown>;
    deepEqual([items, bytes], [1, 3]);
    const path = `/api/downloads/${String(download)}`;
    equal((await server.get(path)).status, 200);
    server.clock.advance(Temporal.Duration.from({ minutes: 61 }));
    equal((await server.get(path)).status, 410);
    equal((await server.get('/api/downloads/__proto__')).status, 410);
  });

  test('it answers that nothing is chosen', async () => {
    await using server = await testPictures({ 'a.txt': 'one' });
    equal((await server.download({})).status, 404);
  });
});
