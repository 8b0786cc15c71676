import { visibleText } from '@holdfast/kernel';

/** When a picture was taken, as it says itself. */
export interface TakenAt {
  /** Who says so: the camera, of the moment itself; or whatever wrote the file, of when it did. */
  readonly by: 'camera' | 'file';
  /** The clock on the wall: `2024-05-06T07:08:09`, with a fraction where there is one. */
  readonly local: string;
  /** How far that clock was ahead of UTC, where it is known. */
  readonly offsetMinutes?: number;
}

/** What is read of EXIF (CIPA DC-008). */
export interface ExifFacts {
  /** 1 to 8; 1 is as it is stored. */
  readonly orientation?: number;
  readonly taken?: TakenAt;
  /** Who made it and what it is called: `Apple iPhone 13`. */
  readonly camera?: string;
  /** As IFD0 of a TIFF says; a camera's JPEG says it elsewhere. */
  readonly width?: number;
  readonly height?: number;
  /** A small JPEG, a part of the bytes given. */
  readonly thumbnail?: Uint8Array;
}

/** Most entries of a directory that are looked at. */
const MOST_ENTRIES = 512;

const TAG = {
  width: 0x0100,
  height: 0x0101,
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  dateTime: 0x0132,
  thumbnailOffset: 0x0201,
  thumbnailLength: 0x0202,
  exif: 0x8769,
  dateTimeOriginal: 0x9003,
  dateTimeDigitized: 0x9004,
  offsetTime: 0x9010,
  offsetTimeOriginal: 0x9011,
  offsetTimeDigitized: 0x9012,
  subSecOriginal: 0x9291,
} as const;

const ASCII = 2;
const SHORT = 3;
const LONG = 4;

/** The values of a directory that are numbers or texts, by tag, and where the next one is. */
interface Directory {
  readonly numbers: ReadonlyMap<number, number>;
  readonly texts: ReadonlyMap<number, string>;
  readonly next: number;
}

/**
 * What a block of EXIF says; `tiff` begins with its byte order (`II` or `MM`). Pointers that lead out of it, and values that make no sense,
 * are as good as absent: never throws.
 */
export function parseExif(tiff: Uint8Array): ExifFacts {
  if (tiff.length < 8) return {};
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return {};
  const isLittle = order === 0x4949;
  if (view.getUint16(2, isLittle) !== 42) return {};
  const main = readDirectory(view, view.getUint32(4, isLittle), isLittle);
  const exif = readDirectory(view, main.numbers.get(TAG.exif) ?? 0, isLittle);
  const small = readDirectory(view, main.next, isLittle);
  const orientation = main.numbers.get(TAG.orientation);
  const taken = takenAt(main, exif);
  const width = main.numbers.get(TAG.width);
  const height = main.numbers.get(TAG.height);
  const thumbnail = thumbnailIn(tiff, small);
  const camera = cameraWords(main.texts.get(TAG.make), main.texts.get(TAG.model));
  return {
    ...(orientation !== undefined && orientation >= 1 && orientation <= 8 && { orientation }),
    ...(taken && { taken }),
    ...(camera !== undefined && { camera }),
    ...(width && height && { width, height }),
    ...(thumbnail && { thumbnail }),
  };
}

function readDirectory(view: DataView, at: number, isLittle: boolean): Directory {
  const numbers = new Map<number, number>();
  const texts = new Map<number, string>();
  if (at < 8 || at + 2 > view.byteLength) return { numbers, texts, next: 0 };
  const count = view.getUint16(at, isLittle);
  for (let entry = 0; entry < Math.min(count, MOST_ENTRIES); entry++) {
    const from = at + 2 + entry * 12;
    if (from + 12 > view.byteLength) return { numbers, texts, next: 0 };
    const tag = view.getUint16(from, isLittle);
    const type = view.getUint16(from + 2, isLittle);
    const length = view.getUint32(from + 4, isLittle);
    if (type === SHORT && length === 1) numbers.set(tag, view.getUint16(from + 8, isLittle));
    else if (type === LONG && length === 1) numbers.set(tag, view.getUint32(from + 8, isLittle));
    else if (type === ASCII && length <= 64) {
      const start = length <= 4 ? from + 8 : view.getUint32(from + 8, isLittle);
      texts.set(tag, asciiAt(view, start, length));
    }
  }
  const end = at + 2 + count * 12;
  return { numbers, texts, next: end + 4 <= view.byteLength ? view.getUint32(end, isLittle) : 0 };
}

function asciiAt(view: DataView, from: number, length: number): string {
  if (from + length > view.byteLength) return '';
  const bytes = new Uint8Array(view.buffer, view.byteOffset + from, length);
  const end = bytes.indexOf(0);
  return String.fromCharCode(...bytes.subarray(0, end < 0 ? length : end));
}

function thumbnailIn(tiff: Uint8Array, { numbers }: Directory): Uint8Array | undefined {
  const offset = numbers.get(TAG.thumbnailOffset) ?? 0;
  const length = numbers.get(TAG.thumbnailLength) ?? 0;
  if (offset === 0 || length < 4 || offset + length > tiff.length) return undefined;
  const bytes = tiff.subarray(offset, offset + length);
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? bytes : undefined;
}

function takenAt(main: Directory, exif: Directory): TakenAt | undefined {
  const { texts } = exif;
  const candidates: readonly (readonly [string | undefined, number, number?])[] = [
    [texts.get(TAG.dateTimeOriginal), TAG.offsetTimeOriginal, TAG.subSecOriginal],
    [texts.get(TAG.dateTimeDigitized), TAG.offsetTimeDigitized],
    [main.texts.get(TAG.dateTime), TAG.offsetTime],
  ];
  for (const [rank, [text, offsetTag, fractionTag]] of candidates.entries()) {
    const local = localTime(text, fractionTag === undefined ? undefined : texts.get(fractionTag));
    if (local === undefined) continue;
    const offsetMinutes = parseOffset(texts.get(offsetTag));
    // The last is when it was last written, which an editor changes.
    const by = rank < 2 ? 'camera' : 'file';
    return { by, local, ...(offsetMinutes !== undefined && { offsetMinutes }) };
  }
  return undefined;
}

/** A maker and its model in words; `undefined` where they say nothing. */
export function cameraWords(make = '', model = ''): string | undefined {
  const [maker, name] = [make, model].map((text) => visibleText(text, 64).trim());
  if (!name) return maker || undefined;
  return !maker || name.toLowerCase().startsWith(maker.toLowerCase()) ? name : `${maker} ${name}`;
}

/** `2024:05:06 07:08:09` as ISO 8601; `undefined` for zeros, blanks and days that no calendar has. */
function localTime(text = '', fraction = ''): string | undefined {
  const found = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second] = found;
  const digits = /^\d{1,6}/.exec(fraction.trim())?.[0];
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}${digits === undefined ? '' : `.${digits}`}`;
  if (Number(year) < 1900) return undefined;
  try {
    Temporal.PlainDateTime.from(local);
    return local;
  } catch {
    return undefined;
  }
}

/** `+02:00` in minutes. */
export function parseOffset(text = ''): number | undefined {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(text.trim());
  if (found === null) return text.trim() === 'Z' ? 0 : undefined;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  if (minutes > 15 * 60) return undefined;
  return found[1] === '-' ? -minutes || 0 : minutes;
}
