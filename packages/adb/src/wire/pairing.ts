import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { concatBytes, encodeName } from '@holdfast/kernel';
import { protocolViolation } from '#failures.ts';
import { viewOf } from './little-endian.ts';

/** What a packet of a pairing holds (AOSP `pairing_connection.cpp`). */
export const PAIRING = { spake2: 0, peer: 1 } as const;

/** Length of such a packet without its payload. */
export const PAIRING_HEADER_BYTES = 6;

const VERSION = 1;
const PEER_BYTES = 8192;
const MOST_PAYLOAD_BYTES = 2 * PEER_BYTES;
const TAG_BYTES = 16;

/** The bytes of a packet. */
export function encodePairingPacket(kind: number, payload: Uint8Array): Uint8Array {
  const header = new Uint8Array(PAIRING_HEADER_BYTES);
  header.set([VERSION, kind]);
  viewOf(header).setUint32(2, payload.length);
  return concatBytes([header, payload]);
}

/** The header that 6 bytes spell. Throws `adb/protocol` when they are none, or promise more than a pairing needs. */
export function decodePairingHeader(bytes: Uint8Array): {
  readonly kind: number;
  readonly payloadBytes: number;
} {
  const [version, kind = -1] = bytes;
  if (bytes.length !== PAIRING_HEADER_BYTES || version !== VERSION) {
    throw protocolViolation('a pairing of another version');
  }
  const payloadBytes = viewOf(bytes).getUint32(2);
  if (payloadBytes === 0 || payloadBytes > MOST_PAYLOAD_BYTES) {
    throw protocolViolation('a pairing packet of an impossible length');
  }
  return { kind, payloadBytes };
}

/** What one side tells of itself: the computer its public key, the phone its name in the network (GUID). */
export interface Peer {
  readonly kind: 'key' | 'guid';
  readonly text: string;
}

const PEER_KINDS = ['key', 'guid'] as const;

/** The 8192 bytes that tell it. The text may have 8190 bytes, for a NUL has to follow it. */
export function encodePeer({ kind, text }: Peer): Uint8Array {
  const bytes = new Uint8Array(PEER_BYTES);
  bytes[0] = PEER_KINDS.indexOf(kind);
  bytes.set(encodeName(text).subarray(0, PEER_BYTES - 2), 1);
  return bytes;
}

/** What 8192 bytes tell. Throws `adb/protocol` when they tell nothing. */
export function decodePeer(bytes: Uint8Array): Peer {
  const kind = PEER_KINDS[bytes[0] ?? -1];
  if (bytes.length !== PEER_BYTES || kind === undefined) {
    throw protocolViolation('a pairing with something that is no phone');
  }
  const end = bytes.indexOf(0, 1);
  return { kind, text: new TextDecoder().decode(bytes.subarray(1, end < 0 ? bytes.length : end)) };
}

/** Label of the keying material that both ends take from the TLS connection; the NUL belongs to it (AOSP `tls_connection.cpp`). */
export const EXPORT_LABEL = 'adb-label\0';

/** How much of it they take. */
export const EXPORT_BYTES = 64;

/** What both ends prove to each other to know: the code, bound to this one TLS connection. */
export const pairingPassword = (code: string, exported: Uint8Array): Uint8Array =>
  concatBytes([new TextEncoder().encode(code), exported]);

/** The 16 bytes of the AES key that follow from a finished exchange (AOSP `aes_128_gcm.cpp`). */
export const pairingKey = (agreed: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', agreed, new Uint8Array(0), 'adb pairing_auth aes-128-gcm key', 16));

/** Seals the first message of a side, which is the only one a pairing has. */
export function sealPeer(key: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-128-gcm', key, FIRST_NONCE);
  return concatBytes([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Opens such a message; `undefined` when another key, that is to say another code, sealed it. */
export function openPeer(key: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-128-gcm', key, FIRST_NONCE, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return concatBytes([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Nonces count the messages of a side, from nought. */
const FIRST_NONCE = new Uint8Array(12);
