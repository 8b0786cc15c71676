import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { MEDIA_FAILURES, PictureMaker, sourceOf } from '@holdfast/media';
import sharp from 'sharp';
import { exifBlock, withExif } from '../test-setup/exif-block.ts';
import { heifFile, hevcPicture } from '../test-setup/heif-file.ts';

/** Red above left, green above right, blue below left, white below right. */
function corners(width: number, height: number): ReturnType<typeof sharp> {
  const part = { width: Math.ceil(width / 2), height: Math.ceil(height / 2), channels: 3 } as const;
  const at = (background: string, left: number, top: number) => ({
    input: { create: { ...part, background } },
    left,
    top,
  });
  const [right, below] = [Math.floor(width / 2), Math.floor(height / 2)];
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } }).composite([
    at('#ff0000', 0, 0),
    at('#00ff00', right, 0),
    at('#0000ff', 0, below),
  ]);
}

/** The colours of a picture's corners, in words, from above left with the clock. */
async function cornersOf(bytes: Uint8Array): Promise<string> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const name = (x: number, y: number): string => {
    const at = (y * info.width + x) * info.channels;
    const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]].map(Number);
    if (red > 128 && green > 128) return 'white';
    return red > 128 ? 'red' : green > 128 ? 'green' : blue > 128 ? 'blue' : 'black';
  };
  const [right, below] = [info.width - 6, info.height - 6];
  return [name(5, 5), name(right, 5), name(right, below), name(5, below)].join(' ');
}

const UPRIGHT = 'red green white blue';

suite('PictureMaker.thumbnail', () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const) {
    test(`it shrinks a ${format} to 250 pixels`, async () => {
      await using maker = new PictureMaker();
      const bytes = await corners(800, 600).toFormat(format).toBuffer();
      const picture = await maker.thumbnail(sourceOf(bytes));
      deepEqual([picture.mediaType, picture.width, picture.height], ['image/webp', 250, 188]);
      equal(await cornersOf(picture.bytes), UPRIGHT);
    });
  }

  test('it leaves a smaller picture as large as it is', async () => {
    await using maker = new PictureMaker();
    const picture = await maker.thumbnail(sourceOf(await corners(40, 30).png().toBuffer()));
    deepEqual([picture.width, picture.height], [40, 30]);
  });

  for (let orientation = 1; orientation <= 8; orientation++) {
    test(`it turns what EXIF says is turned (${orientation}), from the small picture in EXIF too`, async () => {
      await using maker = new PictureMaker();
      const stored = async (width: number, height: number): Promise<Buffer> => {
        const isTurned = orientation >= 5;
        const upright = await corners(isTurned ? height : width, isTurned ? width : height)
          .png()
          .toBuffer();
        return asStored(sharp(upright), orientation).jpeg({ quality: 95 }).toBuffer();
      };
      const whole = await stored(640, 480);
      const expected = orientation >= 5 ? [188, 250] : [250, 188];
      const plain = await maker.thumbnail(sourceOf(withExif(whole, exifBlock(orientation))));
      deepEqual([plain.width, plain.height, await cornersOf(plain.bytes)], [...expected, UPRIGHT]);
      const block = exifBlock(orientation, { thumbnail: await stored(320, 240) });
      const small = await maker.thumbnail(sourceOf(withExif(whole, block)));
      deepEqual([small.width, small.height, await cornersOf(small.bytes)], [...expected, UPRIGHT]);
    });
  }

  test('it takes the small picture in EXIF only where that is large enough and has the shape', async () => {
    await using maker = new PictureMaker();
    const red = (width: number, height: number): Promise<Buffer> =>
      sharp({ create: { width, height, channels: 3, background: '#ff0000' } })
        .jpeg()
        .toBuffer();
    const whole = await corners(640, 480).jpeg().toBuffer();
    const rows: readonly (readonly [number, number, string])[] = [
      [320, 240, 'red red red red'],
      [160, 120, UPRIGHT],
      [320, 180, UPRIGHT],
    ];
    for (const [width, height, seen] of rows) {
      const bytes = withExif(whole, exifBlock(1, { thumbnail: await red(width, height) }));
      equal(await cornersOf((await maker.thumbnail(sourceOf(bytes))).bytes), seen);
    }
  });

  test('it keeps a profile that is not sRGB, and drops one that is', async () => {
    await using maker = new PictureMaker();
    const iccOf = async (profile: string): Promise<number | undefined> => {
      const bytes = await corners(640, 480).withIccProfile(profile).jpeg().toBuffer();
      return (await sharp((await maker.thumbnail(sourceOf(bytes))).bytes).metadata()).icc?.length;
    };
    ok(Number(await iccOf('p3')) > 100);
    equal(await iccOf('srgb'), undefined);
  });

  test('it shows what is there of a JPEG that is cut off', async () => {
    await using maker = new PictureMaker();
    const bytes = await corners(800, 600).jpeg().toBuffer();
    const picture = await maker.thumbnail(sourceOf(bytes.subarray(0, bytes.length / 2)));
    match(await cornersOf(picture.bytes), /^red green /);
  });

  test('it makes none of what is no picture, or is sound', async () => {
    await using maker = new PictureMaker();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    for (const text of ['', 'hello', svg, 'ID3\x04', '\xff\xd8\xff\xe0', '\x89PNG\r\n\x1a\n', 'GIF89a']) {
      await rejects(maker.thumbnail(sourceOf(Buffer.from(text, 'latin1'))), isNoPicture);
    }
  });

  test('it refuses a picture whose pixels would fill the memory', async () => {
    await using maker = new PictureMaker();
    const png = Buffer.from(await corners(8, 8).png().toBuffer());
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    await rejects(maker.thumbnail(sourceOf(png)), (error) => isFailure(error));
  });

  test('it makes none of a video without a program for that', async () => {
    await using maker = new PictureMaker();
    const video = readFileSync(new URL('../test-setup/fixtures/video.mp4', import.meta.url));
    await rejects(maker.thumbnail(sourceOf(video)), isNoPicture);
  });
});

suite('PictureMaker with HEIC', () => {
  const [primary, thumbnail] = [hevcPicture('256x192'), hevcPicture('64x48')];
  const profile = Buffer.alloc(300, 'P3 ');

  test('it makes a JPEG as large as the picture, with its profile', async () => {
    await using maker = new PictureMaker();
    const picture = await maker.asJpeg(sourceOf(heifFile({ primary, profile })));
    deepEqual([picture.mediaType, picture.width, picture.height], ['image/jpeg', 256, 192]);
    ok(Buffer.from(picture.bytes).includes(Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01'), profile])));
  });

  test('it turns as the file says, once', async () => {
    await using maker = new PictureMaker();
    const file = heifFile({ primary, turns: 3, exif: exifBlock(6) });
    const picture = await maker.asJpeg(sourceOf(file));
    deepEqual([picture.width, picture.height], [192, 256]);
  });

  test('it makes a small picture of the small one in the file, and reads little else', async () => {
    await using maker = new PictureMaker();
    const file = heifFile({ primary: { ...primary, bytes: Buffer.alloc(500_000) }, thumbnail });
    let readBytes = 0;
    const inner = sourceOf(file);
    const source = {
      sizeBytes: file.length,
      read(from: number, length: number) {
        readBytes += Math.min(length, file.length - from);
        return inner.read(from, length);
      },
    };
    const picture = await maker.thumbnail(source, { longerSide: 64 });
    deepEqual([picture.width, picture.height], [64, 48]);
    ok(readBytes < 20_000, `${readBytes} bytes were read`);
  });

  test('it makes a small picture of the whole where there is no small one', async () => {
    await using maker = new PictureMaker();
    const picture = await maker.thumbnail(sourceOf(heifFile({ primary })), { longerSide: 128 });
    deepEqual([picture.width, picture.height], [128, 96]);
  });

  test('it makes none of a damaged one, and the next all the same', async () => {
    await using maker = new PictureMaker();
    const damaged = heifFile({ primary: { ...primary, bytes: Buffer.alloc(300, 7) } });
    await rejects(maker.asJpeg(sourceOf(damaged)), isNoPicture);
    await rejects(maker.asJpeg(sourceOf(damaged.subarray(0, 200))), isNoPicture);
    equal((await maker.asJpeg(sourceOf(heifFile({ primary })))).width, 256);
  });

  test('it gives up when the asker goes, and makes the next', async () => {
    await using maker = new PictureMaker();
    const leaving = new AbortController();
    const made = maker.asJpeg(sourceOf(heifFile({ primary })), leaving.signal);
    leaving.abort(new Error('gone'));
    await rejects(made, /gone/);
    equal((await maker.asJpeg(sourceOf(heifFile({ primary })))).width, 256);
  });

  test('it refuses when it is closed', async () => {
    const maker = new PictureMaker();
    await maker[Symbol.asyncDispose]();
    const refused = maker.asJpeg(sourceOf(heifFile({ primary })));
    await rejects(refused, (error) => isFailure(error, MEDIA_FAILURES.closed));
  });
});

const isNoPicture = (error: unknown): boolean => isFailure(error, MEDIA_FAILURES.noPicture);

/** A picture as a camera stores it that held it in that way: what EXIF's orientation undoes. */
function asStored(upright: ReturnType<typeof sharp>, orientation: number): ReturnType<typeof sharp> {
  const undone = [0, 0, 0, 180, 180, 270, 270, 90, 90][orientation] ?? 0;
  const turned = undone === 0 ? upright : upright.rotate(undone);
  return [2, 4, 5, 7].includes(orientation) ? turned.flop() : turned;
}
