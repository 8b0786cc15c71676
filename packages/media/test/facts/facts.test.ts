import { deepEqual, equal, rejects } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { isFailure } from '@holdfast/kernel';
import { factsOf, formatOf, kindOf, MEDIA_FAILURES, sourceOf } from '@holdfast/media';
import { fakeClock } from '@holdfast/testkit';
import fc from 'fast-check';
import sharp from 'sharp';
import { cameraWords, parseExif } from '#facts/exif.ts';
import { parseJpeg } from '#facts/jpeg-facts.ts';
import { parseHeifItems } from '#heif/heif-items.ts';
import { exifBlock, withExif } from '../../test-setup/exif-block.ts';
import { heifFile, hevcPicture } from '../../test-setup/heif-file.ts';

const still = (): ReturnType<typeof sharp> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#336699' } });
const video = readFileSync(new URL('../../test-setup/fixtures/video.mp4', import.meta.url));
const TIME = '2024:05:06 07:08:09';

suite('factsOf', () => {
  test('it gives the size as it is shown, time and camera of a JPEG', async () => {
    const jpeg = withExif(
      await still().jpeg().toBuffer(),
      exifBlock(6, { time: TIME, offset: '+02:00', camera: ['Fruit', 'Fruit Pear 3'] }),
    );
    deepEqual(await factsOf(sourceOf(jpeg)), {
      format: 'jpeg',
      width: 40,
      height: 60,
      taken: { by: 'camera', local: '2024-05-06T07:08:09', offsetMinutes: 120 },
      camera: 'Fruit Pear 3',
    });
  });

  for (const format of ['png', 'webp', 'gif', 'tiff', 'avif'] as const) {
    test(`it gives the size of a ${format}`, async () => {
      const facts = await factsOf(sourceOf(await still().toFormat(format).toBuffer()));
      deepEqual([facts?.format, facts?.width, facts?.height], [format, 60, 40]);
    });
  }

  test('it gives the size of WebPs of all three kinds', async () => {
    const lossless = await still().webp({ lossless: true }).toBuffer();
    const extended = await still().ensureAlpha(0.5).webp().toBuffer();
    for (const bytes of [lossless, extended]) {
      const facts = await factsOf(sourceOf(bytes));
      deepEqual([facts?.width, facts?.height], [60, 40]);
    }
  });

  test('it gives the size of a HEIC as it is shown, and the time of its EXIF, whose turn does not count', async () => {
    const exif = exifBlock(6, { time: TIME, offset: '-05:30' });
    const file = heifFile({ primary: hevcPicture('256x192'), turns: 1, exif });
    deepEqual(await factsOf(sourceOf(file)), {
      format: 'heic',
      width: 192,
      height: 256,
      taken: { by: 'camera', local: '2024-05-06T07:08:09', offsetMinutes: -330 },
    });
  });

  test('it gives the size, length and time of a video', async () => {
    const facts = await factsOf(sourceOf(video));
    deepEqual(facts, {
      format: 'mp4',
      width: 320,
      height: 180,
      seconds: 1.5,
      taken: { by: 'file', local: '2024-05-06T07:08:09', offsetMinutes: 0 },
    });
  });

  test('it passes over a time that is still to come', async () => {
    const jpeg = withExif(await still().jpeg().toBuffer(), exifBlock(1, { time: TIME }));
    const on = (day: string) => fakeClock(Temporal.Instant.from(`${day}T00:00:00Z`));
    equal((await factsOf(sourceOf(jpeg), { clock: on('2024-05-01') }))?.taken, undefined);
    equal((await factsOf(sourceOf(jpeg), { clock: on('2024-05-06') }))?.taken?.by, 'camera');
  });

  test('it knows nothing of other files', async () => {
    equal(await factsOf(sourceOf(Buffer.from('hello'))), undefined);
  });
});

suite('parseExif', () => {
  const times: readonly (readonly [string, string | undefined])[] = [
    ['2024:05:06 07:08:09', '2024-05-06T07:08:09'],
    ['0000:00:00 00:00:00', undefined],
    ['2024:13:06 07:08:09', undefined],
    ['2024:02:30 07:08:09', undefined],
    ['    :  :     :  :  ', undefined],
    ['<script>', undefined],
  ];
  for (const [text, local] of times) {
    test(`it takes the time "${text}" for ${local ?? 'none'}`, () => {
      equal(parseExif(exifBlock(1, { time: text })).taken?.local, local);
    });
  }

  test('it passes over a zone and a turn that cannot be', () => {
    deepEqual(parseExif(exifBlock(9, { time: TIME, offset: '+99:00' })), {
      taken: { by: 'camera', local: '2024-05-06T07:08:09' },
    });
  });

  test('it tells when a photo was taken from when its file was written', () => {
    const written = '2025:01:02 03:04:05';
    equal(parseExif(exifBlock(1, { time: TIME, written })).taken?.by, 'camera');
    deepEqual(parseExif(exifBlock(1, { written })).taken, { by: 'file', local: '2025-01-02T03:04:05' });
  });

  const cameras: readonly (readonly [make: string, model: string, words: string | undefined])[] = [
    ['Google', 'Pixel 8', 'Google Pixel 8'],
    ['samsung', 'Samsung S24', 'Samsung S24'],
    ['HMD Global', '', 'HMD Global'],
    [' ', ' ', undefined],
    ['a\u0007', 'b', 'a\\x07 b'],
  ];
  for (const [make, model, words] of cameras)
    test(`it calls the camera ${JSON.stringify([make, model])} ${words ?? 'nothing'}`, () => {
      equal(cameraWords(make, model), words);
    });

  test('it ends on directories that point at themselves', () => {
    const block = exifBlock(3);
    block.writeUInt32LE(8, 8 + 2 + 12 + 8);
    equal(parseExif(block).orientation, 3);
  });
});

suite('parsers of hostile bytes', () => {
  const whole = [
    withExif(Buffer.from('ffd8ffc0000b080028003c01011100ffda', 'hex'), exifBlock(6, { time: TIME })),
    heifFile({ primary: hevcPicture('64x48'), thumbnail: hevcPicture('64x48'), exif: exifBlock(1) }),
    video,
  ];
  /** A whole file, some bytes of which are others, cut somewhere. */
  const broken = fc
    .tuple(
      fc.constantFrom(...whole),
      fc.array(fc.tuple(fc.nat(3000), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
      fc.nat(12_000),
    )
    .map(([bytes, changes, length]) => {
      const copy = Buffer.from(bytes);
      for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
      return copy.subarray(0, length);
    });

  test('they never throw', () => {
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        parseJpeg(bytes);
        parseExif(bytes);
        parseHeifItems(bytes.subarray(bytes.length > 24 ? 24 : 0));
      }),
      { numRuns: 500 },
    );
  });

  test('they give facts that make sense, or none', async () => {
    const stills = broken.filter((bytes) => kindOf(formatOf(bytes) ?? 'jpeg') === 'photo');
    await fc.assert(
      fc.asyncProperty(stills, async (bytes) => {
        const facts = await factsOf(sourceOf(bytes));
        for (const number of [facts?.width, facts?.height]) {
          equal(number === undefined || (Number.isFinite(number) && number > 0), true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a video whose tables say they have billions of rows is given up, and nothing waits for it', async () => {
    const hostile = Buffer.from(video);
    for (const [at, byte] of [
      [1115, 73],
      [96, 153],
      [1751, 214],
      [782, 187],
    ] as const)
      hostile[at] = byte;
    const clock = fakeClock();
    const asked = factsOf(sourceOf(hostile), { clock });
    await clock.whenSleeping(1);
    clock.advance(Temporal.Duration.from({ seconds: 11 }));
    await rejects(asked, (error) => isFailure(error, MEDIA_FAILURES.noPicture));
  });
});
