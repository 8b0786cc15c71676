import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { contact, type PhoneRecord, recordTitle } from '@holdfast/records';
import fc from 'fast-check';
import { columns, texts } from '../test-setup/texts.ts';

const EVENT = {
  kind: 'event',
  isAllDay: false,
  start: { ms: 0 },
  attendees: [],
  reminders: [],
  extras: {},
} as const;
const IMAGE = { columns: { ct: 'image/png' } };

suite('titles', () => {
  for (const [record, title] of [
    [{ kind: 'sms', columns: { address: '+491', body: 'Hi\r\n there\0!' } }, '+491: Hi there !'],
    [{ kind: 'sms', columns: { body: 'Hi' } }, 'Hi'],
    [{ kind: 'sms', columns: {} }, ''],
    [{ kind: 'sms', columns: { body: 'x'.repeat(200) } }, `${'x'.repeat(119)}…`],
    [
      {
        kind: 'mms',
        columns: {},
        sender: { address: '+491' },
        recipients: [{ address: 'insert-address-token' }, { address: '+492' }],
        parts: [IMAGE, { columns: { ct: 'text/plain', text: 'look' } }],
      },
      '+491, +492: look',
    ],
    [{ kind: 'mms', columns: { sub: 'S' }, recipients: [], parts: [] }, 'S'],
    [
      { kind: 'mms', columns: {}, recipients: [], parts: [{ columns: { ct: 'application/smil' } }, IMAGE] },
      'image/png',
    ],
    [{ kind: 'call', columns: { number: '+491', name: 'A' } }, '+491'],
    [{ kind: 'call', columns: {} }, ''],
    [contact({ name: { display: 'A B', given: 'C' } }), 'A B'],
    [contact({ name: { given: 'C', family: 'D' } }), 'C D'],
    [contact({ phones: [{ value: '1' }] }), '1'],
    [contact({}), ''],
    [{ ...EVENT, title: 'T' }, 'T'],
    [{ kind: 'app', package: 'a.b', label: 'L', apks: [] }, 'L'],
    [{ kind: 'app', package: 'a.b', apks: [] }, 'a.b'],
    [{ kind: 'setting', namespace: 'system', key: 'k', value: 'v' }, 'system/k'],
  ] as [PhoneRecord, string][]) {
    test(`it calls ${JSON.stringify(record).slice(0, 100)} ${JSON.stringify(title)}`, () => {
      assert.equal(recordTitle(record), title);
    });
  }

  test('it is one short line of any text', () => {
    fc.assert(
      fc.property(columns, texts, (row, text) => {
        for (const record of [
          { kind: 'sms', columns: { ...row, body: text } },
          contact({ notes: [text], name: { display: text } }),
          { ...EVENT, title: text },
        ] as PhoneRecord[]) {
          const title = recordTitle(record);
          assert.ok(title.length <= 120);
          assert.ok(!/[\p{Cc}\u2028\u2029]/u.test(title));
        }
      }),
    );
  });
});
