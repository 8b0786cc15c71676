import { createHash } from 'node:crypto';
import { type Clock, type RandomBytes, toHex } from '@holdfast/kernel';

const LIFE_MS = 15 * 60_000;
/** Links that nobody opened yet: the oldest goes when there are more. */
const MOST = 20;

/** Keys of one-time links. Only their hashes are kept, in memory. */
export class Links {
  readonly #ends = new Map<string, number>();
  readonly #clock: Clock;
  readonly #random: RandomBytes;

  constructor(clock: Clock, random: RandomBytes) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A new key, good once and for a quarter of an hour. */
  make(): string {
    const key = toHex(this.#random(32));
    this.#ends.set(hashOf(key), this.#clock.now().epochMilliseconds + LIFE_MS);
    for (const old of this.#ends.keys()) {
      if (this.#ends.size <= MOST) break;
      this.#ends.delete(old);
    }
    return key;
  }

  /** True for a key that is good; it is not any more. */
  spend(key: string): boolean {
    const hash = hashOf(key);
    const ends = this.#ends.get(hash);
    this.#ends.delete(hash);
    return ends !== undefined && this.#clock.now().epochMilliseconds < ends;
  }
}

/** Of a random key nothing can be learned by how long looking up its hash takes. */
export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
