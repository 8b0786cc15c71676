import { ALL_FORMATS, CustomSource, Input, Logging, LogLevel } from 'mediabunny';
import { tooLarge } from '../made-failures.ts';
import { limited, type MediaSource } from '../media-source.ts';

// It tells the console of every coding it does not know.
Logging.level = LogLevel.Silent;

/** Most of a video that is read for its facts and its first frame: the table of a long one has some megabytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Kept of what was read. */
const CACHE_BYTES = 4 * 1024 * 1024;

/** A video opened for a look at it, to be disposed of. Of the source at most 64 MiB are read: then it fails with `media/too-large`. */
export function openVideo(source: MediaSource, signal?: AbortSignal): Input {
  const bounded = limited(source, MOST_BYTES, tooLarge);
  return new Input({
    formats: ALL_FORMATS,
    source: new CustomSource({
      getSize: () => bounded.sizeBytes,
      read: (from, to) => bounded.read(from, to - from, signal),
      maxCacheSize: CACHE_BYTES,
      prefetchProfile: 'none',
    }),
  });
}
