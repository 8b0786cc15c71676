import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Clock, isFailure } from '@holdfast/kernel';
import {
  MEDIA_FAILURES,
  type MediaSource,
  type Picture,
  PictureMaker,
  type PosterProgram,
} from '@holdfast/media';
import { FileCache } from './file-cache.ts';
import { Turns } from './turns.ts';
import { isWholePicture } from './whole.ts';

/** What pictures are made with. */
export interface PicturesOptions {
  /** Where made pictures are kept: a folder of its own, all of which may be removed at any time. */
  readonly folder: string;
  readonly clock: Clock;
  /** Makes pictures of videos; absent: they have none. */
  readonly poster?: PosterProgram | undefined;
  /** All small pictures together. Default 1 GiB: of about 100,000 photos. */
  readonly thumbnailBytes?: number;
  /** All JPEGs of HEICs together. Default 512 MiB. */
  readonly viewBytes?: number;
}

/** Version of how pictures are made: what was made otherwise is not found. */
const VERSION = 1;

const GIB = 1024 * 1024 * 1024;

/** One a core, and of more than three only more memory: the browser that looks at them is often on the same computer, and shows nothing while it waits for a core. */
const MOST_AT_ONCE = Math.min(3, Math.max(2, availableParallelism()));

/** A whole HEIC takes a second, and four bytes a pixel while it does. */
const MOST_VIEWS_AT_ONCE = 1;

/** Stands for "no picture can be made of this". */
const NONE = Buffer.from('none\n');

/** Whether a picture cannot be made, whoever asks again. */
const isHopeless = (error: unknown): boolean =>
  isFailure(error, MEDIA_FAILURES.noPicture) || isFailure(error, MEDIA_FAILURES.tooLarge);

/** A file to make a picture of. */
export interface Original {
  /** Names its content: see `contentIdOf`. */
  readonly contentId: string;
  readonly kind: 'photo' | 'video' | 'other';
  /** Gives it to `use`, which reads it. Called only when there is no picture yet. */
  open<T>(use: (source: MediaSource) => Promise<T>): Promise<T>;
}

/** Does work when it is its turn. */
type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes pictures of files in backups, a few at once, as they are asked for, and keeps them on disk by the content they show. */
export class Pictures implements AsyncDisposable {
  readonly #maker: PictureMaker;
  readonly #hasPoster: boolean;
  readonly #thumbnails: FileCache;
  readonly #views: FileCache;
  readonly #making: Turns;
  readonly #viewing: Turns;

  constructor({ folder, clock, poster, thumbnailBytes = GIB, viewBytes = GIB / 2 }: PicturesOptions) {
    this.#maker = new PictureMaker({ poster, clock });
    this.#hasPoster = poster !== undefined;
    this.#thumbnails = new FileCache({
      folder: join(folder, 'thumbnails'),
      limitBytes: thumbnailBytes,
      clock,
    });
    this.#making = new Turns(MOST_AT_ONCE);
    this.#viewing = new Turns(MOST_VIEWS_AT_ONCE);
    this.#views = new FileCache({ folder: join(folder, 'views'), limitBytes: viewBytes, clock });
  }

  /** A small picture, JPEG or WebP; `undefined` where there can be none. Fails as reading the original does. */
  thumbnail(original: Original, signal: AbortSignal): Promise<Uint8Array | undefined> {
    return this.#thumbnail(original, signal, (work) => this.#making.run(work, signal));
  }

  /** Makes a small picture that nobody has asked for, where there is none yet, once no other picture is being made. Fails as reading the original does. */
  async makeAhead(original: Original, signal: AbortSignal): Promise<void> {
    await this.#thumbnail(original, signal, (work) => this.#making.runAhead(work, signal));
  }

  /** Does other work that nobody waits for, once no small picture is being made. */
  whenFree<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.#making.runAhead(work, signal);
  }

  /** A JPEG of a HEIC, as large as it is; `undefined` where there can be none. Fails as reading the original does. */
  async view(original: Original, signal: AbortSignal): Promise<Uint8Array | undefined> {
    return this.#kept(
      this.#views,
      (work) => this.#viewing.run(work, signal),
      original,
      signal,
      (source) => this.#maker.asJpeg(source, signal),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#maker[Symbol.asyncDispose]();
  }

  async #thumbnail(original: Original, signal: AbortSignal, turn: Turn): Promise<Uint8Array | undefined> {
    if (original.kind === 'video' && !this.#hasPoster) return undefined;
    return this.#kept(this.#thumbnails, turn, original, signal, (source) =>
      this.#maker.thumbnail(source, { signal }),
    );
  }

  async #kept(
    cache: FileCache,
    turn: Turn,
    original: Original,
    signal: AbortSignal,
    make: (source: MediaSource) => Promise<Picture>,
  ): Promise<Uint8Array | undefined> {
    const name = createHash('sha256').update(`${VERSION} ${original.contentId}`).digest('hex');
    const known = knownFrom(await cache.get(name));
    if (known !== undefined) return known.picture;
    return turn(async () => {
      // Somebody else may have asked for the same.
      const made = knownFrom(await cache.get(name));
      if (made !== undefined) return made.picture;
      try {
        const { bytes } = await original.open(make);
        await cache.put(name, bytes);
        return bytes;
      } catch (error) {
        signal.throwIfAborted();
        if (!isHopeless(error)) throw error;
        // Of a video another ffmpeg may make one.
        if (original.kind !== 'video') await cache.put(name, NONE);
        return undefined;
      }
    });
  }
}

/** What is known of a picture by what is kept: that it is this, or that there is none; `undefined` when nothing is. */
function knownFrom(bytes: Uint8Array | undefined): { readonly picture: Uint8Array | undefined } | undefined {
  if (bytes === undefined) return undefined;
  if (NONE.equals(bytes)) return { picture: undefined };
  return isWholePicture(bytes) ? { picture: bytes } : undefined;
}
