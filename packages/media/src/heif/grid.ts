import type { Pixels } from '../picture.ts';
import type { HeifItem, HeifItems } from './heif-items.ts';

/** How a picture is put together of tiles, all of one size, line by line; the last ones may stand out. */
export interface Grid {
  readonly tiles: readonly number[];
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly columns: number;
  /** Before it is turned. */
  readonly width: number;
  readonly height: number;
  /** Quarter turns against the clock. */
  readonly turns: number;
}

/** Pixels as a decoder gives them: four bytes each, a line every `stride` bytes. */
export interface Tile {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly data: Uint8Array;
}

/** The grid that the primary item is; `undefined` where it is none, or more is done to it than turning. */
export function gridOf({ items, parts }: HeifItems, primary: HeifItem): Grid | undefined {
  const { width = 0, height = 0, turns } = primary;
  const tiles = parts.map((id) => items.get(id)).filter((item) => item !== undefined);
  const [{ width: tileWidth = 0, height: tileHeight = 0 } = {}] = tiles;
  if (primary.type !== 'grid' || primary.isShaped || tiles.length !== parts.length) return undefined;
  if (width === 0 || height === 0 || tileWidth === 0 || tileHeight === 0) return undefined;
  const isLike = (tile: HeifItem): boolean =>
    tile.width === tileWidth && tile.height === tileHeight && tile.turns === 0 && !tile.isShaped;
  const columns = Math.ceil(width / tileWidth);
  if (columns * Math.ceil(height / tileHeight) !== parts.length || !tiles.every(isLike)) return undefined;
  return { tiles: parts, tileWidth, tileHeight, columns, width, height, turns };
}

/** How large the picture is when it is turned. */
export function turnedSize({ width, height, turns }: Grid): Pick<Pixels, 'width' | 'height'> {
  return turns % 2 === 1 ? { width: height, height: width } : { width, height };
}

/** Puts the tile with a place, from 0, into the turned picture. */
export function paste(
  { bytes, width: across }: Pixels,
  { width, height, tileWidth, tileHeight, columns, turns }: Grid,
  place: number,
  { stride, data }: Tile,
): void {
  const left = (place % columns) * tileWidth;
  const top = Math.floor(place / columns) * tileHeight;
  const [right, bottom] = [Math.min(width, left + tileWidth), Math.min(height, top + tileHeight)];
  // Where the first pixel goes, and how far it is from there to the next in a line, and in a column.
  const [first, step, down] =
    turns === 0
      ? [0, 1, across]
      : turns === 1
        ? [(width - 1) * across, -across, 1]
        : turns === 2
          ? [height * across - 1, -1, -across]
          : [height - 1, across, -1];
  for (let y = top; y < bottom; y++) {
    let from = (y - top) * stride;
    let to = (first + y * down + left * step) * 3;
    for (let x = left; x < right; x++, from += 4, to += step * 3) {
      bytes[to] = data[from] ?? 0;
      bytes[to + 1] = data[from + 1] ?? 0;
      bytes[to + 2] = data[from + 2] ?? 0;
    }
  }
}
