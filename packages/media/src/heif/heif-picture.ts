import { noPicture, tooLarge } from '../made-failures.ts';
import type { MediaSource } from '../media-source.ts';
import type { Picture } from '../picture.ts';
import { encodeJpeg } from '../still/shrink.ts';
import { gridOf } from './grid.ts';
import { type HeifDecoder, MOST_HEIF_PIXELS } from './heif-decoder.ts';
import type { HeifItem, HeifItems } from './heif-items.ts';
import { readForItem, readHeif } from './read-heif.ts';

/** Most of a file that is read: a photo of 50 megapixels has 15 MB. */
const MOST_BYTES = 64 * 1024 * 1024;

/** An embedded picture may be this much smaller than what is asked for. */
const SMALL_ENOUGH = 0.8;

/** The sides of a small picture may differ so much from those of the whole, in parts of it: they are rounded. */
const SAME_SHAPE = 0.02;

interface HeifPictureOptions {
  /** In pixels; absent: as large as it is. */
  readonly longerSide?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A JPEG of a HEIC, upright, with its colour profile. A small one is made of the small picture in the file, where that is large enough, and
 * then little of the file is read. Fails with `media/no-picture` and `media/too-large`.
 */
export async function heifPicture(
  source: MediaSource,
  decoder: HeifDecoder,
  { longerSide, signal }: HeifPictureOptions,
): Promise<Picture> {
  const file = await readHeif(source, signal);
  const primary = file?.items.get(file.primary);
  if (file === undefined || primary === undefined) throw noPicture();
  const small = longerSide === undefined ? undefined : smallOf(file, primary, longerSide);
  const bytes = small && (await readForItem(source, file, small, MOST_BYTES, signal));
  const options = { profile: primary.profile, ...(longerSide !== undefined && { longerSide }) };
  if (small !== undefined && bytes !== undefined) {
    const pixels = await decoder.decode({ bytes, item: small.id }, signal);
    return encodeJpeg(pixels, { ...options, turns: (primary.turns - small.turns) & 3 });
  }
  if (source.sizeBytes > MOST_BYTES || (primary.width ?? 0) * (primary.height ?? 0) > MOST_HEIF_PIXELS) {
    throw tooLarge();
  }
  const whole = await source.read(0, source.sizeBytes, signal);
  const request = { bytes: whole, item: primary.id, grid: gridOf(file, primary) };
  return encodeJpeg(await decoder.decode(request, signal), options);
}

/** The smallest picture of the whole that is large enough and has its shape. */
function smallOf(file: HeifItems, primary: HeifItem, longerSide: number): HeifItem | undefined {
  const shape = (primary.width ?? 0) / (primary.height ?? 1);
  return file.thumbnails
    .map((id) => file.items.get(id))
    .filter((item) => item !== undefined)
    .filter(({ width = 0, height = 0 }) => Math.max(width, height) >= longerSide * SMALL_ENOUGH)
    .filter(({ width = 0, height = 1 }) => Math.abs(width / height / shape - 1) <= SAME_SHAPE)
    .toSorted((a, b) => (a.width ?? 0) - (b.width ?? 0))[0];
}
