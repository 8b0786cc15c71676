import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import {
  type CalendarEvent,
  type Contact,
  contact,
  formatCalendar,
  formatContacts,
  type MmsMessage,
  type PhoneRecord,
  parseCalendar,
  parseContacts,
  recordKey,
  type SmsMessage,
} from '@holdfast/records';
import fc from 'fast-check';
import { contacts } from '../test-setup/contacts.ts';
import { events } from '../test-setup/events.ts';

const sms = (columns: Record<string, string>): SmsMessage => ({ kind: 'sms', columns });
const SMS = { _id: '1', thread_id: '2', read: '0', type: '1', address: '+491', date: '5', body: 'hi' };
const mms = (change: Partial<MmsMessage>): MmsMessage => ({
  kind: 'mms',
  columns: { _id: '1', msg_box: '1', date: '5' },
  sender: { _id: '1', address: '+491' },
  recipients: [
    { _id: '2', type: '151', address: 'a' },
    { _id: '3', type: '151', address: 'b' },
  ],
  parts: [{ columns: { _id: '4', ct: 'image/png' }, file: 'x', sha256: 'ff' }],
  ...change,
});
const PERSON = contact({
  name: { display: 'A' },
  phones: [{ value: '1', type: 'home' }, { value: '2' }],
  groups: ['x', 'y'],
});
const EVENT: CalendarEvent = {
  kind: 'event',
  title: 'T',
  isAllDay: false,
  start: { ms: 5, zone: 'UTC' },
  attendees: [],
  reminders: [],
  extras: {},
};

suite('keys', () => {
  for (const [what, one, other] of [
    ['the row of a message', sms(SMS), sms({ ...SMS, _id: '9', thread_id: '8', read: '1', sub_id: '3' })],
    [
      'the rows of an MMS',
      mms({}),
      mms({
        columns: { _id: '7', msg_box: '1', date: '5', tr_id: 'x' },
        sender: { _id: '9', address: '+491' },
      }),
    ],
    ['the order of recipients', mms({}), mms({ recipients: mms({}).recipients.toReversed() })],
    [
      'the name of a part’s file',
      mms({}),
      mms({ parts: [{ columns: { _id: '5', ct: 'image/png' }, file: 'y', sha256: 'ff' }] }),
    ],
    [
      'the row of a call',
      { kind: 'call', columns: { _id: '1', number: '1' } },
      { kind: 'call', columns: { _id: '2', number: '1', name: 'A' } },
    ],
    [
      'the order of a contact’s rows',
      PERSON,
      { ...PERSON, phones: PERSON.phones.toReversed(), groups: ['y', 'x'] },
    ],
    ['an empty part of a contact', PERSON, { ...PERSON, name: { display: 'A', given: '' } }],
    [
      'a contact’s picture and other apps’ rows',
      PERSON,
      { ...PERSON, photo: new Uint8Array(3), extras: [{ mimetype: 'x', columns: {} }] },
    ],
    ['what else an event with an id says', { ...EVENT, uid: 'u' }, { ...EVENT, uid: 'u', title: 'other' }],
    ['an event’s own columns', EVENT, { ...EVENT, extras: { _id: '4' }, reminders: [{ minutes: 5 }] }],
    [
      'the version of an app',
      { kind: 'app', package: 'a', apks: [] },
      { kind: 'app', package: 'a', versionName: '2', apks: [] },
    ],
    [
      'the value of a setting',
      { kind: 'setting', namespace: 'a', key: 'b', value: '1' },
      { kind: 'setting', namespace: 'a', key: 'b', value: '2' },
    ],
  ] as [string, PhoneRecord, PhoneRecord][]) {
    test(`it is the same whatever ${what}`, () => {
      assert.match(recordKey(one), /^[0-9a-f]{64}$/);
      assert.equal(recordKey(one), recordKey(other));
    });
  }

  for (const [what, one, other] of [
    ...['type', 'address', 'date', 'body'].map((column) => [
      `the ${column} of a message`,
      sms(SMS),
      sms({ ...SMS, [column]: 'x' }),
    ]),
    ['no body and an empty one', sms({ type: '1' }), sms({ type: '1', body: '' })],
    ['no body and the text NULL', sms({ type: '1' }), sms({ type: '1', body: 'NULL' })],
    ['halves of characters', sms({ body: '\ud800' }), sms({ body: '\ud801' })],
    ['texts that would run together', sms({ address: 'a', body: 'bc' }), sms({ address: 'ab', body: 'c' })],
    ['an SMS and an MMS', sms({}), { kind: 'mms', columns: {}, recipients: [], parts: [] }],
    ['a part’s bytes', mms({}), mms({ parts: [{ columns: { ct: 'image/png' }, sha256: 'fe' }] })],
    [
      'the length of a call',
      { kind: 'call', columns: { duration: '1' } },
      { kind: 'call', columns: { duration: '2' } },
    ],
    ['a contact’s star', PERSON, { ...PERSON, isStarred: true }],
    ['the type of a phone', PERSON, { ...PERSON, phones: [{ value: '1', type: 'work' }, { value: '2' }] }],
    [
      'which phone has which type',
      PERSON,
      { ...PERSON, phones: [{ value: '1' }, { value: '2', type: 'home' }] },
    ],
    ['an event’s time', EVENT, { ...EVENT, start: { ms: 6 } }],
    [
      'an event and one of its times',
      { ...EVENT, uid: 'u' },
      { ...EVENT, original: { uid: 'u', ms: 5, isAllDay: false } },
    ],
  ] as [string, PhoneRecord, PhoneRecord][]) {
    test(`it differs with ${what}`, () => {
      assert.notEqual(recordKey(one), recordKey(other));
    });
  }

  test('it is the same after a way through a file', async () => {
    await fc.assert(
      fc.asyncProperty(contacts, events, async (person, event) => {
        const [read] = await Array.fromAsync(parseContacts(formatContacts([person])));
        assert.equal(recordKey(read as Contact), recordKey(person));
        const file = formatCalendar({ kind: 'calendar', name: '', extras: {} }, [event]);
        const [, readEvent] = await Array.fromAsync(parseCalendar(file));
        assert.equal(recordKey(readEvent as CalendarEvent), recordKey(event));
      }),
    );
  });
});
