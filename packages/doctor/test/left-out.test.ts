import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { ABSENT, unrecognised } from '@holdfast/devices/android';
import { type PhotosFacts, refused } from '@holdfast/doctor';
import { leftOut } from '#left-out.ts';
import { healthyFacts } from '../test-setup/facts.ts';

const rows: readonly (readonly [what: string, otherwise: Partial<PhotosFacts>, says: string])[] = [
  ['a screen with another app', { 'app-screen': ABSENT }, ''],
  [
    'a locked screen',
    { 'app-screen': refused('It is locked.') },
    'The screen of Google Photos was not read. It is locked.',
  ],
  [
    'a moving screen',
    { 'app-screen': unrecognised('ERROR: could not get idle state.\n') },
    'The screen of Google Photos could not be read. Leave it still for a moment, and look again.',
  ],
  ['a phone without the app', { 'app-screen': refused('It is locked.'), app: ABSENT }, ''],
];
for (const [what, otherwise, says] of rows)
  test(`it says of ${what}: ${says === '' ? 'nothing' : says}`, () =>
    equal(leftOut(healthyFacts(otherwise)).join(), says));
