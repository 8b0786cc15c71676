import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { seededRandom } from '@holdfast/testkit';
import { choosePacks, type ReadData } from '#check/choose-packs.ts';

const packs = Array.from({ length: 200 }, () => '').map((_, at) =>
  at.toString(16).padStart(2, '0').repeat(32),
);
const choose = (readData: ReadData): string[] => choosePacks(packs, readData, seededRandom(1));

suite('choosePacks', () => {
  test('it gives all parts together every pack once', () => {
    const parts = Array.from({ length: 7 }, (_, at) => choose({ part: at + 1, of: 7 }));
    assert.deepEqual(parts.flat().sort(), packs);
  });

  test('it puts a pack into the part of its first byte, as restic does', () => {
    assert.deepEqual(
      choose({ part: 1, of: 100 }).map((pack) => pack.slice(0, 2)),
      ['00', '64'],
    );
  });

  for (const [percent, count] of [
    [5, 10],
    [0.001, 1],
    [100, 200],
  ] as const) {
    test(`it picks ${count} of 200 packs for ${percent} per cent, none twice`, () => {
      assert.equal(new Set(choose({ percent })).size, count);
    });
  }

  test('it gives none and all when asked for them', () => {
    assert.deepEqual(choose('none'), []);
    assert.deepEqual(choose('all'), packs);
    assert.deepEqual(choosePacks([], { percent: 5 }, seededRandom(1)), []);
  });

  for (const wrong of [
    { part: 0, of: 3 },
    { part: 4, of: 3 },
    { part: 1, of: 257 },
    { percent: 0 },
    { percent: 101 },
  ]) {
    test(`it refuses ${JSON.stringify(wrong)}`, () => {
      assert.throws(() => choose(wrong), RangeError);
    });
  }
});
