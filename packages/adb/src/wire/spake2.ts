import { createHash } from 'node:crypto';
import { concatBytes } from '@holdfast/kernel';
import { ed25519 } from '@noble/curves/ed25519.js';
import { protocolViolation } from '#failures.ts';
import { viewOf } from './little-endian.ts';

/** Which end of a pairing one is: the computer is the client, the phone the server. */
export type PairingRole = 'client' | 'server';

/** One end of an exchange that is under way. */
export interface Spake2 {
  /** 32 bytes for the other side. */
  readonly message: Uint8Array;
  /**
   * 64 bytes that the other side has too if, and only if, it started from the same password, from the message it sent.
   * Throws `adb/protocol` when that is no message.
   */
  finish(theirs: Uint8Array): Uint8Array;
}

const { Point } = ed25519;
type CurvePoint = ReturnType<typeof Point.fromBytes>;

const ORDER = Point.Fn.ORDER;

/** How AOSP's pairing names the ends, the NUL of C included (`pairing_auth.cpp`). */
const NAMES: Readonly<Record<PairingRole, string>> = {
  client: 'adb pair client\0',
  server: 'adb pair server\0',
};

/** Which of the two masks an end puts on its message. */
const MASK_OF: Readonly<Record<PairingRole, 'M' | 'N'>> = { client: 'M', server: 'N' };

/**
 * SPAKE2 on edwards25519, as BoringSSL does it (`crypto/curve25519/spake25519.c`), which is older than RFC 9382 and differs
 * from it.
 *
 * `secret` are 64 random bytes, for one exchange only.
 */
export function startSpake2(role: PairingRole, password: Uint8Array, secret: Uint8Array): Spake2 {
  // Never zero, which the group's multiplication refuses.
  const scalar = (littleEndianNumber(secret) % (ORDER - 1n)) + 1n;
  const passwordHash = sha512(password);
  const mask = (name: 'M' | 'N'): CurvePoint => maskPoint(name).multiply(eighthOf(passwordHash));
  const message = Point.BASE.multiply((scalar * 8n) % ORDER)
    .add(mask(MASK_OF[role]))
    .toBytes();
  return {
    message,
    finish(theirs) {
      const other: PairingRole = role === 'client' ? 'server' : 'client';
      const unmasked = pointOf(theirs).subtract(mask(MASK_OF[other])).clearCofactor();
      if (unmasked.is0()) throw protocolViolation('a pairing message without a secret in it');
      const shared = unmasked.multiply(scalar).toBytes();
      const [first, second] = role === 'client' ? [message, theirs] : [theirs, message];
      const encoder = new TextEncoder();
      const names = [encoder.encode(NAMES.client), encoder.encode(NAMES.server)];
      return sha512(concatBytes([...names, first, second, shared, passwordHash].map(withLength)));
    },
  };
}

/**
 * Eight times the point M or N: the SHA-256 of a sentence, hashed again until it is a point.
 *
 * The points themselves are not all in the group of prime order. BoringSSL therefore multiplies them by multiples of eight
 * only; we take the eight out of the scalar and put it into the point.
 */
function maskPoint(name: 'M' | 'N'): CurvePoint {
  let digest = sha256(new TextEncoder().encode(`edwards25519 point generation seed (${name})`));
  for (;;) {
    const point = tryPointOf(digest);
    if (point !== undefined) return point.clearCofactor();
    digest = sha256(digest);
  }
}

/**
 * An eighth, modulo the order, of the password's scalar.
 *
 * BoringSSL adds multiples of the order to the scalar until it divides by eight; dividing that by eight gives this.
 */
const eighthOf = (passwordHash: Uint8Array): bigint =>
  Point.Fn.div(littleEndianNumber(passwordHash) % ORDER, 8n);

function pointOf(bytes: Uint8Array): CurvePoint {
  const point = tryPointOf(bytes);
  if (point === undefined) throw protocolViolation('a pairing message that is none');
  return point;
}

function tryPointOf(bytes: Uint8Array): CurvePoint | undefined {
  try {
    return Point.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

const littleEndianNumber = (bytes: Uint8Array): bigint => BigInt(`0x${bytes.toReversed().toHex()}`);

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const sha512 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha512').update(bytes).digest());

/** The bytes behind their length in eight. */
function withLength(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  viewOf(length).setBigUint64(0, BigInt(bytes.length), true);
  return concatBytes([length, bytes]);
}
