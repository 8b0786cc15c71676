/** A file that is read in places: what is in a backup need not be read whole for a look at it. */
export interface MediaSource {
  readonly sizeBytes: number;
  /** Bytes from `from` on: `length` of them, fewer only where the file ends. */
  read(from: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** A source of bytes in memory, which are not copied. */
export function sourceOf(bytes: Uint8Array): MediaSource {
  return {
    sizeBytes: bytes.length,
    read: (from, length) => Promise.resolve(bytes.subarray(from, from + length)),
  };
}

/** The same source, which refuses, by throwing what `refuse` gives, to give more than `limitBytes` in all. */
export function limited(source: MediaSource, limitBytes: number, refuse: () => Error): MediaSource {
  let left = limitBytes;
  return {
    sizeBytes: source.sizeBytes,
    read(from, length, signal) {
      left -= Math.max(0, Math.min(length, source.sizeBytes - from));
      if (left < 0) return Promise.reject(refuse());
      return source.read(from, length, signal);
    },
  };
}
