import { seededRandom } from '@holdfast/testkit';

/** Chance that goes the same way for the same seed. */
export interface Chance {
  /** A whole number from 0 up to, and without, `end`. */
  below(end: number): number;
  /** True so often, of 1. */
  is(share: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** One of the choices, each as often as its weight says. */
  weighed<T>(choices: readonly (readonly [weight: number, choice: T])[]): T;
  /** A number whose length in digits is chance too: mostly small, up to `end`. */
  ofAnySize(end: number): number;
  bytes(length: number): Uint8Array;
  /** A seed for somebody else. */
  seed(): number;
}

/** Chance by a seed. */
export function chanceOf(seed: number): Chance {
  const random = seededRandom(seed);
  const word = (): number => new DataView(random(4).buffer).getUint32(0, true);
  const below = (end: number): number => Math.floor((word() / 2 ** 32) * end);
  return {
    below,
    is: (share) => word() < share * 2 ** 32,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    weighed(choices) {
      let left = below(choices.reduce((sum, [weight]) => sum + weight, 0));
      for (const [weight, choice] of choices) {
        if (left < weight) return choice;
        left -= weight;
      }
      throw new RangeError('nothing to choose from');
    },
    ofAnySize: (end) => Math.floor(end ** (word() / 2 ** 32)),
    bytes: (length) => random(length + ((4 - (length % 4)) % 4)).subarray(0, length),
    seed: word,
  };
}
