import { boxHeader, Cursor, findBox } from '../heif/heif-boxes.ts';
import type { MediaSource } from '../media-source.ts';

/** Top-level boxes that are passed on the way to `moov`. */
const MOST_BOXES = 64;

/** The header comes first in `moov`. */
const HEAD_BYTES = 512;

/** Seconds from 1904 to 1970. */
const EPOCH_1904 = 2_082_844_800;

/** Milliseconds since 1970 at which an MP4 or MOV says it was made (`mvhd`); `undefined` where it says none. */
export async function movieTime(source: MediaSource, signal?: AbortSignal): Promise<number | undefined> {
  let at = 0;
  for (let count = 0; count < MOST_BOXES; count++) {
    const header = boxHeader(await source.read(at, 16, signal));
    if (header === undefined || header.sizeBytes === 0) return undefined;
    if (header.type !== 'moov') {
      at += header.sizeBytes;
      continue;
    }
    const moov = await source.read(at + header.headerBytes, HEAD_BYTES, signal);
    const box = findBox(moov, 'mvhd', 0, moov.length);
    if (box === undefined) return undefined;
    const cursor = new Cursor(moov, box.from, box.to);
    const seconds = cursor.number(cursor.number(4) >>> 24 === 1 ? 8 : 4);
    return cursor.isPast || seconds === 0 ? undefined : (seconds - EPOCH_1904) * 1000;
  }
  return undefined;
}
