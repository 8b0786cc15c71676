import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { type Message, parseMessages, recordKey } from '@holdfast/records';
import { fakeClock } from '@holdfast/testkit';
import { type Android, lockPhone, type Release, type Vendor } from '@holdfast/testkit/phone';
import { inPieces, rowsOf } from '../../../test-setup/phone-rows.ts';
import { type Given, given, samplePhoneWith } from '../../../test-setup/sample-phones.ts';

const FILE = 'messages/messages.ndjson';

const PHONES: readonly (readonly [Release, Vendor])[] = [
  [9, 'aosp'],
  [10, 'xiaomi'],
  [12, 'samsung'],
  [14, 'aosp'],
  [14, 'samsung'],
  [16, 'samsung'],
];

const messagesIn = async ({ files }: Given): Promise<readonly Message[]> => {
  const bytes = files.get(FILE);
  ok(bytes);
  const read = await Array.fromAsync(parseMessages(inPieces(bytes)));
  return read.map((message) => {
    if (message.kind === 'unreadable') throw new Error(message.detail);
    return message;
  });
};

/** What the phone shows, of both kinds, as records. */
function shownBy(android: Android): readonly Message[] {
  const sms = rowsOf(android, 'SELECT * FROM sms_restricted ORDER BY _id');
  const pdus = rowsOf(android, 'SELECT * FROM pdu_restricted ORDER BY _id');
  return [
    ...sms.map((columns) => ({ kind: 'sms' as const, columns })),
    ...pdus.map((columns) => {
      const people = rowsOf(android, `SELECT * FROM addr WHERE msg_id = ${columns['_id']} ORDER BY _id`);
      const parts = rowsOf(android, `SELECT * FROM part WHERE mid = ${columns['_id']} ORDER BY _id`);
      const sender = people.find(({ type }) => type === '137');
      return {
        kind: 'mms' as const,
        columns,
        ...(sender && { sender }),
        recipients: people.filter(({ type }) => type !== '137'),
        parts: parts.map((part) => {
          const file = part['_data']?.split('/').at(-1);
          return { columns: part, ...(file !== undefined && { file }) };
        }),
      };
    }),
  ];
}

for (const [release, vendor] of PHONES) {
  test(`it reads every message of a ${vendor} phone with Android ${release} as it is there`, async () => {
    await using phone = await samplePhoneWith({ release, vendor });
    const messages = await given(phone.source, 'messages');
    const expected = shownBy(phone.android);
    deepEqual(await messagesIn(messages), expected);

    const entry = messages.entries.get(FILE);
    equal(entry?.kind === 'file' && entry.made?.items, expected.length);
    deepEqual(
      messages.records.get(FILE)?.map(({ key }) => key),
      expected.map(recordKey),
    );
    const pictures = rowsOf(phone.android, 'SELECT * FROM part_files');
    deepEqual(
      [...messages.files.keys()].filter((path) => path !== FILE),
      pictures.map(({ path }) => `messages/parts/${path?.split('/').at(-1)}`),
    );
    for (const { path } of pictures) {
      const { content } =
        phone.android.database.prepare('SELECT content FROM part_files WHERE path = ?').get(path ?? '') ?? {};
      deepEqual(messages.files.get(`messages/parts/${path?.split('/').at(-1)}`), content);
    }
  });
}

test('it keeps texts of a megabyte and more, on phones of either kind', async () => {
  for (const vendor of ['aosp', 'samsung'] as const) {
    const long = `${'wave é\n'.repeat(200_000)}\nRow: 1 _id=2, body=end`;
    await using phone = await samplePhoneWith({ release: 14, vendor, messages: 5 }, ({ database }) => {
      database.prepare('UPDATE sms SET body = ? WHERE _id = 3').run(long);
    });
    const messages = await messagesIn(await given(phone.source, 'messages'));
    equal(messages[2]?.columns['body'], long, vendor);
  }
});

test('it tells which message cannot be read, and reads the others', async () => {
  const options = { release: 14, vendor: 'samsung', messages: 9 } as const;
  await using phone = await samplePhoneWith(options, ({ database }) => {
    database.prepare('UPDATE sms SET body = ? WHERE _id = 4').run('x'.repeat(3 * 1024 * 1024));
  });
  const messages = await given(phone.source, 'messages');
  const told = messages.records.get(FILE) ?? [];
  const bad = told.filter(({ reason }) => reason !== undefined);
  deepEqual(
    bad.map(({ key, reason }) => [key, reason]),
    [['unreadable-sms-4', 'read-error']],
  );
  ok(bad[0]?.detail?.includes('too big'));
  deepEqual(
    await messagesIn(messages),
    shownBy(phone.android).filter(({ kind, columns }) => kind === 'mms' || columns['_id'] !== '4'),
  );
});

test('it has no message that was deleted while the others were read', async () => {
  await using phone = await samplePhoneWith({ release: 14, vendor: 'samsung', messages: 9 });
  const { database, ran } = phone.android;
  const push = ran.push.bind(ran);
  ran.push = (...lines) => {
    if (lines.some((line) => line.includes('_id:body')))
      database.exec(
        'DELETE FROM sms WHERE _id = 5; DELETE FROM addr WHERE msg_id = 2; DELETE FROM pdu WHERE _id = 2',
      );
    return push(...lines);
  };
  const messages = await messagesIn(await given(phone.source, 'messages'));
  equal(
    messages.some(({ columns }) => columns['_id'] === '5'),
    false,
  );
  deepEqual(messages, shownBy(phone.android));
});

test('it leaves a message that comes meanwhile to the next backup, when its files were not listed', async () => {
  await using phone = await samplePhoneWith({ multimedia: 1 });
  for await (const _ of phone.source.walk());
  phone.android.database.exec(
    "INSERT INTO pdu(date, msg_box, m_type) VALUES (1, 1, 132); INSERT INTO part(mid, ct, _data) VALUES (2, 'image/png', '/x/new.png')",
  );
  await Array.fromAsync(phone.source.read(FILE));
  equal(phone.source.recordsOf?.(FILE).length, 41);
});

test('it keeps numbers to the last digit', async () => {
  await using phone = await samplePhoneWith({ messages: 1 }, ({ database }) => {
    database.exec('UPDATE sms SET thread_id = 9223372036854775807, date = -9223372036854775808');
  });
  const [message] = await messagesIn(await given(phone.source, 'messages'));
  deepEqual(
    [message?.columns['thread_id'], message?.columns['date']],
    ['9223372036854775807', '-9223372036854775808'],
  );
});

test('it says that messages are sealed before the phone is unlocked', async () => {
  await using phone = await samplePhoneWith({}, lockPhone);
  const { entries } = await given(phone.source, 'messages');
  const [problem, ...others] = entries.values();
  deepEqual(others, []);
  equal(problem?.kind === 'problem' && problem.reason, 'phone-locked');
  equal(problem?.name, 'messages.ndjson');
});

test('it says that a picture is gone when its message was deleted after it was listed', async () => {
  await using phone = await samplePhoneWith({ multimedia: 1 });
  for await (const _ of phone.source.walk());
  phone.android.database.exec('DELETE FROM part; DELETE FROM part_files');
  await rejects(Array.fromAsync(phone.source.read('messages/parts/PART_0_image.jpg')), {
    code: 'devices/vanished',
  });
});

test('it says that a provider is silent while the phone is not, and goes on with the other', async () => {
  const clock = fakeClock();
  await using phone = await samplePhoneWith({}, () => {}, { clock, types: ['messages'] });
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const { ran, faults } = phone.android;
  faults.push({ on: 'content://sms', kind: 'stalls' });
  const push = ran.push.bind(ran);
  ran.push = (...lines) => {
    if (lines.some((line) => line.includes('content://sms'))) resolve();
    return push(...lines);
  };
  const giving = given(phone.source, 'messages');
  await asked;
  await clock.whenSleeping(1);
  clock.advance(Temporal.Duration.from({ minutes: 2 }));
  const { entries, records } = await giving;
  const problem = entries.get('messages/sms');
  equal(problem?.kind === 'problem' && problem.reason, 'read-error');
  equal(records.get(FILE)?.length, 4);
});

test('it fails as a whole, and soon, when the phone prints nothing but garbage', async () => {
  await using phone = await samplePhoneWith({ messages: 400 });
  for await (const _ of phone.source.walk());
  phone.android.faults.push({ on: '_id>=', kind: 'garbage' });
  await rejects(Array.fromAsync(phone.source.read(FILE)), { code: /^devices\// });
  ok(phone.android.ran.length < 65);
});
