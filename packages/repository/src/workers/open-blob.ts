import { isFailure } from '@holdfast/kernel';
import { type BlobEntry, decompress, idOf, SEAL_OVERHEAD, type Sealer } from '@holdfast/restic-format';

/** A blob opened, or what is wrong with it. */
export type OpenedBlob =
  | { readonly kind: 'opened'; readonly plaintext: Uint8Array }
  /** The box was changed, or sealed with another key. */
  | { readonly kind: 'unauthentic' }
  /** It opens, but what is in it does not decompress or is not what its id says. */
  | { readonly kind: 'wrong-content' };

/** Opens a sealed blob, decompresses it where its entry says so, and compares it with its id. */
export function openBlob(sealer: Sealer, entry: BlobEntry, sealed: Uint8Array): OpenedBlob {
  const content = sealer.tryOpen(sealed);
  if (content === undefined) return { kind: 'unauthentic' };
  const plaintext =
    entry.uncompressedLength === undefined ? content : expanded(content, entry.uncompressedLength);
  if (plaintext === undefined || idOf(plaintext) !== entry.id) return { kind: 'wrong-content' };
  return { kind: 'opened', plaintext };
}

/** What opened blobs are put into, one after the other: fresh memory for each costs as much as opening it. */
let scratch = new Uint8Array(0);

/**
 * Opens a sealed blob and decompresses it, but does not compare it with its id: for bytes that are hashed later anyway.
 * They are good until the next call.
 *
 * For what is stored as it is, the tag is not looked at either: the hash that is to come covers every byte of it. What is
 * compressed is authenticated first, so that a decoder is only given what we, or restic, have sealed.
 */
export function openUnproved(
  sealer: Sealer,
  { length, uncompressedLength }: BlobEntry,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const contentLength = length - SEAL_OVERHEAD;
  if (sealed.length !== length || contentLength < 0) return undefined;
  if (scratch.length < contentLength) scratch = new Uint8Array(contentLength + (contentLength >> 1));
  const content = scratch.subarray(0, contentLength);
  if (uncompressedLength === undefined) {
    sealer.decryptInto(sealed, scratch);
    return content;
  }
  return sealer.tryOpenInto(sealed, scratch) ? expanded(content, uncompressedLength) : undefined;
}

function expanded(content: Uint8Array, length: number): Uint8Array | undefined {
  try {
    return decompress(content, length);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}
