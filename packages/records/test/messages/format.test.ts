import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import {
  type Call,
  formatCalls,
  formatMessages,
  type Message,
  type MmsMessage,
  parseCalls,
  parseMessages,
  type SmsMessage,
} from '@holdfast/records';
import fc from 'fast-check';
import { bytesOf, inChunks, textOf, textSource } from '../../test-setup/bytes.ts';
import { hostileBytes } from '../../test-setup/hostile-bytes.ts';
import { columns, texts } from '../../test-setup/texts.ts';

const smsMessages = columns.map((row): SmsMessage => ({ kind: 'sms', columns: row }));
const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytes.toHex());
const parts = fc.record(
  { columns, file: fc.constantFrom('PART_1.jpg', 'part-7'), sha256: hashes },
  { requiredKeys: ['columns'], noNullPrototype: true },
);
const mmsMessages: fc.Arbitrary<MmsMessage> = fc.record(
  {
    kind: fc.constant('mms'),
    columns,
    sender: columns,
    recipients: fc.array(columns, { maxLength: 2 }),
    parts: fc.array(parts, { maxLength: 2 }),
  },
  { requiredKeys: ['kind', 'columns', 'recipients', 'parts'], noNullPrototype: true },
);
const messages: fc.Arbitrary<Message> = fc.oneof(smsMessages, mmsMessages);

suite('messages', () => {
  test('it reads what it wrote, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(messages, { maxLength: 5 }),
        fc.integer({ min: 1, max: 200 }),
        async (all, size) => {
          const bytes = await bytesOf(formatMessages(all));
          assert.deepEqual(await Array.fromAsync(parseMessages(inChunks(bytes, size))), all);
        },
      ),
    );
  });

  test('it writes one line a message, whatever the texts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(messages, { maxLength: 5 }), async (all) => {
        const text = await textOf(formatMessages(all));
        assert.equal(text.split('\n').length, all.length + 1);
        assert.ok(!text.includes('\r'));
        assert.ok(text.isWellFormed());
      }),
    );
  });

  test('it reads any bytes without throwing', async () => {
    const pieces = [
      '{"m_type":"132"',
      '"__parts":[',
      '{"body":"',
      '"__file":"parts/../x"',
      ']',
      'null',
      '{}\n',
    ];
    await fc.assert(
      fc.asyncProperty(hostileBytes(pieces), async (bytes) => {
        await Array.fromAsync(parseMessages(inChunks(bytes, 7)));
      }),
    );
  });

  test('it keeps a body of a megabyte', async () => {
    const body = 'é\r\n\0\u2028"'.repeat(150_000);
    const message: Message = { kind: 'sms', columns: { body } };
    const [read] = await Array.fromAsync(parseMessages(formatMessages([message])));
    assert.deepEqual(read, message);
  });

  test('it reads no line that would take far more memory than it has', async () => {
    const text = `{"__parts":[${'{},'.repeat(1_000_001)}{}]}\n{"body":"${'{,\\"'.repeat(1_000_001)}"}`;
    const read = await Array.fromAsync(parseMessages(textSource(text)), ({ kind }) => kind);
    assert.deepEqual(read, ['unreadable', 'sms']);
  });

  test('it writes an SMS as its columns', async () => {
    const text = await textOf(formatMessages([{ kind: 'sms', columns: { address: '+491', body: 'a\nb' } }]));
    assert.equal(text, '{"address":"+491","body":"a\\nb"}\n');
  });

  test('it writes an MMS as SMS Import / Export does', async () => {
    const message: Message = {
      kind: 'mms',
      columns: { _id: '4', m_type: '132', date: '1700000000' },
      sender: { address: '+491', type: '137' },
      recipients: [{ address: 'insert-address-token', type: '151' }],
      parts: [
        { columns: { ct: 'text/plain', text: 'hi' } },
        {
          columns: { ct: 'image/jpeg', _data: '/data/app_parts/PART_9.jpg' },
          file: 'PART_9.jpg',
          sha256: 'ab',
        },
      ],
    };
    assert.deepEqual(JSON.parse(await textOf(formatMessages([message]))), {
      _id: '4',
      m_type: '132',
      date: '1700000000',
      __sender_address: { address: '+491', type: '137' },
      __recipient_addresses: [{ address: 'insert-address-token', type: '151' }],
      __parts: [
        { ct: 'text/plain', text: 'hi' },
        { ct: 'image/jpeg', _data: '/data/app_parts/PART_9.jpg', __file: 'parts/PART_9.jpg', __sha256: 'ab' },
      ],
    });
  });

  for (const [name, line, message] of [
    [
      'an SMS of SMS Import / Export',
      '{"address":"1","__display_name":"A"}',
      { kind: 'sms', columns: { address: '1', __display_name: 'A' } },
    ],
    [
      'an MMS without any list',
      '{"m_type":"128"}',
      { kind: 'mms', columns: { m_type: '128' }, recipients: [], parts: [] },
    ],
    ['numbers as texts', '{"date":5,"read":true}', { kind: 'sms', columns: { date: '5', read: 'true' } }],
    ['null as an absent column', '{"body":null,"a":"NULL"}', { kind: 'sms', columns: { a: 'NULL' } }],
    ['an object as its JSON', '{"x":{"y":[1]}}', { kind: 'sms', columns: { x: '{"y":[1]}' } }],
    ['a line after a byte order mark', '\ufeff{"a":"b"}', { kind: 'sms', columns: { a: 'b' } }],
    ['a line with a carriage return at its end', '{"a":"b"}\r', { kind: 'sms', columns: { a: 'b' } }],
  ] as const) {
    test(`it reads ${name}`, async () => {
      assert.deepEqual(await Array.fromAsync(parseMessages(textSource(`${line}\n`))), [message]);
    });
  }

  for (const [line, detail] of [
    ['{"a":"b"', 'the line is not a JSON object'],
    ['[]', 'the line is not a JSON object'],
    ['null', 'the line is not a JSON object'],
    ['{"m_type":"1","__parts":{}}', 'the parts of an MMS are no rows'],
    ['{"m_type":"1","__recipient_addresses":[1]}', 'the recipients of an MMS are no rows'],
    ['{"m_type":"1","__sender_address":"x"}', 'the sender of an MMS is no row'],
    ['{"__parts":[{"__file":"parts/../../x"}]}', 'a part of an MMS names no file of its folder'],
    ['{"__parts":[{"__file":"data/x"}]}', 'a part of an MMS names no file of its folder'],
  ] as const) {
    test(`it says of ${line} that ${detail}, and reads on`, async () => {
      const read = await Array.fromAsync(parseMessages(textSource(`\n${line}\n{"a":"b"}`)));
      assert.deepEqual(read, [
        { kind: 'unreadable', line: 2, detail },
        { kind: 'sms', columns: { a: 'b' } },
      ]);
    });
  }

  test('it says of bytes that are not UTF-8 what they are not, and reads on', async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d, 0x0a, 0x7b, 0x7d]);
    assert.deepEqual(await Array.fromAsync(parseMessages(inChunks(bytes, 100))), [
      { kind: 'unreadable', line: 1, detail: 'the line is not UTF-8' },
      { kind: 'sms', columns: {} },
    ]);
  });
});

suite('calls', () => {
  test('it reads what it wrote', async () => {
    const calls = columns.map((row): Call => ({ kind: 'call', columns: row }));
    await fc.assert(
      fc.asyncProperty(fc.array(calls, { maxLength: 5 }), async (all) => {
        assert.deepEqual(await Array.fromAsync(parseCalls(formatCalls(all))), all);
      }),
    );
  });

  test('it reads a damaged line as unreadable', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const read = await Array.fromAsync(parseCalls(textSource(`x${text.replaceAll('\n', '')}`)));
        assert.deepEqual(
          read.map(({ kind }) => kind),
          ['unreadable'],
        );
      }),
    );
  });
});
