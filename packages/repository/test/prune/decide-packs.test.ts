import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { decidePacks, type PackRules, type PruneLimits } from '#prune/decide-packs.ts';
import type { PackUse } from '#prune/pack-use.ts';

const MIB = 1024 * 1024;

/** A pack of 16 MiB with so many MiB of it unused, and so on. */
function pack(name: string, unusedMib: number, other: Partial<PackUse> = {}): PackUse {
  return {
    pack: name,
    kind: 'data',
    usedBlobs: unusedMib === 16 ? 0 : 4,
    usedBytes: (16 - unusedMib) * MIB,
    unusedBlobs: unusedMib === 0 ? 0 : 2,
    unusedBytes: unusedMib * MIB,
    duplicateBlobs: 0,
    duplicateBytes: 0,
    headerBytes: 100,
    isUncompressed: true,
    ...other,
  };
}

const small = (name: string): PackUse => pack(name, 0, { usedBytes: MIB });

const sizeOf = ({ usedBytes, unusedBytes }: PackUse): number => usedBytes + unusedBytes;

const sizes = (packs: readonly PackUse[]): Map<string, number> =>
  new Map(packs.map((use) => [use.pack, sizeOf(use)]));

const RULES: PackRules = { version: 2, packBytes: 16 * MIB };

const NOTHING: PruneLimits = { maxUnused: { bytes: 0 } };

const rows: readonly [
  name: string,
  packs: readonly PackUse[],
  limits: PruneLimits,
  expected: { keep?: string; rewrite?: string; remove?: string },
][] = [
  ['a pack that is all used stays', [pack('a', 0)], NOTHING, { keep: 'a' }],
  ['a pack that is all unused goes', [pack('a', 16)], NOTHING, { remove: 'a' }],
  ['a partly used pack is rewritten when nothing unused may stay', [pack('a', 1)], NOTHING, { rewrite: 'a' }],
  ['it stays when any amount may', [pack('a', 15)], { maxUnused: 'unlimited' }, { keep: 'a' }],
  ['it stays within 5 per cent', [pack('a', 0), pack('b', 0), pack('c', 1)], {}, { keep: 'a b c' }],
  [
    'the worst packs go first',
    [pack('a', 2), pack('b', 8), pack('c', 1)],
    { maxUnused: { bytes: 4 * MIB } },
    { keep: 'a c', rewrite: 'b' },
  ],
  [
    'trees are rewritten whatever may stay',
    [pack('a', 1, { kind: 'tree' }), pack('b', 1)],
    { maxUnused: 'unlimited' },
    { keep: 'b', rewrite: 'a' },
  ],
  ['uncompressed trees are compressed', [pack('a', 0, { kind: 'tree' })], NOTHING, { rewrite: 'a' }],
  ['compressed trees stay', [pack('a', 0, { kind: 'tree', isUncompressed: false })], NOTHING, { keep: 'a' }],
  ['mixed packs are sorted out', [pack('a', 0, { kind: 'mixed' })], NOTHING, { rewrite: 'a' }],
  [
    'uncompressed data is compressed when asked',
    [pack('a', 0)],
    { repackUncompressed: true },
    { rewrite: 'a' },
  ],
  [
    'a limit stops the rewriting before it is passed',
    [pack('a', 8), pack('b', 9)],
    { ...NOTHING, maxRepackBytes: 20 * MIB },
    { keep: 'a', rewrite: 'b' },
  ],
  [
    'nine small packs stay',
    'a b c d e f g h i'.split(' ').map(small),
    NOTHING,
    { keep: 'a b c d e f g h i' },
  ],
  [
    'ten small packs are put together',
    'a b c d e f g h i j'.split(' ').map(small),
    NOTHING,
    { rewrite: 'a b c d e f g h i j' },
  ],
  [
    'eight small packs are put together with what a rewriting leaves, as the next prune would',
    ['a b c d e f g h'.split(' ').map(small), pack('i', 1)].flat(),
    NOTHING,
    { rewrite: 'a b c d e f g h i' },
  ],
  [
    'seven small packs stay beside a rewriting',
    ['a b c d e f g'.split(' ').map(small), pack('i', 1)].flat(),
    NOTHING,
    { keep: 'a b c d e f g', rewrite: 'i' },
  ],
  [
    'packs that new ones would be no larger than are not small',
    'a b c d e f g h i j'.split(' ').map((name) => pack(name, 0)),
    { smallPackBytes: 17 * MIB },
    { keep: 'a b c d e f g h i j' },
  ],
];

suite('decidePacks', () => {
  for (const [name, packs, limits, { keep = '', rewrite = '', remove = '' }] of rows) {
    test(`it decides: ${name}`, () => {
      const decision = decidePacks(packs, sizes(packs), limits, RULES);
      assert.deepEqual(
        [decision.keep, decision.rewrite, decision.remove].map((ids) => ids.toSorted().join(' ')),
        [keep, rewrite, remove],
      );
    });
  }

  test('it compresses nothing in format version 1', () => {
    const packs = [pack('a', 0, { kind: 'tree' })];
    assert.deepEqual(decidePacks(packs, sizes(packs), NOTHING, { ...RULES, version: 1 }).keep, ['a']);
  });

  test('it tells packs that are missing or of a wrong size from those nobody needs', () => {
    const packs = [pack('a', 0), pack('b', 16), pack('c', 0)];
    const listed = new Map([
      ['c', 5],
      ['stranger', 7],
    ]);
    const decision = decidePacks(packs, listed, NOTHING, RULES);
    assert.deepEqual(decision.missing, ['a']);
    assert.deepEqual(decision.dropMissing, ['b']);
    assert.deepEqual(decision.wrongSize, ['c']);
    assert.deepEqual(decision.removeUnlisted, ['stranger']);
  });

  test('it refuses a percentage that would let everything be unused', () => {
    const packs = [pack('a', 1)];
    assert.throws(() => decidePacks(packs, sizes(packs), { maxUnused: { percent: 100 } }, RULES), RangeError);
  });
});
