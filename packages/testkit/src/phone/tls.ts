import { createPublicKey, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { generateAdbKey } from '@holdfast/adb';
import { certificateOf, decodePublicKey, type RsaPublicKey } from '@holdfast/adb/wire';

let phoneIdentity: { readonly key: string; readonly cert: string } | undefined;

/** The phone's side of TLS on a connection, once the host's handshake is done; fails when that goes wrong. */
export async function secured(socket: Socket): Promise<TLSSocket> {
  // One key for all simulated phones: making one takes a while, and no host looks at it.
  if (phoneIdentity === undefined) {
    const { pem } = generateAdbKey('phone');
    phoneIdentity = { key: pem, cert: certificateOf(pem) };
  }
  const secure = new TLSSocket(socket, {
    ...phoneIdentity,
    isServer: true,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.3',
  });
  const stopper = new AbortController();
  secure.once('close', () => stopper.abort());
  await once(secure, 'secure', { signal: stopper.signal });
  return secure;
}

/** Whether the host at the other end of TLS has the key of one of these lines. */
export function isKnown(secure: TLSSocket, knownKeys: Iterable<string>): boolean {
  const theirs = secure.getPeerX509Certificate()?.publicKey;
  return theirs !== undefined && [...knownKeys].some((line) => publicKeyOf(line).equals(theirs));
}

/** The key in a line of the phone's list. */
export function publicKeyOf(publicLine: string): KeyObject {
  const { modulus, exponent } = decodePublicKey(Uint8Array.fromBase64(publicLine.split(' ')[0] ?? ''));
  return createPublicKey({
    key: { kty: 'RSA', n: digits(modulus), e: digits(exponent) },
    format: 'jwk',
  });
}

function digits(value: RsaPublicKey['modulus' | 'exponent']): string {
  const hex = value.toString(16);
  const bytes = Uint8Array.fromHex(hex.padStart(hex.length + (hex.length % 2), '0'));
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
}
