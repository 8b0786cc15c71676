import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
} from 'node:crypto';
import { concatBytes } from '@holdfast/kernel';
import { badKey } from '#failures.ts';
import { encodePublicKey } from '#wire/public-key.ts';

/** The key by which a phone recognises this computer. */
export interface AdbKey {
  /** The private key in PKCS #8, as `~/.android/adbkey` holds it. */
  readonly pem: string;
  /** The line a phone keeps, as `adbkey.pub` holds it. */
  readonly publicLine: string;
  /** The answer to a phone's challenge of 20 bytes. */
  sign(token: Uint8Array): Uint8Array;
}

/** What stands before a SHA-1 digest in a PKCS #1 signature (RFC 8017, section 9.2, note 1). The token stands for the digest. */
const SHA1_PREFIX = Uint8Array.fromHex('3021300906052b0e03021a05000414');

/** A new key; `comment` (user@computer) is what a phone's prompt may show of it. */
export function generateAdbKey(comment: string): AdbKey {
  return fromKeyObject(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, comment);
}

/** The key in the text of an `adbkey` file. Throws `adb/bad-key` when it is none, or not RSA-2048. */
export function parseAdbKey(pem: string, comment: string): AdbKey {
  try {
    return fromKeyObject(createPrivateKey(pem), comment);
  } catch (cause) {
    throw badKey(cause);
  }
}

function fromKeyObject(key: KeyObject, comment: string): AdbKey {
  const { n = '', e = '' } = createPublicKey(key).export({ format: 'jwk' });
  const modulus = Uint8Array.fromBase64(n, { alphabet: 'base64url' });
  if (key.asymmetricKeyType !== 'rsa' || modulus.length !== 256) throw badKey();
  const exponent = Number.parseInt(Uint8Array.fromBase64(e, { alphabet: 'base64url' }).toHex(), 16);
  const struct = encodePublicKey({ modulus: BigInt(`0x${modulus.toHex()}`), exponent });
  return {
    pem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicLine: `${struct.toBase64()} ${comment}`,
    sign: (token) =>
      privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, concatBytes([SHA1_PREFIX, token])),
  };
}
