import { deepEqual, match } from 'node:assert/strict';
import { test } from 'node:test';
import { RemoteFiles } from '@holdfast/adb';
import { phoneFile, phoneFolder } from '@holdfast/testkit/phone';
import { linkedPhone } from '../../test-setup/phones.ts';

test('it sets a folder aside that holds more than it can hold, and goes on', async () => {
  const file = phoneFile('');
  const many = Object.fromEntries(Array.from({ length: 1_000_001 }, (_, at) => [`f${at}`, file]));
  const root = phoneFolder({ many: phoneFolder(many), next: phoneFolder({ a: file }) });
  await using linked = await linkedPhone({ root });
  const folders = await Array.fromAsync(new RemoteFiles(linked.transport).walk('/'));
  deepEqual(
    folders.map(({ path, entries }) => [path, entries.length]),
    [
      ['/', 2],
      ['/many', 0],
      ['/next', 1],
    ],
  );
  match(folders[1]?.problem?.said ?? '', /more than 1000000 entries/);
});
