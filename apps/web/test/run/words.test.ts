import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from '../../src/run/words.ts';

for (const [name, item, place] of [
  ['a file that was backed up', { path: 'files/internal/DCIM/one.jpg' }, 'files/internal/DCIM'],
  ['a file that was given back', { path: 'a/one.jpg', to: 'DCIM/one.jpg' }, 'to DCIM/one.jpg'],
  ['a setting', { path: 'settings/global.json#1', to: 'settings' }, 'Phone settings'],
  ['a call', { path: 'calls/calls.json#2', to: 'calls' }, 'Calls'],
] as const)
  test(`it says where ${name} is`, () => assert.equal(placeOf(item), place));
