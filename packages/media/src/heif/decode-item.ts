import type { Pixels } from '../picture.ts';
import { type Grid, paste, type Tile, turnedSize } from './grid.ts';

/** What a decoder thread is sent. */
export interface DecodeRequest {
  /** A HEIF file, or as much of it as `readForItem` gives. */
  readonly bytes: Uint8Array;
  readonly item: number;
  /** Where the item is put together of these: then they are decoded one after the other, and no more than one is in memory twice. */
  readonly grid?: Grid | undefined;
  readonly mostPixels: number;
}

/** What it answers: nothing but pixels, or that there are none. */
export type DecodeReply = { readonly kind: 'pixels'; readonly pixels: Pixels } | { readonly kind: 'none' };

type Handle = object;

interface Channel extends Tile {
  readonly id: unknown;
}

interface Decoded {
  readonly code?: unknown;
  readonly image: Handle;
  readonly channels: readonly Channel[];
}

/** What is used of libheif's bindings; what failed has a `code`. */
export interface Libheif {
  heif_context_alloc(): Handle;
  heif_context_free(context: Handle): void;
  heif_context_read_from_memory(context: Handle, bytes: Uint8Array): { readonly code: unknown };
  heif_js_context_get_image_handle(
    context: Handle,
    item: number,
  ): (Handle & { readonly code?: unknown }) | undefined;
  heif_image_handle_get_width(handle: Handle): number;
  heif_image_handle_get_height(handle: Handle): number;
  heif_image_handle_release(handle: Handle): void;
  heif_image_release(image: Handle): void;
  heif_js_decode_image2(
    handle: Handle,
    space: unknown,
    chroma: unknown,
  ): Promise<Decoded | undefined> | Decoded | undefined;
  readonly heif_error_code: { readonly heif_error_Ok: unknown };
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
  readonly heif_chroma: { readonly heif_chroma_interleaved_RGBA: unknown };
  readonly heif_channel: { readonly heif_channel_interleaved: unknown };
}

/** The pixels of an item, turned as the file says. Throws whatever the decoder throws. */
export async function decodeItem(
  heif: Libheif,
  { bytes, item, grid, mostPixels }: DecodeRequest,
): Promise<DecodeReply> {
  const context = heif.heif_context_alloc();
  try {
    const read = heif.heif_context_read_from_memory(context, bytes);
    if (read.code !== heif.heif_error_code.heif_error_Ok) return { kind: 'none' };
    if (grid === undefined) return (await decode(heif, context, item, mostPixels, unpadded)) ?? NONE;
    return (await decodeTiles(heif, context, grid, mostPixels)) ?? NONE;
  } finally {
    heif.heif_context_free(context);
  }
}

const NONE: DecodeReply = { kind: 'none' };

async function decodeTiles(
  heif: Libheif,
  context: Handle,
  grid: Grid,
  mostPixels: number,
): Promise<DecodeReply | undefined> {
  const { width, height } = turnedSize(grid);
  if (width * height > mostPixels) return undefined;
  const pixels: Pixels = { bytes: new Uint8Array(width * height * 3), channels: 3, width, height };
  for (const [place, tile] of grid.tiles.entries()) {
    const isThere = await decode(heif, context, tile, grid.tileWidth * grid.tileHeight, (channel) => {
      if (channel.width !== grid.tileWidth || channel.height !== grid.tileHeight) return undefined;
      paste(pixels, grid, place, channel);
      return true;
    });
    if (isThere !== true) return undefined;
  }
  return { kind: 'pixels', pixels };
}

/** What `use` makes of an item's pixels, which are gone afterwards; `undefined` where there are none. */
async function decode<T>(
  heif: Libheif,
  context: Handle,
  item: number,
  mostPixels: number,
  use: (pixels: Tile) => T,
): Promise<T | undefined> {
  const handle = heif.heif_js_context_get_image_handle(context, item);
  if (handle === undefined || handle.code !== undefined) return undefined;
  try {
    const [width, height] = [
      heif.heif_image_handle_get_width(handle),
      heif.heif_image_handle_get_height(handle),
    ];
    if (!(width > 0 && height > 0 && width * height <= mostPixels)) return undefined;
    const image = await heif.heif_js_decode_image2(
      handle,
      heif.heif_colorspace.heif_colorspace_RGB,
      heif.heif_chroma.heif_chroma_interleaved_RGBA,
    );
    if (image === undefined || image.code !== undefined) return undefined;
    try {
      const channel = image.channels.find(({ id }) => id === heif.heif_channel.heif_channel_interleaved);
      return channel && use(channel);
    } finally {
      heif.heif_image_release(image.image);
    }
  } finally {
    heif.heif_image_handle_release(handle);
  }
}

/** Rows without what lies between them, in memory of their own. */
function unpadded({ width, height, stride, data }: Tile): DecodeReply {
  const row = width * 4;
  const bytes = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) bytes.set(data.subarray(y * stride, y * stride + row), y * row);
  return { kind: 'pixels', pixels: { bytes, channels: 4, width, height } };
}
