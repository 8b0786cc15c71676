import type { MediaSource } from '../media-source.ts';
import { movieTime } from '../video/movie-header.ts';
import { openVideo } from '../video/open-video.ts';
import { cameraWords, parseOffset, type TakenAt } from './exif.ts';

/** What a video says of itself. */
export interface VideoFacts {
  readonly width?: number;
  readonly height?: number;
  readonly seconds?: number;
  readonly taken?: TakenAt;
  readonly camera?: string;
}

/** No phone made videos before; and no video is longer than a year. */
const EARLIEST_YEAR = 1990;
const LATEST_YEAR = 2036;
const MOST_SECONDS = 366 * 24 * 60 * 60;

/** What a video's tables say, turned as it is shown. What makes no sense is left out; fails as `source` does. */
export async function videoFacts(source: MediaSource, signal?: AbortSignal): Promise<VideoFacts> {
  const input = openVideo(source, signal);
  try {
    const track = await input.getPrimaryVideoTrack();
    const seconds = await input.computeDuration();
    const tags = await input.getMetadataTags();
    const width = await track?.getDisplayWidth();
    const height = await track?.getDisplayHeight();
    const apple = (name: string): unknown => tags.raw?.[`com.apple.quicktime.${name}`];
    const camera = cameraWords(textOf(apple('make')), textOf(apple('model')));
    const taken = appleTime(apple('creationdate')) ?? utcTime(await movieTime(source, signal));
    return {
      ...(width && height && { width, height }),
      ...(seconds > 0 && seconds <= MOST_SECONDS && { seconds }),
      ...(taken && { taken }),
      ...(camera !== undefined && { camera }),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Error && error.name === 'Failure') throw error;
    return {};
  } finally {
    input.dispose();
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 64) : '');

/** `2024-05-06T07:08:09+0300`: the clock on the wall, and how far it was ahead. */
function appleTime(value: unknown): TakenAt | undefined {
  if (typeof value !== 'string') return undefined;
  const found = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})([+-]\d{2}:?\d{2}|Z)$/.exec(value.trim());
  if (found === null) return undefined;
  const [, local = '', offset] = found;
  const offsetMinutes = parseOffset(offset);
  if (Number(local.slice(0, 4)) < EARLIEST_YEAR) return undefined;
  return { by: 'camera', local, ...(offsetMinutes !== undefined && { offsetMinutes }) };
}

/** The time in the header is UTC by the format's book; 2^32 seconds after 1904, and before phones, is nonsense. */
function utcTime(time: number | undefined): TakenAt | undefined {
  if (time === undefined || time < Date.UTC(EARLIEST_YEAR) || time > Date.UTC(LATEST_YEAR)) return undefined;
  return { by: 'file', local: new Date(time).toISOString().slice(0, 19), offsetMinutes: 0 };
}
