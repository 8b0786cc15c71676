import sharp from 'sharp';

/** What a made-up photo is like. */
export interface PhotoOptions {
  readonly width: number;
  readonly height: number;
  /** Soft shapes from side to side. Default 63. */
  readonly shapes?: number;
  /** How far neighbouring pixels differ, 1 to 255. Default 34. */
  readonly grain?: number;
  /** Of the JPEG. Default 90. */
  readonly quality?: number;
}

/** A JPEG like a phone's: soft shapes, fine grain, an sRGB profile; of 12 megapixels it has about 4 MB. */
export async function photo(
  seed: number,
  { width, height, shapes: across = 63, grain: most = 34, quality = 90 }: PhotoOptions,
): Promise<Uint8Array> {
  const small = { width: across, height: Math.ceil((across * 3) / 4), channels: 3 } as const;
  const shapes = await sharp(noise(small.width * small.height * 3, seed, 255), { raw: small })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .raw()
    .toBuffer();
  const grain = noise(shapes.length, seed + 1, most);
  for (let at = 0; at < shapes.length; at++)
    shapes[at] = Math.min(255, (shapes[at] ?? 0) * 0.9 + (grain[at] ?? 0));
  return sharp(shapes, { raw: { width, height, channels: 3 } })
    .withIccProfile('srgb')
    .jpeg({ quality })
    .toBuffer();
}

/** Numbers from 0 to below `most`, the same for the same seed. */
function noise(length: number, seed: number, most: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed | 1;
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = (state >>> 0) % most;
  }
  return bytes;
}

/** The same photo with a comment in it, so that its content is another. */
export function withComment(jpeg: Uint8Array, comment: string): Uint8Array {
  const text = Buffer.from(comment, 'latin1');
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 255]);
  return Buffer.concat([head, text, jpeg.subarray(2)]);
}
