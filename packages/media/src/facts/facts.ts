import { type Clock, systemClock } from '@holdfast/kernel';
import { readHeif, readItem } from '../heif/read-heif.ts';
import { formatOf, kindOf, type MediaFormat } from '../media-format.ts';
import type { MediaSource } from '../media-source.ts';
import { askVideo } from '../video/ask-video.ts';
import { type ExifFacts, parseExif, type TakenAt } from './exif.ts';
import { parseJpeg } from './jpeg-facts.ts';
import { parseGif, parsePng, parseWebp, type StillFacts } from './still-facts.ts';

/** What a photo or video says of itself. */
export interface MediaFacts {
  readonly format: MediaFormat;
  /** As it is shown, turned upright. */
  readonly width?: number;
  readonly height?: number;
  /** Of a video. */
  readonly seconds?: number;
  /** None is before there were photos, or to come. */
  readonly taken?: TakenAt;
  /** What it was taken with: `Apple iPhone 13`. */
  readonly camera?: string;
}

/** How long it may take. */
interface FactsOptions {
  /** Default: the machine's. */
  readonly clock?: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** So much of a still's beginning is read: EXIF is one segment of up to 64 KiB, and comes early. */
const HEAD_BYTES = 128 * 1024;

const DAY_MS = 86_400_000;

/** Most of EXIF in a HEIC. */
const MOST_EXIF_BYTES = 1024 * 1024;

/**
 * What a photo or video says of itself, by a look at its beginning and at the places that says; `undefined` for any other file. What makes no
 * sense is left out. Fails as `source` does, and with `media/no-picture` for a video that cannot be gone through.
 * Whatever it is, it takes little memory and ten seconds at most.
 */
export async function factsOf(
  source: MediaSource,
  { clock = systemClock, signal }: FactsOptions = {},
): Promise<MediaFacts | undefined> {
  const facts = await allFacts(source, clock, signal);
  const { taken, ...rest } = facts ?? {};
  if (facts === undefined || taken === undefined || !isToCome(taken, clock)) return facts;
  return { format: facts.format, ...rest };
}

/** A clock that was never set may be ahead, and then it says nothing; a day's difference is a matter of zones. */
function isToCome({ local }: TakenAt, clock: Clock): boolean {
  return Date.parse(`${local}Z`) > clock.now().epochMilliseconds + DAY_MS;
}

async function allFacts(
  source: MediaSource,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<MediaFacts | undefined> {
  const head = await source.read(0, HEAD_BYTES, signal);
  const format = formatOf(head);
  if (format === undefined) return undefined;
  if (kindOf(format) === 'video') return { format, ...(await askVideo('facts', source, clock, signal)) };
  if (format === 'heic' || format === 'avif') return { format, ...(await heifFacts(source, signal)) };
  return { format, ...upright(stillFacts(format, head)) };
}

function stillFacts(format: MediaFormat, head: Uint8Array): StillFacts {
  if (format === 'jpeg') return parseJpeg(head);
  if (format === 'png') return parsePng(head);
  if (format === 'gif') return parseGif(head);
  if (format === 'webp') return parseWebp(head);
  if (format !== 'tiff') return {};
  const exif = parseExif(head);
  const { width, height } = exif;
  return { ...(width !== undefined && height !== undefined && { width, height }), exif };
}

function upright({ width, height, exif = {} }: StillFacts): Omit<MediaFacts, 'format'> {
  const { orientation = 1, taken, camera } = exif;
  const isTurned = orientation >= 5;
  return {
    ...(width && height && (isTurned ? { width: height, height: width } : { width, height })),
    ...(taken && { taken }),
    ...(camera !== undefined && { camera }),
  };
}

/** EXIF's orientation does not count there: the file itself says how it is turned. */
async function heifFacts(
  source: MediaSource,
  signal: AbortSignal | undefined,
): Promise<Omit<MediaFacts, 'format'>> {
  const file = await readHeif(source, signal);
  const primary = file?.items.get(file.primary);
  if (file === undefined || primary === undefined) return {};
  const { width, height, turns } = primary;
  const described = file.describing.map((id) => file.items.get(id)).find((item) => item?.type === 'Exif');
  const block = described && (await readItem(source, described, MOST_EXIF_BYTES, signal));
  const { taken, camera } = block === undefined ? {} : exifOf(block);
  return {
    ...(width && height && (turns % 2 === 1 ? { width: height, height: width } : { width, height })),
    ...(taken && { taken }),
    ...(camera !== undefined && { camera }),
  };
}

/** Four bytes say where in the block the EXIF begins (ISO/IEC 23008-12, annex A). */
function exifOf(block: Uint8Array): ExifFacts {
  if (block.length < 4) return {};
  const from = new DataView(block.buffer, block.byteOffset, block.length).getUint32(0) + 4;
  return parseExif(block.subarray(from));
}
