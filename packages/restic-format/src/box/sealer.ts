import {
  type Cipheriv,
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type Decipheriv,
  type KeyObject,
} from 'node:crypto';

import { Failure } from '@holdfast/kernel';
import sodium from 'sodium-native';

import { RESTIC_FORMAT_FAILURES } from '#failures.ts';
import { type BoxKey, isUsableKey } from './box-key.ts';

/** Bytes a box is longer than what is in it: nonce in front, tag behind. */
export const SEAL_OVERHEAD = 32;

/** Length of a nonce: random, never used twice with one key, not all zeros. */
export const NONCE_LENGTH = 16;

const TAG_LENGTH = 16;

/**
 * Seals bytes into boxes and opens them: AES-256 in counter mode, authenticated by Poly1305-AES, laid out
 * nonce ‖ ciphertext ‖ tag (restic's design document, “Keys, Encryption and MAC”).
 *
 * Keeps one cipher open between calls, so it is for one thread at a time; nothing else is remembered.
 */
export class Sealer {
  readonly #encrypt: KeyObject;
  readonly #padCipher: Cipheriv;
  /** r, then the pad of the nonce at hand: libsodium's key for one message. It masks r itself. */
  readonly #oneTimeKey = new Uint8Array(32);

  constructor(key: BoxKey) {
    if (!isUsableKey(key)) throw new Failure(RESTIC_FORMAT_FAILURES.malformed, 'this key cannot seal');
    this.#encrypt = createSecretKey(key.encrypt);
    // A single block a call and no padding: the cipher carries nothing over from one nonce to the next.
    this.#padCipher = createCipheriv('aes-128-ecb', key.k, null).setAutoPadding(false);
    this.#oneTimeKey.set(key.r);
  }

  /** The sealed box, newly allocated. */
  seal(plaintext: Uint8Array, nonce: Uint8Array): Uint8Array {
    const sealed = new Uint8Array(plaintext.length + SEAL_OVERHEAD);
    this.sealInto(plaintext, nonce, sealed, 0);
    return sealed;
  }

  /** Writes the box into `target` at `offset` and gives its length. `target` must not overlap `plaintext`. */
  sealInto(plaintext: Uint8Array, nonce: Uint8Array, target: Uint8Array, offset: number): number {
    refuseBadNonce(nonce);
    const length = plaintext.length + SEAL_OVERHEAD;
    if (offset < 0 || offset + length > target.length) {
      throw new RangeError('the box does not fit into its target');
    }
    const tagAt = offset + NONCE_LENGTH + plaintext.length;
    target.set(nonce, offset);
    apply(createCipheriv('aes-256-ctr', this.#encrypt, nonce), plaintext, target, offset + NONCE_LENGTH);
    this.#setPad(nonce);
    sodium.crypto_onetimeauth(
      target.subarray(tagAt, tagAt + TAG_LENGTH),
      target.subarray(offset + NONCE_LENGTH, tagAt),
      this.#oneTimeKey,
    );
    return length;
  }

  /** What is in the box, newly allocated. Throws `restic-format/unauthentic` unless this very key sealed it. */
  open(sealed: Uint8Array): Uint8Array {
    const plaintext = this.tryOpen(sealed);
    if (plaintext === undefined) {
      throw new Failure(
        RESTIC_FORMAT_FAILURES.unauthentic,
        'a sealed box was changed, or sealed with another key',
        {
          hint: 'Run `holdfast check --read-data` to find what is damaged.',
          details: { length: sealed.length },
        },
      );
    }
    return plaintext;
  }

  /** What is in the box, or `undefined` where `open` would throw. */
  tryOpen(sealed: Uint8Array): Uint8Array | undefined {
    const plaintext = new Uint8Array(Math.max(0, sealed.length - SEAL_OVERHEAD));
    return this.tryOpenInto(sealed, plaintext) ? plaintext : undefined;
  }

  /**
   * Writes what is in the box to the beginning of `target`, which must have room for it and not overlap it. False, and
   * nothing written, where `open` would throw.
   */
  tryOpenInto(sealed: Uint8Array, target: Uint8Array): boolean {
    if (sealed.length < SEAL_OVERHEAD) return false;
    if (target.length < sealed.length - SEAL_OVERHEAD) {
      throw new RangeError('what is in the box does not fit into its target');
    }
    const tagAt = sealed.length - TAG_LENGTH;
    const ciphertext = sealed.subarray(NONCE_LENGTH, tagAt);
    this.#setPad(sealed.subarray(0, NONCE_LENGTH));
    if (!sodium.crypto_onetimeauth_verify(sealed.subarray(tagAt), ciphertext, this.#oneTimeKey)) return false;
    this.decryptInto(sealed, target);
    return true;
  }

  /**
   * As `tryOpenInto`, but the tag is not looked at: anybody may have changed what is written. Only for a blob's content that is
   * compared with its id before anything relies on it, which proves as much.
   */
  decryptInto(sealed: Uint8Array, target: Uint8Array): void {
    const nonce = sealed.subarray(0, NONCE_LENGTH);
    const ciphertext = sealed.subarray(NONCE_LENGTH, sealed.length - TAG_LENGTH);
    apply(createDecipheriv('aes-256-ctr', this.#encrypt, nonce), ciphertext, target, 0);
  }

  #setPad(nonce: Uint8Array): void {
    this.#oneTimeKey.set(this.#padCipher.update(nonce), 16);
  }
}

/**
 * A cipher's call allocates what it gives. Pieces of this size come from the heap again and again; a megabyte at once may be
 * fresh pages each time (glibc maps blocks from 128 KiB on), which cost as much as the cipher itself.
 */
const PIECE_LENGTH = 120 * 1024;

function apply(cipher: Cipheriv | Decipheriv, input: Uint8Array, target: Uint8Array, offset: number): void {
  for (let at = 0; at < input.length; at += PIECE_LENGTH) {
    const piece = cipher.update(input.subarray(at, at + PIECE_LENGTH));
    target.set(piece, offset + at);
    // Given back at once: as garbage it would make V8 collect, and the next piece would be in other memory.
    if (piece.length === piece.buffer.byteLength) piece.buffer.transfer(0);
  }
}

/** A wrong nonce is a bug of the caller; all zeros is what a broken random source would give, and restic refuses it. */
function refuseBadNonce(nonce: Uint8Array): void {
  if (nonce.length !== NONCE_LENGTH) throw new RangeError('a nonce has 16 bytes');
  for (let i = 0; i < NONCE_LENGTH; i++) if (nonce[i] !== 0) return;
  throw new RangeError('a nonce of zeros is no random nonce');
}
