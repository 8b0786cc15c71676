import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Told } from '@holdfast/devices/android';
import type { Change } from '#fixes/changes/change.ts';
import { entryOf } from '#fixes/changes/changes.ts';

const P = 'com.google.android.apps.photos';
const READ = 'android.permission.READ_MEDIA_IMAGES';

/** `dumpsys package`, with these lines of the first user's. */
const dump = (user: string, ...granted: readonly string[]): string =>
  [
    'Packages:',
    `  Package [${P}] (3fa2c1):`,
    '    appId=10105',
    '    requested permissions:',
    `      ${READ}`,
    `    User 0: ${user}`,
    '      runtime permissions:',
    ...granted.map((line) => `        ${line}`),
    '    User 10: installed=true hidden=true suspended=true stopped=false enabled=3',
    '      runtime permissions:',
    `        ${READ}: granted=true, flags=[ USER_SET]`,
    'Queries:',
    '',
  ].join('\n');

const USER = 'ceDataInode=1 installed=true hidden=false suspended=false stopped=false enabled=0';
const PERMISSION: Change = { kind: 'permission', name: READ };
const told = (value: string): Told<string> => ({ kind: 'value', value });

const rows: readonly (readonly [
  says: string,
  change: Change,
  output: string,
  expected: string | undefined,
])[] = [
  ['a permission that was granted', PERMISSION, dump(USER, `${READ}: granted=true, flags=[ ]`), 'granted'],
  ['a permission that was denied', PERMISSION, dump(USER, `${READ}: granted=false`), 'denied'],
  ['a permission that nobody decided on, which is not listed', PERMISSION, dump(USER), 'denied'],
  ['no permission that is not asked for', { kind: 'permission', name: 'x.Y' }, dump(USER), undefined],
  [
    'nothing of a dump that is cut off',
    PERMISSION,
    dump(USER, `${READ}: granted=true`).slice(0, 180),
    undefined,
  ],
  ['how the first user has it, not the next', { kind: 'hidden' }, dump(USER), 'false'],
  ['a state of the app', { kind: 'enabled' }, dump(USER), '0'],
  ['no state of the app that there is not', { kind: 'enabled' }, dump(USER.replace('=0', '=7')), undefined],
  ['a bucket', { kind: 'standby-bucket' }, '40\n', '40'],
  ['no bucket that there is not', { kind: 'standby-bucket' }, '41\n', undefined],
  [
    'who is on a list of data saver',
    { kind: 'data-saver-list', list: 'whitelist', uid: 10_105 },
    'Restrict background whitelisted UIDs: 10010 10105 \n',
    'listed',
  ],
  [
    'nothing of such a list that is none',
    { kind: 'data-saver-list', list: 'whitelist', uid: 10_105 },
    'Unknown command\n',
    undefined,
  ],
  ['a setting that was never set', { kind: 'setting', key: 'auto_time' }, 'null\n', 'null'],
];
for (const [says, change, output, expected] of rows)
  test(`it reads ${says}`, () => {
    const value = entryOf(change).parse(output, change);
    deepEqual(
      value.kind === 'value' ? value : undefined,
      expected === undefined ? undefined : told(expected),
    );
  });
