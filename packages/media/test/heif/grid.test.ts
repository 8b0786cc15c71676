import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fakeClock } from '@holdfast/testkit';
import sharp from 'sharp';
import { type Grid, gridOf, paste, turnedSize } from '#heif/grid.ts';
import { HeifDecoder } from '#heif/heif-decoder.ts';
import type { HeifItem, HeifItems } from '#heif/heif-items.ts';
import { heifFile, hevcPicture } from '../../test-setup/heif-file.ts';

const item = (id: number, about: Partial<HeifItem>): HeifItem => ({
  id,
  type: 'hvc1',
  extents: [],
  width: 4,
  height: 2,
  turns: 0,
  isShaped: false,
  profile: undefined,
  ...about,
});
const items = (primary: Partial<HeifItem>, tile: Partial<HeifItem> = {}): HeifItems => ({
  primary: 9,
  items: new Map([
    [9, item(9, { type: 'grid', width: 7, height: 4, ...primary })],
    ...[1, 2, 3, 4].map((id) => [id, item(id, id === 4 ? tile : {})] as const),
  ]),
  parts: [1, 2, 3, 4],
  thumbnails: [],
  describing: [],
});
const gridIn = (file: HeifItems): Grid | undefined => gridOf(file, file.items.get(9) ?? item(9, {}));

suite('gridOf', () => {
  test('it tells how a picture is put together of tiles', () => {
    const { tiles, columns, tileWidth, tileHeight } = gridIn(items({ turns: 1 })) ?? {};
    deepEqual([tiles, columns, tileWidth, tileHeight], [[1, 2, 3, 4], 2, 4, 2]);
  });

  const others: readonly (readonly [string, HeifItems])[] = [
    ['no grid', items({ type: 'hvc1' })],
    ['cut besides', items({ isShaped: true })],
    ['of more tiles than it names', items({ width: 9 })],
    ['of no size', items({ width: 0 })],
    ['of tiles of two sizes', items({}, { width: 3 })],
    ['of tiles that are turned', items({}, { turns: 1 })],
    ['of tiles that are not there', { ...items({}), parts: [1, 2, 3, 7] }],
  ];
  for (const [name, file] of others)
    test(`it leaves one to the decoder that is ${name}`, () => {
      equal(gridIn(file), undefined);
    });
});

suite('paste', () => {
  for (const turns of [0, 1, 2, 3])
    test(`it puts tiles where they belong in a picture turned ${turns} times`, async () => {
      const grid = { ...(gridIn(items({})) as Grid), turns };
      const whole = Uint8Array.from({ length: 7 * 4 * 3 }, (_, at) => at);
      const made = { bytes: new Uint8Array(whole.length), channels: 3 as const, ...turnedSize(grid) };
      for (const place of [0, 1, 2, 3]) {
        const [left, top] = [(place % 2) * 4, place < 2 ? 0 : 2];
        // A line is longer than its pixels, and the last tile longer than the picture.
        const data = new Uint8Array(2 * 20);
        for (let y = 0; y < 2; y++)
          for (let x = 0; x < Math.min(4, 7 - left); x++)
            data.set(whole.subarray(((top + y) * 7 + left + x) * 3).subarray(0, 3), y * 20 + x * 4);
        paste(made, grid, place, { width: 4, height: 2, stride: 20, data });
      }
      const raw = { width: 7, height: 4, channels: 3 } as const;
      const turned = await sharp(whole, { raw })
        .rotate((360 - turns * 90) % 360)
        .raw()
        .toBuffer();
      deepEqual(Buffer.from(made.bytes), turned);
    });

  test('it makes of tiles what they are', async () => {
    await using decoder = new HeifDecoder(fakeClock());
    const picture = hevcPicture('64x48');
    const bytes = heifFile({ primary: picture, thumbnail: picture });
    const grid = {
      tiles: [1, 2],
      tileWidth: 64,
      tileHeight: 48,
      columns: 2,
      width: 128,
      height: 48,
      turns: 0,
    };
    const { bytes: one } = await decoder.decode({ bytes, item: 1 });
    const both = await decoder.decode({ bytes, item: 1, grid });
    deepEqual([both.width, both.height, both.channels], [128, 48, 3]);
    const middle = (24 * 64 + 32) * 4;
    const expected = one.subarray(middle, middle + 3);
    for (const x of [32, 96]) deepEqual(both.bytes.subarray((24 * 128 + x) * 3).subarray(0, 3), expected);
  });
});
