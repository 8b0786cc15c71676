import { type ExifFacts, parseExif } from './exif.ts';

/** What the segments before a JPEG's pixels say. */
export interface JpegFacts {
  /** As stored, before it is turned. */
  readonly width?: number;
  readonly height?: number;
  readonly exif?: ExifFacts;
}

const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0] as const;

/** Most segments that are looked at. */
const MOST_SEGMENTS = 1000;

/** Start of frame: C0…CF without DHT (C4), JPG (C8) and DAC (CC). ITU-T T.81, table B.1. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** What a JPEG says of itself in its first bytes, as far as those reach. Never throws. */
export function parseJpeg(head: Uint8Array): JpegFacts {
  let exif: ExifFacts | undefined;
  let at = 2;
  for (let count = 0; count < MOST_SEGMENTS; count++) {
    while (head[at] === 0xff && head[at + 1] === 0xff) at += 1;
    const marker = head[at + 1];
    if (head[at] !== 0xff || marker === undefined || marker === 0xda || at + 4 > head.length) break;
    const length = (head[at + 2] ?? 0) * 256 + (head[at + 3] ?? 0);
    if (length < 2) break;
    const body = head.subarray(at + 4, at + 2 + length);
    if (isFrame(marker) && body.length >= 5) {
      const height = (body[1] ?? 0) * 256 + (body[2] ?? 0);
      const width = (body[3] ?? 0) * 256 + (body[4] ?? 0);
      return { width, height, ...(exif && { exif }) };
    }
    if (marker === 0xe1 && exif === undefined && EXIF.every((byte, place) => body[place] === byte)) {
      exif = parseExif(body.subarray(EXIF.length));
    }
    at += 2 + length;
  }
  return exif === undefined ? {} : { exif };
}
