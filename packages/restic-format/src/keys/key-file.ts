import { type ScryptOptions, scrypt } from 'node:crypto';

import { Failure, type RandomBytes } from '@holdfast/kernel';

import { BOX_KEY_LENGTH, type BoxKey, boxKeyFrom, isUsableKey } from '#box/box-key.ts';
import { NONCE_LENGTH, Sealer } from '#box/sealer.ts';
import { malformed, RESTIC_FORMAT_FAILURES } from '#failures.ts';
import { goString } from '#go-json.ts';
import { asBase64, asCount, asObject, asString, parseJsonObject, toBase64 } from '#json.ts';

/** A password's sealed copy of the master key: one file in the repository's `keys` folder. */
export interface KeyFile {
  /** When it was made, RFC 3339. */
  readonly created: string;
  readonly username: string;
  readonly hostname: string;
  /** scrypt's cost: memory and time; a power of two. */
  readonly N: number;
  /** scrypt's block size. */
  readonly r: number;
  /** scrypt's parallelisation: time only. */
  readonly p: number;
  readonly salt: Uint8Array;
  /** The master key's JSON, sealed with the key derived from the password. */
  readonly data: Uint8Array;
}

/** Who made a key file and when, and how costly guessing its password is to be. */
export interface NewKeyFile {
  readonly created: string;
  readonly username: string;
  readonly hostname: string;
  readonly random: RandomBytes;
  readonly N?: number;
  readonly r?: number;
  readonly p?: number;
}

const WHAT = 'the key file';

/** restic derives with exactly this much. */
const SALT_LENGTH = 64;

/** 1 GiB: restic's own calibration stays below 60 MiB, so more is an attack on our memory. */
const MEMORY_LIMIT_BYTES = 2 ** 30;
const P_LIMIT = 64;

/** Of N · r · p: some 20 s for one password. restic's own calibration, half a second, stays below 2^22. */
const WORK_LIMIT = 2 ** 25;

/** The key file that bytes spell. Throws `restic-format/malformed`, or `restic-format/unsupported` for another derivation than scrypt. */
export function parseKeyFile(bytes: Uint8Array): KeyFile {
  const json = parseJsonObject(bytes, WHAT);
  if (json['kdf'] !== 'scrypt') {
    throw new Failure(
      RESTIC_FORMAT_FAILURES.unsupported,
      'the key file uses another key derivation than scrypt',
    );
  }
  const keyFile = {
    created: asString(json['created'], WHAT),
    username: asString(json['username'] ?? '', WHAT),
    hostname: asString(json['hostname'] ?? '', WHAT),
    N: asCount(json['N'], WHAT),
    r: asCount(json['r'], WHAT),
    p: asCount(json['p'], WHAT),
    salt: asBase64(json['salt'], WHAT),
    data: asBase64(json['data'], WHAT),
  };
  refuseBadCost(keyFile);
  if (keyFile.salt.length !== SALT_LENGTH) throw malformed(WHAT, `its salt is not ${SALT_LENGTH} bytes long`);
  return keyFile;
}

/** The key file's bytes, as restic writes them. */
export function formatKeyFile(keyFile: KeyFile): Uint8Array {
  return Buffer.from(
    `{"created":${goString(keyFile.created)},"username":${goString(keyFile.username)},` +
      `"hostname":${goString(keyFile.hostname)},"kdf":"scrypt","N":${keyFile.N},"r":${keyFile.r},"p":${keyFile.p},` +
      `"salt":"${toBase64(keyFile.salt)}","data":"${toBase64(keyFile.data)}"}`,
  );
}

/**
 * A key file that gives `master` to whoever knows the password.
 *
 * The default cost, N 2^15, r 8, p 3, is one of the equivalent minimums of OWASP's Password Storage Cheat Sheet: 32 MiB
 * and about 0.2 s a guess. restic calibrates per machine and usually lands at N 2^15, r 8, p 1 to 6.
 */
export async function createKeyFile(master: BoxKey, password: string, options: NewKeyFile): Promise<KeyFile> {
  const { created, username, hostname, random, N = 2 ** 15, r = 8, p = 3 } = options;
  const salt = random(SALT_LENGTH);
  const sealer = new Sealer(await derive(password, { N, r, p, salt }));
  const json = `{"mac":{"k":"${toBase64(master.k)}","r":"${toBase64(master.r)}"},"encrypt":"${toBase64(master.encrypt)}"}`;
  return {
    created,
    username,
    hostname,
    N,
    r,
    p,
    salt,
    data: sealer.seal(Buffer.from(json), random(NONCE_LENGTH)),
  };
}

/**
 * The master key, or `undefined` when the password is not this key file's.
 *
 * Works in the background (scrypt). Throws `restic-format/malformed` when the password is right but no key comes out.
 */
export async function openKeyFile(keyFile: KeyFile, password: string): Promise<BoxKey | undefined> {
  const plaintext = new Sealer(await derive(password, keyFile)).tryOpen(keyFile.data);
  if (plaintext === undefined) return undefined;
  const json = parseJsonObject(plaintext, WHAT);
  const mac = asObject(json['mac'], WHAT);
  const master = {
    encrypt: asBase64(json['encrypt'], WHAT),
    k: asBase64(mac['k'], WHAT),
    r: asBase64(mac['r'], WHAT),
  };
  if (!isUsableKey(master)) throw malformed(WHAT, 'it holds no usable master key');
  return master;
}

async function derive(password: string, cost: Pick<KeyFile, 'N' | 'r' | 'p' | 'salt'>): Promise<BoxKey> {
  refuseBadCost(cost);
  const { N, r, p, salt } = cost;
  try {
    return boxKeyFrom(await deriveKey(password, salt, { N, r, p, maxmem: 2 * MEMORY_LIMIT_BYTES }));
  } catch (cause) {
    throw malformed(WHAT, 'its scrypt parameters are not allowed', cause);
  }
}

function deriveKey(password: string, salt: Uint8Array, options: ScryptOptions): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, BOX_KEY_LENGTH, options, (error, derived) => {
      if (error === null) resolve(derived);
      else reject(error);
    });
  });
}

function refuseBadCost({ N, r, p }: Pick<KeyFile, 'N' | 'r' | 'p'>): void {
  const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
  if (!isPowerOfTwo || r < 1 || p < 1) throw malformed(WHAT, 'its scrypt parameters are not allowed');
  if ((N + p) * r * 128 > MEMORY_LIMIT_BYTES || p > P_LIMIT || N * r * p > WORK_LIMIT) {
    throw new Failure(
      RESTIC_FORMAT_FAILURES.tooLarge,
      'the key file asks for more memory or time than is reasonable',
      {
        details: { N, r, p },
      },
    );
  }
}
