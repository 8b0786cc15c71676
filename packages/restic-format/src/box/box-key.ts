import type { RandomBytes } from '@holdfast/kernel';

/** What boxes are sealed with; restic's design document, “Keys, Encryption and MAC”. */
export interface BoxKey {
  /** 32 bytes: the AES-256 key of the counter mode. */
  readonly encrypt: Uint8Array;
  /** 16 bytes: the AES-128 key that turns a nonce into Poly1305's one-time pad. */
  readonly k: Uint8Array;
  /** 16 bytes: Poly1305's multiplier, kept as it was drawn and masked (clamped) where it is used. */
  readonly r: Uint8Array;
}

/** Length of the three parts together, as scrypt derives them. */
export const BOX_KEY_LENGTH = 64;

/** A new master key for a repository. */
export function generateMasterKey(random: RandomBytes): BoxKey {
  return { encrypt: random(32), k: random(16), r: random(16) };
}

/** A key from 64 derived bytes: `encrypt`, then `k`, then `r`. The parts are copies. */
export function boxKeyFrom(bytes: Uint8Array): BoxKey {
  return { encrypt: bytes.slice(0, 32), k: bytes.slice(32, 48), r: bytes.slice(48, 64) };
}

/** True when the parts have the right lengths and none is all zeros, which restic refuses as a sign of lost keys. */
export function isUsableKey(key: BoxKey): boolean {
  const isSet = (part: Uint8Array, length: number): boolean =>
    part.length === length && part.some((b) => b !== 0);
  return isSet(key.encrypt, 32) && isSet(key.k, 16) && isSet(key.r, 16);
}
