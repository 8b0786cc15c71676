import { test } from 'node:test';
import { playSeed, seedsFrom } from '../../test-setup/story/seeds.ts';

const COUNT = 1000;

test(`it keeps everything through ${COUNT} stories`, async (t) => {
  // The first fifty are told with every ordinary run.
  for (const seed of seedsFrom(51, COUNT)) {
    await t.test(`story ${seed}`, () => playSeed(seed));
  }
});
