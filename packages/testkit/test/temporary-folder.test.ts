import { equal, rejects } from 'node:assert/strict';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';

test('it gives an empty folder of its own, and takes it away with all it holds', async () => {
  let path: string;
  {
    await using folder = await temporaryFolder();
    path = folder.path;
    equal((await readdir(path)).length, 0);
    await writeFile(join(path, 'file'), 'text');
  }
  await rejects(stat(path), { code: 'ENOENT' });
});
