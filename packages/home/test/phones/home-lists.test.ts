import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '@holdfast/kernel';
import { temporaryFolder } from '@holdfast/testkit';
import type { Machine } from '#host.ts';
import { AddedList } from '#phones/added-list.ts';
import { rememberPaired } from '#phones/paired.ts';

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

const machineIn = (home: string): Machine =>
  ({
    env: { HOLDFAST_HOME: home },
    cwd: home,
    homeFolder: home,
    clock: systemClock,
    random,
  }) as unknown as Machine;

test('it remembers a phone also where a run died while it wrote the list', async () => {
  await using folder = await temporaryFolder();
  const list = join(folder.path, 'paired-phones.json');
  writeFileSync(`${list}.new`, 'half a li');
  await rememberPaired(machineIn(folder.path), { guid: 'adb-1', host: '10.0.0.2', port: 4000 });
  await rememberPaired(machineIn(folder.path), { guid: 'adb-2', host: '10.0.0.3', port: 4000 });
  await rememberPaired(machineIn(folder.path), { guid: 'adb-1', host: '10.0.0.4', port: 4001 });
  assert.deepEqual(JSON.parse(readFileSync(list, 'utf8')), [
    { guid: 'adb-2', host: '10.0.0.3', port: 4000 },
    { guid: 'adb-1', host: '10.0.0.4', port: 4001 },
  ]);
});

test('it has each added item in the list before the next, and keeps no empty list', async () => {
  await using folder = await temporaryFolder();
  const machine = machineIn(folder.path);
  {
    await using added = await AddedList.begin(machine, 'android-1');
    const item = {
      path: 'files/a',
      to: 'internal/a',
      state: 'verified',
      reason: 'restored',
      bytes: 1,
    } as const;
    await added.add(item);
    assert.equal(readFileSync(added.path, 'utf8'), '{"path":"files/a","to":"internal/a"}\n');
  }
  {
    await using _empty = await AddedList.begin(machine, 'android-2');
  }
  assert.equal(readdirSync(join(folder.path, 'added')).length, 1);
});
