import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeptCounts } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { summaryOf } from '#backup/outcome.ts';
import { BACKUP_BEGINNING } from '#backup/state.ts';

const saved = {
  ...BACKUP_BEGINNING,
  balance: { found: 5, verified: 1, waiting: 3, skipped: 1, failed: 0 },
  savedItems: 3,
};

function kept(storedPacks: number, devicePacks: number): KeptCounts {
  return { storedPacks, storedBytes: 0, verifiedBytes: 0, devicePacks };
}

for (const [verify, counts, expected] of [
  ['device', kept(0, 0), 'nothing-new'],
  ['cache', kept(2, 0), 'cache'],
  ['off', kept(2, 0), 'off'],
  ['device', kept(2, 2), 'device'],
  ['device', kept(2, 1), 'mixed'],
  ['device', kept(2, 0), 'cache'],
] as const) {
  test(`it says "${expected}" of ${counts.devicePacks} packs of ${counts.storedPacks} read from the device, asked for ${verify}`, () => {
    assert.equal(summaryOf({ verify }, saved, counts, undefined).verifiedFrom, expected);
  });
}

test('it counts what was saved as verified only once there is a snapshot', () => {
  const summary = (snapshot: Id | undefined) => summaryOf({ verify: 'cache' }, saved, kept(0, 0), snapshot);
  assert.deepEqual(summary(undefined).balance, saved.balance);
  assert.deepEqual(summary('ab'.repeat(32)).balance, { ...saved.balance, verified: 4, waiting: 0 });
});
