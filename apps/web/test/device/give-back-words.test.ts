import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveBackWords } from '../../src/device/give-back-words.ts';

const note = (code: string) => ({ code, sentence: `About ${code}.` });

const ROWS = [
  ['nothing of what is given and taken', { canGiveBack: 'yes' }, undefined],
  ['what is asked when it is taken', { canGiveBack: 'yes', giveBackNotes: [note('a')] }, 'About a.'],
  [
    'what is not taken, and why',
    { canGiveBack: 'no', giveBackNotes: [note('a')] },
    'It cannot be given back to this phone. About a.',
  ],
  [
    'what is not known',
    { canGiveBack: 'unknown' },
    'Whether this phone takes it back shows when it is done.',
  ],
  [
    'nothing of what cannot be read',
    { canRead: 'no', canGiveBack: 'no', giveBackNotes: [note('a')] },
    undefined,
  ],
  [
    'no reason twice',
    { readNotes: [note('a')], canGiveBack: 'no', giveBackNotes: [note('a')] },
    'It cannot be given back to this phone.',
  ],
] as const;

for (const [name, given, expected] of ROWS)
  test(`it says of giving back: ${name}`, () => {
    assert.equal(
      giveBackWords({
        canRead: 'yes',
        readNotes: [],
        giveBackNotes: [],
        ...structuredClone(given),
      } as Parameters<typeof giveBackWords>[0]),
      expected,
    );
  });
