import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { foldName } from '../../../src/android/giving/files/fold-name.ts';
import { refusePath, type VolumeRules } from '../../../src/android/giving/files/name-rules.ts';
import { parseMounts } from '../../../src/android/giving/files/target-volumes.ts';
import { ODD_NAMES } from '../../../test-setup/odd-names.ts';

suite('foldName', () => {
  const ROWS: readonly (readonly [a: string, b: string, isOne: boolean])[] = [
    ['A.jpg', 'a.JPG', true],
    ['caf\u00e9', 'cafe\u0301', true],
    ['CAF\u00c9', 'cafe\u0301', true],
    ['stra\u00dfe', 'STRASSE', true],
    ['a\u200db', 'ab', true],
    ['\u03c3', '\u03c2', true],
    ['a', 'b', false],
    ['\u0131', 'i', true],
    ['\u4e00', '\u4e8c', false],
  ];
  for (const [a, b, isOne] of ROWS)
    test(`it ${isOne ? 'takes' : 'does not take'} ${a} and ${b} for one name`, () => {
      equal(foldName(a) === foldName(b), isOne);
    });

  test('it folds what is folded to itself, whatever the name', () => {
    for (const name of ODD_NAMES) equal(foldName(foldName(name)), foldName(name));
  });
});

suite('refusePath', () => {
  const SHARED: VolumeRules = { isFat: false, mostBytes: Infinity };
  const FAT: VolumeRules = { isFat: true, mostBytes: 2 ** 32 - 1 };
  const ROWS: readonly (readonly [names: string[], bytes: number, rules: VolumeRules, reason?: string])[] = [
    [['a', 'b.jpg'], 1, SHARED],
    [['what?: "this" *.jpg'], 1, SHARED],
    [['what?.jpg'], 1, FAT, 'forbidden-name'],
    [['a:b', 'c.jpg'], 1, FAT, 'forbidden-name'],
    [['back\\slash'], 1, FAT, 'forbidden-name'],
    [['line\nend'], 1, FAT, 'forbidden-name'],
    [['dot.'], 1, FAT, 'forbidden-name'],
    [['space '], 1, FAT, 'forbidden-name'],
    [['\udcff'], 1, FAT, 'forbidden-name'],
    [['\udcff'], 1, SHARED],
    [['..', 'a'], 1, SHARED, 'unsafe-name'],
    [['a/b'], 1, SHARED, 'unsafe-name'],
    [['film.mkv'], 2 ** 32 - 1, FAT],
    [['film.mkv'], 2 ** 32, FAT, 'too-large-there'],
    [['film.mkv'], 2 ** 40, SHARED],
    [['\u00e9'.repeat(127)], 1, SHARED],
    [['\u00e9'.repeat(128)], 1, SHARED, 'target-path-too-long'],
    [Array.from({ length: 6 }, () => 'x'.repeat(200)), 1, SHARED, 'target-path-too-long'],
    // The name itself would fit, that of its stage would not.
    [
      ['x'.repeat(250), 'x'.repeat(250), 'x'.repeat(250), 'x'.repeat(235), 'y'],
      1,
      SHARED,
      'target-path-too-long',
    ],
  ];
  for (const [names, bytes, rules, reason] of ROWS)
    test(`it ${reason === undefined ? 'takes' : `refuses as ${reason}`} ${names.join('/').slice(0, 40)}, ${bytes} bytes`, () => {
      equal(refusePath('/storage/1A2B-3C4D', names, bytes, rules)?.reason, reason);
    });
});

test('it knows the kinds of file system of cards, and of nothing else', () => {
  const output = [
    '/dev/fuse /storage/emulated fuse rw 0 0',
    '/dev/block/vold/public:179,1 /mnt/media_rw/1A2B-3C4D vfat rw,utf8 0 0',
    '/dev/block/vold/public:8,1 /mnt/media_rw/5E6F-7A8B exfat rw 0 0',
    'garbage',
    '/dev/x /mnt/media_rw/',
  ].join('\n');
  deepEqual(
    [...parseMounts(output)],
    [
      ['1A2B-3C4D', 'vfat'],
      ['5E6F-7A8B', 'exfat'],
    ],
  );
});
