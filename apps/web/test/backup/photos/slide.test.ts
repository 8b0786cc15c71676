import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { MediaEntry } from '@holdfast/contract/api';
import { type Sizes, slideOf } from '#backup/photos/slide.ts';

const PHOTO: MediaEntry = {
  entry: 7,
  kind: 'photo',
  name: 'IMG_1.jpg',
  path: 'files/internal/DCIM/IMG_1.jpg',
  taken: '2024-06-12T23:59:59+02:00',
  sizeBytes: 3_000_000,
  width: 4000,
  height: 3000,
};

const { width: _, height: __, ...unmeasured } = PHOTO;

const DIMENSIONS: readonly (readonly [
  name: string,
  media: MediaEntry,
  seen: Sizes,
  dimensions: readonly [number, number],
])[] = [
  ['those that its file says', PHOTO, new Map(), [4000, 3000]],
  ['those in which it was seen', PHOTO, new Map([[7, { width: 3000, height: 4000 }]]), [3000, 4000]],
  ['a square of a size that will do, where nobody knows them', unmeasured, new Map(), [1600, 1600]],
];

suite('a slide of the full view', () => {
  for (const [name, media, seen, dimensions] of DIMENSIONS)
    test(`it gives a photo ${name}`, () => {
      const { width, height, src } = slideOf('abc', media, seen);
      assert.deepEqual([width, height], dimensions);
      assert.match(src ?? '', /abc.*7/);
    });

  test('it leaves a video to be played', () => {
    const { type, src } = slideOf('abc', { ...PHOTO, kind: 'video' }, new Map());
    assert.deepEqual([type, src], ['video', undefined]);
  });
});
