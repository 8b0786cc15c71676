import sharp, { type Sharp } from 'sharp';
import { noPicture, tooLarge } from '../made-failures.ts';
import type { Picture, Pixels } from '../picture.ts';
import { colourHandling } from './colours.ts';
import { withJpegProfile } from './jpeg-profile.ts';

// One thread a picture, and more pictures at once: faster for many, and no picture holds memory after it is done.
sharp.concurrency(1);
sharp.cache(false);

/** Most pixels of a picture that is decoded line by line: phones make 200 million. */
const MOST_PIXELS = 268_000_000;

/** Most pixels of one that a decoder holds whole: 256 MB of memory. */
const MOST_PIXELS_HELD = 64_000_000;

/** A decoder that takes longer is stopped. */
const MOST_SECONDS = 20;

/** Where a small picture is written: smaller than JPEG at the same price, with transparency. */
const WEBP = { quality: 76, effort: 2 } as const;

/** Of what has the right orientation already. */
interface ShrinkOptions {
  /** In pixels; a smaller picture stays as it is. */
  readonly longerSide: number;
  /** EXIF's, 1 to 8, in place of what the bytes say. */
  readonly orientation?: number;
}

/**
 * A small picture of a JPEG, PNG, WebP, GIF, AVIF or TIFF, upright, in WebP. Of a cut-off file it shows what is there.
 *
 * Fails with `media/no-picture` and `media/too-large`.
 */
export async function shrink(
  bytes: Uint8Array,
  { longerSide, orientation }: ShrinkOptions,
): Promise<Picture> {
  try {
    const facts = await sharp(bytes, { failOn: 'none' }).metadata();
    const isByLine = facts.format === 'jpeg' && facts.isProgressive !== true;
    if (facts.width * facts.height > (isByLine ? MOST_PIXELS : MOST_PIXELS_HELD)) throw tooLarge();
    // A camera's raw file passes for a TIFF, and gives a speck.
    if (facts.format === 'tiff' && bytes.length > facts.width * facts.height * 16 + 65_536) throw noPicture();
    const colours = colourHandling(facts.icc, facts.space);
    const input = sharp(bytes, {
      failOn: 'none',
      limitInputPixels: MOST_PIXELS,
      // Or a JPEG with many faults is none. What it may cost is limited by its size and the time.
      unlimited: facts.format === 'jpeg',
      sequentialRead: true,
      ignoreIcc: colours === 'ignore',
    }).timeout({ seconds: MOST_SECONDS });
    const upright = orientation === undefined ? input.autoOrient() : turned(input, orientation);
    const small = upright.resize({
      width: longerSide,
      height: longerSide,
      fit: 'inside',
      withoutEnlargement: true,
    });
    const { data, info } = await (colours === 'keep' ? small.keepIccProfile() : small)
      .webp(WEBP)
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, mediaType: 'image/webp', width: info.width, height: info.height };
  } catch (error) {
    throw asFailure(error);
  }
}

/** How pixels become a JPEG. */
interface JpegOptions {
  /** Their colour profile (ICC), which goes with them as it is. */
  readonly profile?: Uint8Array | undefined;
  /** Quarter turns against the clock that are still to be done. */
  readonly turns?: number;
  /** In pixels; absent: as large as it is. */
  readonly longerSide?: number;
}

/** A JPEG of decoded pixels, with the profile they were made for. The pixels are gone afterwards: they are most of the memory it takes. */
export async function encodeJpeg(
  { bytes: pixels, channels, width, height }: Pixels,
  { profile, turns = 0, longerSide }: JpegOptions = {},
): Promise<Picture> {
  try {
    const input = sharp(pixels, { raw: { width, height, channels }, limitInputPixels: MOST_PIXELS_HELD });
    const upright = turns === 0 ? input : input.rotate(360 - turns * 90);
    const sized =
      longerSide === undefined
        ? upright
        : upright.resize({ width: longerSide, height: longerSide, fit: 'inside', withoutEnlargement: true });
    const { data, info } = await sized
      .flatten({ background: '#ffffff' })
      .timeout({ seconds: MOST_SECONDS })
      .jpeg({ quality: longerSide === undefined ? 88 : 80, optimiseCoding: false })
      .toBuffer({ resolveWithObject: true });
    const bytes = profile === undefined ? data : withJpegProfile(data, profile);
    return { bytes, mediaType: 'image/jpeg', width: info.width, height: info.height };
  } catch (error) {
    throw asFailure(error);
  } finally {
    (pixels.buffer as ArrayBuffer).transfer(0);
  }
}

function turned(input: Sharp, orientation: number): Sharp {
  // EXIF's eight: mirrored or not, then turned with the clock.
  const isMirrored = [2, 4, 5, 7].includes(orientation);
  const degrees = [0, 0, 0, 180, 180, 270, 90, 90, 270][orientation] ?? 0;
  return (isMirrored ? input.flop() : input).rotate(degrees);
}

function asFailure(error: unknown): Error {
  return error instanceof Error && error.name === 'Failure' ? error : noPicture(error);
}
