import { type Clock, systemClock } from '@holdfast/kernel';
import { HeifDecoder } from './heif/heif-decoder.ts';
import { heifPicture } from './heif/heif-picture.ts';
import { noPicture } from './made-failures.ts';
import { formatOf, HEAD_BYTES, kindOf } from './media-format.ts';
import type { MediaSource } from './media-source.ts';
import type { Picture } from './picture.ts';
import { shrink } from './still/shrink.ts';
import { jpegPicture, stillPicture } from './still/still-picture.ts';
import { type PosterProgram, posterOf } from './video/poster.ts';

/** How long the longer side of a small picture is at most, in pixels. */
const LONGER_SIDE = 250;

/** What making pictures needs besides files. */
interface PictureMakerOptions {
  /** Makes pictures of videos; absent: there are none. */
  readonly poster?: PosterProgram | undefined;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** What is wanted of a picture. */
interface ThumbnailOptions {
  /** In pixels; a smaller picture stays as it is. Default 250. */
  readonly longerSide?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Makes pictures of files, whatever is in them. Holds a thread while it decodes HEIC, and no memory when idle. */
export class PictureMaker implements AsyncDisposable {
  readonly #heif: HeifDecoder;
  readonly #poster: PosterProgram | undefined;

  constructor({ poster, clock = systemClock }: PictureMakerOptions = {}) {
    this.#heif = new HeifDecoder(clock);
    this.#poster = poster;
  }

  /**
   * A small picture of a photo, or of the beginning of a video, upright. At most 64 MiB of a photo are read.
   *
   * Fails with `media/no-picture` and `media/too-large`, and as `source` does.
   */
  async thumbnail(
    source: MediaSource,
    { longerSide = LONGER_SIDE, signal }: ThumbnailOptions = {},
  ): Promise<Picture> {
    const format = formatOf(await source.read(0, HEAD_BYTES, signal));
    if (format === undefined || kindOf(format) === 'audio') throw noPicture();
    if (format === 'heic') return heifPicture(source, this.#heif, { longerSide, signal });
    if (format === 'jpeg') return jpegPicture(source, { longerSide, signal });
    if (kindOf(format) === 'photo') return stillPicture(source, { longerSide, signal });
    if (this.#poster === undefined) throw noPicture();
    const { bytes, orientation } = await posterOf(source, format, this.#poster, signal);
    return shrink(bytes, { longerSide, orientation });
  }

  /** A JPEG of a HEIC, as large as it is, upright, with its colour profile. Fails as `thumbnail` does. */
  asJpeg(source: MediaSource, signal?: AbortSignal): Promise<Picture> {
    return heifPicture(source, this.#heif, { signal });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#heif[Symbol.asyncDispose]();
  }
}
