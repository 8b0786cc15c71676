import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { MmsMessage } from '@holdfast/records';
import { installRefusal } from '../../../src/android/giving/records/apps/install-failures.ts';
import { parseVersions } from '../../../src/android/giving/records/apps/installed-apps.ts';
import { MESSAGES_KIND } from '../../../src/android/giving/records/messages/messages-kind.ts';
import { noteOwnNumber, peopleOf } from '../../../src/android/giving/records/messages/threads.ts';
import { complaintOf } from '../../../src/android/giving/records/record-kind.ts';
import { rowWords, unbindableRow } from '../../../src/android/giving/script/bind.ts';

suite('rowWords', () => {
  const row = { body: 'a:b\\c', date: { number: '-5' }, subject: undefined, empty: '' };

  test('it escapes what the phone would split at, where it does', () => {
    deepEqual(rowWords('escaped', { uri: 'content://sms', row }).slice(4), [
      '--bind',
      'body:s:a\\:b\\\\c',
      '--bind',
      'date:l:-5',
      '--bind',
      'empty:s:',
    ]);
  });

  test('it leaves values as they are where the phone takes them so', () => {
    deepEqual(rowWords('raw', { uri: 'content://sms', row, where: '_id=1' }), [
      'content',
      'update',
      '--uri',
      'content://sms',
      '--bind',
      'body:s:a:b\\c',
      '--bind',
      'date:l:-5',
      '--bind',
      'empty:s:',
      '--where',
      '_id=1',
    ]);
  });
});

suite('unbindableRow', () => {
  const ROWS: readonly (readonly [name: string, text: string, isRefused: boolean])[] = [
    ['a short text', 'x', false],
    ['a text with a NUL', 'a\0b', true],
    ['a text with half of a character', 'a\ud83db', true],
    ['a text with the other half of one', '\ude00', true],
    ['a text with a whole character', '\u{1f600}', false],
    ['a text with a byte that is no character', '\udcff', false],
    ['a text of 130,000 bytes', 'x'.repeat(130_000), false],
    ['a text of 131,072 bytes', 'x'.repeat(131_072), true],
    ['a text that its escapes make too long', ':'.repeat(70_000), true],
    ['a text of fewer characters than bytes', '\u{1f469}'.repeat(33_000), true],
  ];
  for (const [name, text, isRefused] of ROWS)
    test(`it ${isRefused ? 'refuses' : 'takes'} ${name}`, () => {
      equal(unbindableRow({ body: text }) !== undefined, isRefused);
    });
});

suite('conversations', () => {
  const message = (msg_box: string, from: string, ...to: string[]): MmsMessage => ({
    kind: 'mms',
    columns: { msg_box },
    sender: { address: from, type: '137' },
    recipients: to.map((address) => ({ address, type: '151' })),
    parts: [],
  });
  test('it gives no message with more people than a command can name', () => {
    const refusal = (...to: string[]) => MESSAGES_KIND.refuse(message('1', '+1', ...to))?.reason;
    equal(refusal('+2', '+3'), undefined);
    equal(refusal('é'.repeat(6000)), 'too-large-there');
    equal(refusal(...Array.from({ length: 1000 }, (_, at) => `+${at}`)), 'too-large-there');
  });

  const own = new Set<string>();
  noteOwnNumber(message('1', '+1', '+9'), own);
  noteOwnNumber(message('2', 'insert-address-token', '+2'), own);
  noteOwnNumber(message('1', '+1', '+3', '+9'), own);

  const ROWS: readonly (readonly [message: MmsMessage, people: readonly string[]])[] = [
    [message('1', '+1', '+9'), ['+1']],
    [message('1', '+1', 'insert-address-token'), ['+1']],
    [message('2', 'insert-address-token', '+2'), ['+2']],
    [message('1', '+1', '+3', '+9'), ['+1', '+3']],
    [message('2', '+9', '+3', '+1', '+1'), ['+1', '+3']],
    [message('2', '+9', '+9'), ['+9']],
    [message('2', 'insert-address-token'), []],
  ];
  for (const [each, people] of ROWS)
    test(`it finds with whom ${each.sender?.['address']} to ${each.recipients.map(({ address }) => address).join(', ')} is`, () => {
      deepEqual(peopleOf(each, own), people);
    });
});

suite('what a phone says against it', () => {
  const TRACE = `Error while accessing provider:sms
java.lang.SecurityException: Permission Denial: writing com.android.providers.telephony.SmsProvider
\tat android.os.Parcel.createException(Parcel.java:1966)`;

  test('it takes the line of the exception', () => {
    deepEqual(complaintOf(TRACE), {
      reason: 'phone-refuses-writing',
      detail:
        'java.lang.SecurityException: Permission Denial: writing com.android.providers.telephony.SmsProvider',
    });
    equal(
      complaintOf('android.database.sqlite.SQLiteFullException: database or disk is full').reason,
      'no-room-there',
    );
    equal(complaintOf('[ERROR] Unsupported argument: x').detail, '[ERROR] Unsupported argument: x');
    equal(complaintOf('Killed').reason, 'target-refused');
  });

  const INSTALLS: readonly (readonly [output: string, refusal: RegExp | undefined])[] = [
    ['Success\n', undefined],
    ['Success: streamed 12 bytes\n', undefined],
    [
      'Failure [INSTALL_FAILED_INSUFFICIENT_STORAGE]\n',
      /^INSTALL_FAILED_INSUFFICIENT_STORAGE: there is not enough/,
    ],
    ['Failure [INSTALL_FAILED_ODD_THING: what]\n', /^INSTALL_FAILED_ODD_THING: what$/],
    ['\tjava.lang.SecurityException: no\n\tat x\n', /^java.lang.SecurityException: no$/],
    ['', /^$/],
  ];
  for (const [output, refusal] of INSTALLS)
    test(`it understands ${JSON.stringify(output)} of an installation`, () => {
      const said = installRefusal(output);
      equal(refusal === undefined ? said === undefined : refusal.test(said ?? 'none'), true);
    });
});

test('it reads versions of apps, or says that it does not', () => {
  deepEqual(
    [...(parseVersions('package:a.b versionCode:12\npackage:c\r\n') ?? [])],
    [
      ['a.b', '12'],
      ['c', ''],
    ],
  );
  for (const output of [
    '',
    'Error: Unknown option: --show-versioncode\n',
    'package:a b\n',
    'package:a.b versionCode:x\n',
  ])
    equal(parseVersions(output), undefined);
});
