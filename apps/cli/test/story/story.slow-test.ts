import { test } from 'node:test';
import { playSeed, seedsFrom } from '../../test-setup/story/seeds.ts';

const COUNT = 1000;

test(`it keeps everything through ${COUNT} stories`, async (t) => {
  // The first twenty-five are told with every ordinary run.
  for (const seed of seedsFrom(26, COUNT)) {
    await t.test(`story ${seed}`, () => playSeed(seed));
  }
});
