import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '@holdfast/testkit';
import type { WorkerSetup } from '#workers/jobs.ts';
import { WorkerPool } from '#workers/pool.ts';

test('it rejects the jobs of a thread that died, and those that come after', async () => {
  // Nothing can be made of such a setup: the thread dies before its first job.
  await using pool = new WorkerPool({} as WorkerSetup, seededRandom(1), 1);
  const job = () => pool.run(0, 'hash', { lane: 0, pieces: [] });
  await assert.rejects(job(), TypeError);
  await assert.rejects(job(), TypeError);
});
