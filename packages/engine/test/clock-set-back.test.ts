import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Clock, systemClock } from '@holdfast/kernel';
import { temporaryFolder } from '@holdfast/testkit';
import { findingsOf, newRepository, runBackup, runRestore, sourceOf } from '../test-setup/runs.ts';

test('it backs up, finds what is unchanged and gives back while the clock goes backwards', async () => {
  await using folder = await temporaryFolder();
  let backMs = 0;
  const clock: Clock = {
    // A minute back at every look.
    now: () => systemClock.now().subtract({ milliseconds: (backMs += 60_000) }),
    sleep: async (duration, signal) => {
      if (duration.total('seconds') >= 1) await systemClock.sleep(duration, signal);
    },
  };
  const repository = { ...(await newRepository()), clock };
  for (let at = 0; at < 100; at++) writeFileSync(`${folder.path}/f${at}`, `content ${at}`);
  const first = await runBackup(repository, await sourceOf(folder.path));
  assert.equal(first.summary.balance.verified, 100);
  const second = await runBackup(repository, await sourceOf(folder.path));
  assert.equal(second.summary.newBytes, 0);
  assert.deepEqual(await findingsOf(repository), []);
  await using to = await temporaryFolder();
  assert.equal((await runRestore(repository, to.path)).summary.balance.failed, 0);
  const locks = await Array.fromAsync(repository.store.list('lock'));
  assert.deepEqual(locks, []);
});
