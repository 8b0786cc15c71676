import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { putPrivateFile, readPrivateFile } from '@holdfast/home';
import { Failure, fromHex, type RandomBytes, toHex } from '@holdfast/kernel';
import { z } from 'zod';
import { SERVER_FAILURES } from '../failures.ts';

/** What OWASP asks of argon2id at least, and then some: 64 MiB, three passes. */
const COST = { memory: 65_536, passes: 3, parallelism: 1 };

const stored = z.strictObject({
  argon2id: z.strictObject({
    memory: z.int().min(8).max(1_048_576),
    passes: z.int().min(1).max(100),
    parallelism: z.int().min(1).max(16),
    nonce: z.string().regex(/^([0-9a-f]{2}){16,64}$/),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

const derive = promisify(argon2);

/** The password for coming in over the network, kept as its argon2id in a private file. */
export class AccessPassword {
  readonly #path: string;
  readonly #random: RandomBytes;
  #stored: z.infer<typeof stored> | undefined;

  private constructor(path: string, random: RandomBytes) {
    this.#path = path;
    this.#random = random;
  }

  /** The one that a file has. Fails when the file makes no sense: nobody may come in because of that. */
  static async load(path: string, random: RandomBytes): Promise<AccessPassword> {
    const password = new AccessPassword(path, random);
    const text = await readPrivateFile(path);
    if (text === undefined) return password;
    try {
      password.#stored = stored.parse(JSON.parse(text));
    } catch (cause) {
      throw new Failure(SERVER_FAILURES.file, `The access password in ${path} cannot be read`, {
        hint: 'Remove that file, and set a new access password.',
        cause,
      });
    }
    return password;
  }

  /** True when there is one. */
  get isSet(): boolean {
    return this.#stored !== undefined;
  }

  /** Sets it. */
  async set(password: string): Promise<void> {
    const nonce = this.#random(16);
    const hash = await hashOf(password, nonce, COST);
    const next = { argon2id: { ...COST, nonce: toHex(nonce), hash: toHex(hash) } };
    await putPrivateFile(this.#path, `${JSON.stringify(next)}\n`);
    this.#stored = next;
  }

  /** True when it is that one; takes as long when there is none. */
  async matches(password: string): Promise<boolean> {
    const { nonce, hash, ...cost } = this.#stored?.argon2id ?? {
      ...COST,
      nonce: '00'.repeat(16),
      hash: '00'.repeat(32),
    };
    const derived = await hashOf(password, fromHex(nonce), cost);
    return timingSafeEqual(derived, fromHex(hash)) && this.isSet;
  }
}

function hashOf(password: string, nonce: Uint8Array, cost: typeof COST): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFC'));
  return derive('argon2id', { message, nonce, tagLength: 32, ...cost });
}
