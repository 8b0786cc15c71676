import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import {
  type FileToTake,
  isIndexed,
  LIMIT_TABLES,
  LIMITS_BEFORE,
  LIMITS_NOW,
  whySkipped,
} from '@holdfast/doctor';
import fc from 'fast-check';

const photo = (facts: Partial<FileToTake>): FileToTake => ({
  kind: 'photo',
  path: '/storage/emulated/0/DCIM/Camera/a.jpg',
  sizeBytes: 3_000_000,
  width: 4000,
  height: 3000,
  ...facts,
});
const video = (facts: Partial<FileToTake>): FileToTake =>
  photo({ kind: 'video', path: '/storage/emulated/0/DCIM/Camera/a.mp4', ...facts });

const ROWS: readonly (readonly [string, FileToTake, now: string | undefined, before: string | undefined])[] =
  [
    ['a plain photo', photo({}), undefined, undefined],
    ['an empty file', photo({ sizeBytes: 0 }), 'empty', 'empty'],
    ['200 MB', photo({ sizeBytes: 200_000_000 }), undefined, 'too-large'],
    ['200 MB and a byte', photo({ sizeBytes: 200_000_001 }), 'too-large', 'too-large'],
    ['75 MB and a byte', photo({ sizeBytes: 75_000_001 }), undefined, 'too-large'],
    ['201 megapixels', photo({ width: 20_100, height: 10_000 }), 'too-many-pixels', 'too-many-pixels'],
    ['150 megapixels', photo({ width: 15_000, height: 10_000 }), undefined, 'too-many-pixels'],
    ['255 × 256', photo({ width: 255, height: 256 }), 'too-small', 'too-small'],
    ['256 × 4000', photo({ width: 256, height: 4000 }), 'too-small', 'too-small'],
    ['257 × 257', photo({ width: 257, height: 257 }), undefined, undefined],
    ['no name of a type', photo({ path: '/x/photo' }), 'type', 'type'],
    ['a hidden name that is all type', photo({ path: '/x/.jpg' }), 'type', 'type'],
    ['a drawing', photo({ path: '/x/a.svg' }), 'type', 'type'],
    ['capitals', photo({ path: '/x/A.HEIC' }), undefined, undefined],
    ['a new type', photo({ path: '/x/a.avif' }), undefined, 'type'],
    ['a photo that Android could not look into', photo({ width: 0, height: 0 }), 'broken', 'broken'],
    [
      'a raw photo that Android cannot look into',
      photo({ path: '/x/a.dng', width: 0, height: 0 }),
      undefined,
      undefined,
    ],
    ['one of which no size is known', { kind: 'photo', path: '/x/a.jpg' }, undefined, undefined],
    ['one that is being written', photo({ isPending: true, sizeBytes: 0 }), 'pending', 'pending'],
    ['one in the bin', photo({ isTrashed: true }), 'trashed', 'trashed'],
    ['a small film', video({ width: 100, height: 100 }), undefined, undefined],
    ['a film of 10 GB and a byte', video({ sizeBytes: 10_000_000_001 }), 'may-be-too-large', 'too-large'],
    ['a film of 20 GB and a byte', video({ sizeBytes: 20_000_000_001 }), 'too-large', 'too-large'],
  ];
for (const [name, file, now, before] of ROWS)
  test(`it knows whether Google Photos takes ${name}`, () => {
    equal(whySkipped(file, LIMITS_NOW), now);
    equal(whySkipped(file, LIMITS_BEFORE), before);
  });

test('it expects in the index what all phones put there and Google Photos takes, and nothing else', () => {
  const names = [
    'a.jpg',
    'A.HEIC',
    'a.dng',
    'a.mp4',
    'a.avif',
    'a.jfif',
    'a.jxl',
    'a.jp2',
    'a.svg',
    'a.x3f',
    'a',
  ];
  deepEqual(
    names.filter((name) => isIndexed(`/DCIM/${name}`, LIMITS_NOW)),
    ['a.jpg', 'A.HEIC', 'a.dng', 'a.mp4'],
  );
});

test('it finds nothing wrong with what the older limits let pass, but for types', () => {
  const any = fc.record(
    {
      kind: fc.constantFrom('photo' as const, 'video' as const),
      path: fc.constantFrom('/a.jpg', '/b.mp4', '/c.gif', '/d'),
      sizeBytes: fc.nat({ max: 3e10 }),
      width: fc.nat({ max: 30_000 }),
      height: fc.nat({ max: 30_000 }),
    },
    { requiredKeys: ['kind', 'path'] },
  );
  fc.assert(
    fc.property(any, (file) => {
      const before = whySkipped(file, LIMITS_BEFORE);
      if (before === undefined) equal(whySkipped(file, LIMITS_NOW), undefined);
    }),
  );
});

test('it has a source for every table', () => {
  for (const { source, version } of LIMIT_TABLES)
    ok(source.startsWith('https://') && /^\d{4}-\d\d$/.test(version));
});
