import { toHex } from '@holdfast/kernel';

import { SEAL_OVERHEAD } from '#box/sealer.ts';
import { malformed } from '#failures.ts';
import type { BlobEntry } from './blob-entry.ts';

/** Bytes at a pack's end that say how long its sealed header is. */
export const HEADER_LENGTH_SIZE = 4;

/** Header bytes a blob takes when it is stored as it is. */
export const PLAIN_ENTRY_SIZE = 37;

/** Header bytes a compressed blob takes. */
export const COMPRESSED_ENTRY_SIZE = 41;

/** The longest sealed header restic reads (its `pack.MaxHeaderSize`, without the length field). */
const MAX_SEALED_HEADER_LENGTH = 16 * 1024 * 1024;

/** The most blobs a pack may hold so that its header stays readable however they are stored. */
export const MAX_PACK_BLOBS = Math.floor((MAX_SEALED_HEADER_LENGTH - SEAL_OVERHEAD) / COMPRESSED_ENTRY_SIZE);

const WHAT = 'a pack’s header';
const UINT32_MAX = 0xffff_ffff;
const TREE_BIT = 1;
const COMPRESSED_BIT = 2;

/** The header's plaintext: type, lengths and id of each blob, in the order they lie in the pack ("Pack Format"). */
export function formatPackHeader(entries: readonly BlobEntry[]): Uint8Array {
  const header = new Uint8Array(packHeaderLength(entries));
  const view = new DataView(header.buffer);
  let at = 0;
  for (const { id, type, length, uncompressedLength } of entries) {
    header[at] = (type === 'tree' ? TREE_BIT : 0) | (uncompressedLength === undefined ? 0 : COMPRESSED_BIT);
    view.setUint32(at + 1, length, true);
    at += 5;
    if (uncompressedLength !== undefined) {
      view.setUint32(at, uncompressedLength, true);
      at += 4;
    }
    header.subarray(at, at + 32).setFromHex(id);
    at += 32;
  }
  return header;
}

/** Length of the header's plaintext. */
export function packHeaderLength(entries: Iterable<Pick<BlobEntry, 'uncompressedLength'>>): number {
  let length = 0;
  for (const { uncompressedLength } of entries) {
    length += uncompressedLength === undefined ? PLAIN_ENTRY_SIZE : COMPRESSED_ENTRY_SIZE;
  }
  return length;
}

/** The blobs an opened header lists, with their offsets. Throws `restic-format/malformed`. */
export function parsePackHeader(plaintext: Uint8Array): BlobEntry[] {
  const view = new DataView(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength);
  const entries: BlobEntry[] = [];
  let offset = 0;
  for (let at = 0; at < plaintext.length; ) {
    const flags = view.getUint8(at);
    if (flags > (TREE_BIT | COMPRESSED_BIT))
      throw malformed(WHAT, `it lists a blob of unknown type ${flags}`);
    const isCompressed = (flags & COMPRESSED_BIT) !== 0;
    const size = isCompressed ? COMPRESSED_ENTRY_SIZE : PLAIN_ENTRY_SIZE;
    if (at + size > plaintext.length) throw malformed(WHAT, 'it ends in the middle of an entry');
    const length = view.getUint32(at + 1, true);
    if (length < SEAL_OVERHEAD) throw malformed(WHAT, 'it lists a blob too short to be sealed');
    if (offset + length > UINT32_MAX)
      throw malformed(WHAT, 'its blobs are longer together than a pack can be');
    const id = toHex(plaintext.subarray(at + size - 32, at + size));
    const type = (flags & TREE_BIT) === 0 ? 'data' : 'tree';
    entries.push(
      isCompressed
        ? { id, type, offset, length, uncompressedLength: view.getUint32(at + 5, true) }
        : { id, type, offset, length },
    );
    offset += length;
    at += size;
  }
  return entries;
}

/** The four bytes that end a pack whose sealed header has this length. */
export function formatHeaderLength(sealedHeaderLength: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_LENGTH_SIZE);
  new DataView(bytes.buffer).setUint32(0, sealedHeaderLength, true);
  return bytes;
}

/**
 * The sealed header's length, from a pack's last four bytes.
 *
 * Throws `restic-format/malformed` when it is not from 32 bytes to 16 MiB, or more than `packLength` leaves room for.
 */
export function headerLengthOf(lastBytes: Uint8Array, packLength = Number.POSITIVE_INFINITY): number {
  if (lastBytes.length !== HEADER_LENGTH_SIZE) throw malformed('a pack', 'it is too short to have a header');
  const length = new DataView(lastBytes.buffer, lastBytes.byteOffset, HEADER_LENGTH_SIZE).getUint32(0, true);
  if (length < SEAL_OVERHEAD) throw malformed('a pack', 'its header’s length is too short to be sealed');
  if (length > MAX_SEALED_HEADER_LENGTH) throw malformed('a pack', 'its header’s length is beyond 16 MiB');
  if (length > packLength - HEADER_LENGTH_SIZE)
    throw malformed('a pack', 'its header’s length is beyond the file’s');
  return length;
}
