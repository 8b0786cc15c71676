import { parseJpeg } from '../facts/jpeg-facts.ts';
import { tooLarge } from '../made-failures.ts';
import type { MediaSource } from '../media-source.ts';
import type { Picture } from '../picture.ts';
import { shrink } from './shrink.ts';

/** Most of a file that is read. */
const MOST_BYTES = 64 * 1024 * 1024;

/** EXIF is one segment, of up to 64 KiB, and comes early. */
const HEAD_BYTES = 128 * 1024;

/** The sides of a small picture may differ so much from those of the whole, in parts of it: they are rounded. */
const SAME_SHAPE = 0.02;

interface StillOptions {
  readonly longerSide: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A small picture of a JPEG: made of the one in its EXIF, where that is as large as asked and has the shape of the whole. Fails with
 * `media/no-picture` and `media/too-large`.
 */
export async function jpegPicture(
  source: MediaSource,
  { longerSide, signal }: StillOptions,
): Promise<Picture> {
  const { width = 0, height = 0, exif = {} } = parseJpeg(await source.read(0, HEAD_BYTES, signal));
  if (exif.thumbnail !== undefined) {
    const small = parseJpeg(exif.thumbnail);
    const [smallWidth, smallHeight] = [small.width ?? 0, small.height ?? 0];
    const isLarge = Math.max(smallWidth, smallHeight) >= longerSide;
    const isSameShape = Math.abs((smallWidth * height) / (smallHeight * width) - 1) <= SAME_SHAPE;
    if (isLarge && isSameShape) {
      try {
        return await shrink(exif.thumbnail, { longerSide, orientation: exif.orientation ?? 1 });
      } catch {
        // It is damaged; the whole picture may not be.
      }
    }
  }
  return stillPicture(source, { longerSide, signal });
}

/** A small picture of any still that `shrink` can show. Fails with `media/no-picture` and `media/too-large`. */
export async function stillPicture(
  source: MediaSource,
  { longerSide, signal }: StillOptions,
): Promise<Picture> {
  if (source.sizeBytes > MOST_BYTES) throw tooLarge();
  const bytes = await source.read(0, source.sizeBytes, signal);
  signal?.throwIfAborted();
  return shrink(bytes, { longerSide });
}
