import type { MediaSource } from '../media-source.ts';
import { boxHeader } from './heif-boxes.ts';
import { type Extent, type HeifItem, type HeifItems, parseHeifItems } from './heif-items.ts';

/** A `meta` box longer than this is none of a photo; a phone's has a few KiB. */
const MOST_META_BYTES = 1024 * 1024;

/** Top-level boxes that are passed on the way to `meta`. */
const MOST_BOXES = 64;

/** A HEIF file's items, and where its `meta` box ends. */
export interface HeifFile extends HeifItems {
  readonly metaEnd: number;
}

/** What a HEIF file says of itself, read from its headers and its `meta` box alone; `undefined` where it has none. */
export async function readHeif(source: MediaSource, signal?: AbortSignal): Promise<HeifFile | undefined> {
  let at = 0;
  for (let count = 0; count < MOST_BOXES; count++) {
    const header = boxHeader(await source.read(at, 16, signal));
    if (header === undefined) return undefined;
    const sizeBytes = header.sizeBytes === 0 ? source.sizeBytes - at : header.sizeBytes;
    if (header.type === 'meta') {
      if (sizeBytes > MOST_META_BYTES) return undefined;
      const items = parseHeifItems(await source.read(at, sizeBytes, signal));
      return items && { ...items, metaEnd: at + sizeBytes };
    }
    at += sizeBytes;
  }
  return undefined;
}

/** An item's bytes; `undefined` where they are not in the file, or more than `limitBytes`. */
export async function readItem(
  source: MediaSource,
  item: HeifItem,
  limitBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  const total = item.extents.reduce((sum, { length }) => sum + length, 0);
  if (total === 0 || total > limitBytes || !areInside(item.extents, source.sizeBytes)) return undefined;
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const { offset, length } of item.extents) {
    bytes.set(await source.read(offset, length, signal), at);
    at += length;
  }
  return bytes;
}

/**
 * As much of a HEIF file as a decoder needs for one item: its beginning up to the end of `meta`, the item's bytes in their place, and zeros
 * for the rest. `undefined` where the file has more than `limitBytes`.
 */
export async function readForItem(
  source: MediaSource,
  file: HeifFile,
  item: HeifItem,
  limitBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  const { extents } = item;
  if (extents.length === 0 || !areInside(extents, source.sizeBytes)) return undefined;
  const total = extents.reduce((sum, { length }) => sum + length, 0);
  if (source.sizeBytes > limitBytes || total > source.sizeBytes || file.metaEnd > source.sizeBytes) {
    return undefined;
  }
  // Its whole length: where another item leads out of the file, the decoder refuses all of it.
  const bytes = new Uint8Array(source.sizeBytes);
  bytes.set(await source.read(0, file.metaEnd, signal));
  for (const { offset, length } of extents) bytes.set(await source.read(offset, length, signal), offset);
  return bytes;
}

function areInside(extents: readonly Extent[], sizeBytes: number): boolean {
  return extents.every(({ offset, length }) => offset + length <= sizeBytes);
}
