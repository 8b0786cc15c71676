import type { Pixels } from '../picture.ts';

/** What a decoder thread is sent. */
export interface DecodeRequest {
  /** A HEIF file, or as much of it as `readForItem` gives. */
  readonly bytes: Uint8Array;
  readonly item: number;
  readonly mostPixels: number;
}

/** What it answers: nothing but pixels, or that there are none. */
export type DecodeReply = { readonly kind: 'pixels'; readonly pixels: Pixels } | { readonly kind: 'none' };

type Handle = object;

interface Channel {
  readonly id: unknown;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly data: Uint8Array;
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
  { bytes, item, mostPixels }: DecodeRequest,
): Promise<DecodeReply> {
  const context = heif.heif_context_alloc();
  try {
    const read = heif.heif_context_read_from_memory(context, bytes);
    if (read.code !== heif.heif_error_code.heif_error_Ok) return { kind: 'none' };
    const handle = heif.heif_js_context_get_image_handle(context, item);
    if (handle === undefined || handle.code !== undefined) return { kind: 'none' };
    try {
      const [width, height] = [
        heif.heif_image_handle_get_width(handle),
        heif.heif_image_handle_get_height(handle),
      ];
      if (!(width > 0 && height > 0 && width * height <= mostPixels)) return { kind: 'none' };
      const image = await heif.heif_js_decode_image2(
        handle,
        heif.heif_colorspace.heif_colorspace_RGB,
        heif.heif_chroma.heif_chroma_interleaved_RGBA,
      );
      if (image === undefined || image.code !== undefined) return { kind: 'none' };
      try {
        const channel = image.channels.find(({ id }) => id === heif.heif_channel.heif_channel_interleaved);
        return channel === undefined ? { kind: 'none' } : { kind: 'pixels', pixels: unpadded(channel) };
      } finally {
        heif.heif_image_release(image.image);
      }
    } finally {
      heif.heif_image_handle_release(handle);
    }
  } finally {
    heif.heif_context_free(context);
  }
}

/** Rows without what lies between them, in memory of their own. */
function unpadded({ width, height, stride, data }: Channel): Pixels {
  const row = width * 4;
  if (stride === row) return { rgba: new Uint8Array(data.subarray(0, row * height)), width, height };
  const rgba = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) rgba.set(data.subarray(y * stride, y * stride + row), y * row);
  return { rgba, width, height };
}
