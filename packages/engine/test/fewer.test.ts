import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { findSnapshot } from '@holdfast/repository';
import { temporaryFolder } from '@holdfast/testkit';
import { newRepository, runBackup, sourceOf } from '../test-setup/runs.ts';

/** Files in a folder before, files then, rules then, and what a backup says of it. */
const ROWS: readonly [string, number, number, readonly string[], 'nothing' | 'fewer' | 'well'][] = [
  ['none left', 30, 0, [], 'nothing'],
  ['the only one gone', 1, 0, [], 'nothing'],
  ['less than half left of many', 30, 14, [], 'fewer'],
  ['half left of many', 30, 15, [], 'well'],
  ['few left of few', 19, 1, [], 'well'],
  ['few left by a new rule', 30, 14, ['*.never'], 'well'],
];

for (const [what, before, now, excludes, expected] of ROWS) {
  test(`it ${expected === 'well' ? 'takes as it is' : expected === 'nothing' ? 'refuses' : 'tells'} a folder with ${what}`, async () => {
    await using folder = await temporaryFolder();
    const repository = await newRepository();
    for (let at = 0; at < before; at++) writeFileSync(`${folder.path}/${at}`, `${at}`);
    const first = await runBackup(repository, await sourceOf(folder.path));
    assert.equal(first.summary.fewer, undefined);
    for (let at = now; at < before; at++) rmSync(`${folder.path}/${at}`);
    const second = runBackup(repository, await sourceOf(folder.path, excludes), { excludes });
    if (expected === 'nothing') return assert.rejects(second, { code: 'engine/source-empty' });
    const { fewer } = (await second).summary;
    const told = { before, now, lastBackup: first.summary.snapshot };
    assert.deepEqual(fewer, expected === 'fewer' ? told : undefined);
    const third = await runBackup(repository, await sourceOf(folder.path, excludes), { excludes });
    assert.equal(third.summary.fewer, undefined);
  });
}

test('it refuses a folder where only what holds no content is left, unless told to', async () => {
  await using folder = await temporaryFolder();
  const repository = await newRepository();
  mkdirSync(`${folder.path}/lost+found`);
  execFileSync('mkfifo', [`${folder.path}/pipe`]);
  writeFileSync(`${folder.path}/f`, 'f');
  const { summary } = await runBackup(repository, await sourceOf(folder.path));
  rmSync(`${folder.path}/f`);
  await assert.rejects(runBackup(repository, await sourceOf(folder.path)), { code: 'engine/source-empty' });
  assert.equal((await findSnapshot(repository, 'latest')).id, summary.snapshot);
  await runBackup(repository, await sourceOf(folder.path), { allowEmpty: true });
});

test('it takes a folder that rules now leave out as somebody’s wish', async () => {
  await using folder = await temporaryFolder();
  const repository = await newRepository();
  writeFileSync(`${folder.path}/f`, 'f');
  await runBackup(repository, await sourceOf(folder.path));
  const excludes = ['*'];
  const { summary } = await runBackup(repository, await sourceOf(folder.path, excludes), { excludes });
  assert.deepEqual(summary.balance, { found: 1, verified: 0, waiting: 0, skipped: 1, failed: 0 });
});
