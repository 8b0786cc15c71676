/** A picture made of a file. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** Pixels of a decoded picture, line by line. */
export interface Pixels {
  readonly bytes: Uint8Array;
  /** Bytes a pixel has: red, green, blue, and opacity where there are four. */
  readonly channels: 3 | 4;
  readonly width: number;
  readonly height: number;
}
