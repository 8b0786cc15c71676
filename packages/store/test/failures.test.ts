import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '@holdfast/kernel';
import { type FileRef, STORE_FAILURES } from '@holdfast/store';
import { absent, badName, exists, missing, tooLarge, truncated } from '#failures.ts';

const FILE: FileRef = { kind: 'snapshot', name: '0123456789abcdef'.repeat(4) };

const ROWS: readonly (readonly [Failure, code: string, message: string, hint: string])[] = [
  [
    absent('/mnt/drive'),
    STORE_FAILURES.absent,
    'There is no repository at /mnt/drive',
    'Connect the drive or correct the path; a new repository has to be created first.',
  ],
  [
    badName({ kind: 'key', name: '../../etc/passwd' }),
    STORE_FAILURES.badName,
    'Not a name that a key file can have',
    'Run a check: something in the repository names a file that cannot exist.',
  ],
  [
    exists({ kind: 'config', name: '' }, '/mnt/drive'),
    STORE_FAILURES.exists,
    'The config file exists already in /mnt/drive',
    'Choose another place, or use what is there.',
  ],
  [
    missing(FILE, '/mnt/drive'),
    STORE_FAILURES.missing,
    'The snapshot 01234567 is missing from /mnt/drive',
    'Run a check to see what else is missing and how to repair it.',
  ],
  [
    tooLarge(FILE, 20, 10),
    STORE_FAILURES.tooLarge,
    'The snapshot 01234567 would take 20 bytes, where 10 are expected at most',
    'Run a check: this file was not written by a backup program.',
  ],
  [
    truncated(FILE, 10, 20),
    STORE_FAILURES.truncated,
    'The snapshot 01234567 ends at byte 10, before the 20 that should be there',
    'Run a check to see what the damaged file held and how to repair it.',
  ],
];

for (const [failure, code, message, hint] of ROWS) {
  test(`it says what happened and what to do: ${code}`, () => {
    deepEqual([failure.code, failure.message, failure.hint, failure.retry], [code, message, hint, 'never']);
  });
}

test('it repeats nothing of a hostile name', () => {
  const failure = badName({ kind: 'pack', name: '\u001b[31mred' });
  equal(JSON.stringify([failure.message, failure.details, failure.hint]).includes('red'), false);
});
