import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { describeFinding, type Finding, isDamage, repairsFor, repairsForAll } from '@holdfast/repository';

const A = 'a1'.repeat(32);
const B = 'b2'.repeat(32);
const at = { snapshot: A, path: '/camera/one\n.jpg' };
const SNAPSHOTS = 'holdfast repair snapshots --forget';
const INDEX = 'holdfast repair index';
const PACK = `holdfast repair packs ${B}`;

const rows: readonly [finding: Finding, sentence: RegExp, isDamage: boolean, repairs: readonly string[]][] = [
  [{ kind: 'config-damaged', reason: 'it is gone' }, /^The config file is damaged: it is gone\.$/, true, []],
  [
    { kind: 'key-damaged', key: A, reason: 'no JSON', isCurrent: false },
    /^Key file a1a1a1a1 is damaged: no JSON\.$/,
    true,
    [`holdfast keys remove ${A}`],
  ],
  [
    { kind: 'key-damaged', key: A, reason: 'no JSON', isCurrent: true },
    /though it opened/,
    true,
    ['holdfast keys passwd'],
  ],
  [
    { kind: 'lock-damaged', lock: A, reason: 'empty' },
    /^Lock a1a1a1a1 is damaged/,
    true,
    ['holdfast unlock --all'],
  ],
  [
    { kind: 'lock-stale', lock: A, hostname: 'pi', time: '2026-01-01T00:00:00Z' },
    /of pi has not been refreshed/,
    false,
    ['holdfast unlock'],
  ],
  [{ kind: 'index-damaged', index: A, reason: 'x' }, /^Index file a1a1a1a1 is damaged: x\.$/, true, [INDEX]],
  [
    { kind: 'pack-listed-twice', pack: B, indexes: [A, A] },
    /in 2 places of the index\. That does no harm/,
    false,
    [INDEX],
  ],
  [
    { kind: 'pack-listed-differently', pack: B, indexes: [A, A] },
    /two different things about pack b2b2b2b2/,
    true,
    [INDEX],
  ],
  [
    { kind: 'pack-missing', pack: B, blobs: 1 },
    /^Pack b2b2b2b2 is missing, and 1 blob with it\.$/,
    true,
    [INDEX, SNAPSHOTS],
  ],
  [
    { kind: 'pack-size', pack: B, sizeBytes: 1, expectedBytes: 2 },
    /1 bytes where the index expects 2: it was cut short/,
    true,
    [INDEX, SNAPSHOTS],
  ],
  [{ kind: 'pack-gaps', pack: B }, /gaps or overlaps/, true, [INDEX]],
  [{ kind: 'pack-mixed', pack: B }, /files and folders mixed/, false, ['holdfast prune']],
  [{ kind: 'pack-unlisted', pack: B, sizeBytes: 5 }, /in no index file/, false, ['holdfast prune']],
  [{ kind: 'pack-unreadable', pack: B, reason: 'EIO' }, /cannot be read: EIO/, true, [PACK, SNAPSHOTS]],
  [{ kind: 'pack-unsteady', pack: B }, /damaged once and whole once/, true, []],
  [
    { kind: 'blobs-damaged', pack: B, of: 7, blobs: [{ id: A, type: 'data', problem: 'unauthentic' }] },
    /1 of its 7 blobs cannot be opened \(a1a1a1a1\)/,
    true,
    [PACK, SNAPSHOTS],
  ],
  [
    { kind: 'header-damaged', pack: B, problem: 'unreadable' },
    /damaged header\. Its blobs are whole/,
    true,
    [PACK, SNAPSHOTS],
  ],
  [{ kind: 'header-damaged', pack: B, problem: 'differs' }, /lists other blobs/, true, [PACK, SNAPSHOTS]],
  [{ kind: 'pack-misnamed', pack: B }, /renamed or exchanged/, true, [PACK, SNAPSHOTS]],
  [
    { kind: 'snapshot-damaged', snapshot: A, reason: 'y' },
    /^Snapshot file a1a1a1a1 is damaged: y\.$/,
    true,
    [SNAPSHOTS],
  ],
  [
    { kind: 'tree-missing', snapshot: A, path: '', tree: B },
    /^Folder "\/" of snapshot a1a1a1a1 is lost/,
    true,
    [INDEX, SNAPSHOTS],
  ],
  [
    { kind: 'tree-damaged', ...at, tree: A, reason: 'z', packs: [B] },
    /cannot be read, nor what is in it: z/,
    true,
    [PACK, SNAPSHOTS],
  ],
  [
    { kind: 'blobs-missing', ...at, blobs: [B] },
    /^File "\/camera\/one\\n\.jpg" of snapshot a1a1a1a1 has lost content: blob b2b2b2b2 is in no pack\.$/,
    true,
    [INDEX, SNAPSHOTS],
  ],
  [{ kind: 'file-damaged', ...at, blobs: [B] }, /no whole copy of b2b2b2b2 is left/, true, [SNAPSHOTS]],
  [
    { kind: 'file-size', ...at, sizeBytes: 3, contentBytes: 4 },
    /should have 3 bytes, but its content has 4/,
    true,
    [SNAPSHOTS],
  ],
  [
    { kind: 'entry-incomplete', ...at, problem: 'no-subtree' },
    /is a folder, but nothing says what is in it/,
    true,
    [SNAPSHOTS],
  ],
];

suite('findings', () => {
  for (const [finding, sentence, damage, repairs] of rows) {
    test(`it says in one line what ${finding.kind} is and what to do`, () => {
      const text = describeFinding(finding);
      assert.match(text, sentence);
      assert.doesNotMatch(text, /\n/);
      assert.equal(isDamage(finding), damage);
      assert.deepEqual(repairsFor(finding), repairs);
    });
  }

  test('it advises each command once, and giving up last', () => {
    const all = repairsForAll(rows.map(([finding]) => finding));
    assert.deepEqual(all, [
      `holdfast keys remove ${A}`,
      'holdfast keys passwd',
      'holdfast unlock --all',
      INDEX,
      PACK,
      SNAPSHOTS,
    ]);
  });
});
