import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { nodeAt, onStorage, phoneFile, phoneFolder, samplePhone } from '@holdfast/testkit/phone';
import { runLine } from '../../test-setup/run-line.ts';

test('it takes names that differ in case or composition for one, and keeps the first', async () => {
  const folder = onStorage(phoneFolder({ 'Été.jpg': phoneFile('1') }), 'shared');
  folder.entries.set('été.JPG'.normalize('NFD'), phoneFile('2'));
  deepEqual([...folder.entries.keys()], ['Été.jpg']);
  equal(folder.entries.delete('ÉTÉ.jpg'), true);
  folder.entries.set('été.jpg', phoneFile('3'));
  deepEqual([...folder.entries.keys()], ['été.jpg']);

  const android = samplePhone({ messages: 0 });
  await runLine(android, 'mkdir -p /sdcard/dcim/new/deep && echo x > /sdcard/DCIM/NEW/Deep/File');
  equal((await runLine(android, 'cat /sdcard/DCIM/new/deep/file')).stdout, 'x\n');
  equal(nodeAt(android.root, '/sdcard/Dcim/new')?.kind, 'folder');
});

test('it refuses on a card of FAT what FAT cannot hold', async () => {
  const android = samplePhone({ messages: 0, card: phoneFolder({ DCIM: phoneFolder() }) });
  const card = '/storage/1A2B-3C4D';
  equal(
    (await runLine(android, `mkdir '${card}/DCIM/a:b'`)).stderr,
    `mkdir: ${card}/DCIM/a:b: Invalid argument\n`,
  );
  equal((await runLine(android, `echo x > '${card}/DCIM/why?'`)).code, 1);
  equal((await runLine(android, `echo x > '${card}/DCIM/fine'`)).code, 0);
});

test('it says of a card how much room there is on it', async () => {
  const android = samplePhone({ card: phoneFolder({ a: phoneFile(new Uint8Array(4096)) }) });
  const { stdout } = await runLine(android, 'df -k /storage/emulated/0 /storage/1A2B-3C4D');
  match(stdout, /\/storage\/emulated\n\/dev\/fuse +33554432 +4 +33554428 +1% \/storage\/1A2B-3C4D\n$/);
});
