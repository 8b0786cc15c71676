import { Cursor } from '../heif/heif-boxes.ts';
import { type ExifFacts, parseExif } from './exif.ts';

/** What the head of a PNG, GIF or WebP says. */
export interface StillFacts {
  readonly width?: number;
  readonly height?: number;
  readonly exif?: ExifFacts;
}

/** Most chunks that are looked at. */
const MOST_CHUNKS = 200;

/** What a PNG says of itself in its first bytes: `IHDR`, and `eXIf` where it comes early. Never throws. */
export function parsePng(head: Uint8Array): StillFacts {
  const cursor = new Cursor(head, 16);
  const [width, height] = [cursor.number(4), cursor.number(4)];
  if (cursor.isPast || width === 0 || height === 0) return {};
  let at = 8;
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const chunk = new Cursor(head, at);
    const length = chunk.number(4);
    const type = chunk.word();
    if (chunk.isPast || type === 'IDAT') break;
    if (type === 'eXIf') return { width, height, exif: parseExif(head.subarray(at + 8, at + 8 + length)) };
    at += 12 + length;
  }
  return { width, height };
}

/** What a GIF says of itself. Never throws. */
export function parseGif(head: Uint8Array): StillFacts {
  if (head.length < 10) return {};
  const [width, height] = [littleAt(head, 6, 2), littleAt(head, 8, 2)];
  return width > 0 && height > 0 ? { width, height } : {};
}

/** What a WebP says of itself: its first chunk (RFC 9649, 2.5 to 2.7). Never throws. */
export function parseWebp(head: Uint8Array): StillFacts {
  if (head.length < 30) return {};
  const type = Buffer.from(head.subarray(12, 16)).toString('latin1');
  if (type === 'VP8X') return { width: littleAt(head, 24, 3) + 1, height: littleAt(head, 27, 3) + 1 };
  if (type === 'VP8 ') {
    return { width: littleAt(head, 26, 2) & 0x3fff, height: littleAt(head, 28, 2) & 0x3fff };
  }
  if (type !== 'VP8L') return {};
  const bits = littleAt(head, 21, 4);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

function littleAt(bytes: Uint8Array, at: number, length: number): number {
  let number = 0;
  for (let place = length - 1; place >= 0; place--) number = number * 256 + (bytes[at + place] ?? 0);
  return number;
}
