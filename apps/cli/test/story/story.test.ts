import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { play } from '../../test-setup/story/play.ts';
import { playSeed, seedsFrom } from '../../test-setup/story/seeds.ts';
import { type Story, storyOf } from '../../test-setup/story/story.ts';

/** Stories that went wrong, each with what it was that did. */
const PAST_FAILURES: readonly (readonly [what: string, story: Story])[] = [
  [
    'a file that changed after it was listed was taken for what the listing had said',
    {
      phone: {
        seed: 2670904150,
        release: 10,
        vendor: 'aosp',
        files: 2,
        messages: 0,
        multimedia: 0,
        hasRecords: false,
        hasCard: false,
      },
      steps: [{ does: 'backup', faults: [{ fault: 'shrinks', file: 102 }] }],
    },
  ],
  [
    'a phone that stalled among its messages was given up after more than a minute',
    {
      phone: {
        seed: 32013594,
        release: 12,
        vendor: 'xiaomi',
        files: 5,
        messages: 2,
        multimedia: 0,
        hasRecords: false,
        hasCard: false,
      },
      steps: [
        { does: 'backup', faults: [] },
        { does: 'backup', faults: [{ fault: 'stall', afterBytes: 11710 }] },
      ],
    },
  ],
  [
    'a file of some gigabytes deep in long folder names ended the backup of an Android 9 phone',
    {
      phone: {
        seed: 2720940527,
        release: 9,
        vendor: 'samsung',
        files: 15,
        messages: 0,
        multimedia: 0,
        hasRecords: false,
        hasCard: false,
      },
      steps: [],
    },
  ],
  [
    'a picture of a message became an item of its own after a backup that was cut off',
    {
      phone: {
        seed: 2947974146,
        release: 9,
        vendor: 'aosp',
        files: 2,
        messages: 0,
        multimedia: 2,
        hasRecords: false,
        hasCard: false,
      },
      steps: [{ does: 'backup', faults: [{ fault: 'kill-storing', at: 21, mode: 'after' }] }],
    },
  ],
  [
    'a file in long folder names that changed meanwhile was told as it had been listed, not as it was read',
    {
      phone: {
        seed: 3682660956,
        release: 14,
        vendor: 'aosp',
        files: 3,
        messages: 0,
        multimedia: 0,
        hasRecords: false,
        hasCard: false,
      },
      steps: [
        { does: 'change', seed: 3478676188, times: 4 },
        { does: 'backup', faults: [{ fault: 'meanwhile', file: 351, seed: 1596801460, times: 4 }] },
      ],
    },
  ],
  [
    'a store that failed once made a restore call the backup damaged',
    {
      phone: {
        seed: 1934763916,
        release: 14,
        vendor: 'aosp',
        files: 2,
        messages: 0,
        multimedia: 0,
        hasRecords: false,
        hasCard: false,
      },
      steps: [
        { does: 'backup', faults: [] },
        {
          does: 'restore',
          backup: 0,
          faults: [{ fault: 'store', at: 10, mode: 'before', isLasting: false }],
        },
      ],
    },
  ],
];

for (const [what, story] of PAST_FAILURES)
  test(`it keeps to a story of the past: ${what}`, async () => void (await play(story)));

for (const seed of seedsFrom(1, 25)) test(`it keeps everything through story ${seed}`, () => playSeed(seed));

test('it tells a story the same way each time', async () => {
  for (const seed of [1, 2]) deepEqual(await play(storyOf(seed)), await play(storyOf(seed)));
});
