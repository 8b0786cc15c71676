/** What a photo or video says of itself, as far as somebody read it. */
export interface FileFacts {
  /** As it is shown, in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Of a video. */
  readonly seconds?: number;
  readonly camera?: string;
  readonly taken?: ToldTime;
}

/** When it was taken, as it says itself. */
export interface ToldTime {
  /** The camera, of the moment; or the file, of when it was written. */
  readonly by: 'camera' | 'file';
  /** The clock on the wall, `2024-05-06T07:08:09`. */
  readonly local: string;
  /** How far that clock was ahead of UTC, where it is known. */
  readonly offsetMinutes?: number;
}
