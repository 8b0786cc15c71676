import { equal, ok } from 'node:assert/strict';
import { closeSync, fstatSync, futimesSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@holdfast/testkit';
import fc from 'fast-check';
import { nearestTime } from '#times.ts';

const NAMED: readonly (readonly [string, bigint])[] = [
  ['the epoch', 0n],
  ['whole seconds', 1_700_000_000_000_000_000n],
  ['half a second', 1_700_000_000_500_000_000n],
  ['a nanosecond after the epoch', 1n],
  ['whole seconds before the epoch', -86_400_000_000_000n],
  ['half a second before the epoch', -500_000_000n],
];

test('it sets these times exactly', () => {
  for (const [name, ns] of NAMED) equal(nearestTime(ns).ns, ns, name);
});

test('it says what is read back, at most 120 ns from what was asked', async () => {
  await using folder = await temporaryFolder();
  const fd = openSync(join(folder.path, 'file'), 'w');
  try {
    // Years 1938 to 2106: drives that count seconds in 32 bits hold no others.
    const time = fc.bigInt({ min: -1_000_000_000_000_000_000n, max: 4_294_967_295_000_000_000n });
    fc.assert(
      fc.property(time, (ns) => {
        const nearest = nearestTime(ns);
        futimesSync(fd, nearest.seconds, nearest.seconds);
        equal(fstatSync(fd, { bigint: true }).mtimeNs, nearest.ns);
        // Doubles of seconds from 2038 on come in steps of 477 ns.
        const most = ns < 2_147_483_648_000_000_000n ? 120n : 240n;
        ok(nearest.ns - ns <= most && ns - nearest.ns <= most);
      }),
      { numRuns: 2000 },
    );
  } finally {
    closeSync(fd);
  }
});
