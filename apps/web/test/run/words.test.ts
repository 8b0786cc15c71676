import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf, repeatOf } from '../../src/run/words.ts';

for (const [name, item, place] of [
  ['a file that was backed up', { path: 'files/internal/DCIM/one.jpg' }, 'files/internal/DCIM'],
  ['a file that was given back', { path: 'a/one.jpg', to: 'DCIM/one.jpg' }, 'to DCIM/one.jpg'],
  ['a setting', { path: 'settings/global.json#1', to: 'settings' }, 'Phone settings'],
  ['a call', { path: 'calls/calls.json#2', to: 'calls' }, 'Calls'],
] as const)
  test(`it says where ${name} is`, () => assert.equal(placeOf(item), place));

const device = { id: 'p', name: 'Pixel', kind: 'android' } as const;
const done = { kind: 'done', sentence: 'Done.' } as const;
const stopped = { kind: 'stopped' } as const;
for (const [name, run, request] of [
  ['a backup that was stopped', { kind: 'backup', device, state: stopped }, { kind: 'backup', device: 'p' }],
  ['no backup that is done', { kind: 'backup', device, state: done }, undefined],
  ['no check', { kind: 'check', state: stopped }, undefined],
  ['no restore that gave all', { kind: 'restore', device, state: done }, undefined],
  [
    'what a restore has not given back',
    { kind: 'restore', state: done, again: 'ab' },
    { kind: 'restore', plan: 'ab' },
  ],
] as const)
  test(`it tries ${name} again`, () => assert.deepEqual(repeatOf(run), request));
