import { concatBytes, Failure } from '@holdfast/kernel';

import type { RepositoryVersion } from '#config/config.ts';
import { malformed, RESTIC_FORMAT_FAILURES, tooLarge } from '#failures.ts';
import { compress, decompressUpTo } from './zstd.ts';

/** First byte of a compressed document (restic's design document, “Unpacked Data Format”). */
const COMPRESSED = 2;
const OBJECT = 0x7b; // {
const ARRAY = 0x5b; // [

/** What is sealed of an index, snapshot or lock file: its JSON, compressed in version 2. `config` is sealed as it is. */
export function encodeUnpacked(version: RepositoryVersion, json: Uint8Array): Uint8Array {
  return version === 1 ? json : concatBytes([Uint8Array.of(COMPRESSED), compress(json)]);
}

/**
 * The JSON of an opened index, snapshot or lock file of either version.
 *
 * Throws `restic-format/too-large` above `limitBytes`, having held no more than that, `restic-format/unsupported` for an
 * encoding of a later day, and `restic-format/malformed`.
 */
export function decodeUnpacked(bytes: Uint8Array, limitBytes: number): Uint8Array {
  switch (bytes[0]) {
    case COMPRESSED:
      return decompressUpTo(bytes.subarray(1), limitBytes);
    case OBJECT:
    case ARRAY:
      if (bytes.length > limitBytes)
        throw tooLarge('a file', `more than ${limitBytes} bytes`, { limitBytes });
      return bytes;
    case undefined:
      throw malformed('a file', 'it is empty');
    default:
      throw new Failure(
        RESTIC_FORMAT_FAILURES.unsupported,
        'a file is encoded in a way this version does not know',
        {
          hint: 'Update Holdfast, then try again.',
          details: { encoding: bytes[0] ?? 0 },
        },
      );
  }
}
