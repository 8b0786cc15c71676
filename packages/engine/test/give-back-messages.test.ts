import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { type Android, type Release, samplePhone, type Vendor } from '@holdfast/testkit/phone';
import { backUpPhone, type GivenBack, giveBack, KeptNotes, phoneToGiveTo } from '../test-setup/given-back.ts';
import { newRepository } from '../test-setup/runs.ts';

const PHONES: readonly (readonly [Release, Vendor])[] = [
  [9, 'aosp'],
  [10, 'xiaomi'],
  [12, 'samsung'],
  [14, 'aosp'],
  [14, 'samsung'],
  [16, 'xiaomi'],
];

const MESSAGES = { types: ['messages'] as const };

/** A phone with so many messages and nothing else. */
const phoneWith = (options: Parameters<typeof samplePhone>[0] = {}): Android => {
  const android = samplePhone({ photos: 0, contacts: 0, calls: 0, events: 0, apps: 0, ...options });
  android.isSecurityOpen = true;
  return android;
};

const empty = { messages: 0, multimedia: 0 };

/** What a person sees of the messages of a phone, whatever their numbers are there. */
function messagesOf({ database }: Android): readonly unknown[] {
  const sms = database
    .prepare(
      'SELECT address, date, date_sent, type, body, read, seen, status, service_center FROM sms_restricted ORDER BY date, address',
    )
    .all();
  const mms = database.prepare('SELECT * FROM pdu_restricted ORDER BY date').all();
  return [
    ...sms,
    ...mms.map(({ _id, thread_id: _thread, creator: _creator, sub_id: _card, ...pdu }) => ({
      ...pdu,
      tr_id: pdu['tr_id'] ?? '',
      people: database
        .prepare('SELECT address, type, charset FROM addr WHERE msg_id = ? ORDER BY type')
        .all(_id ?? null),
      parts: database
        .prepare(
          `SELECT seq, ct, name, chset, cid, cl, text, (SELECT hex(content) FROM part_files WHERE path = _data) AS content
           FROM part WHERE mid = ? ORDER BY _id`,
        )
        .all(_id ?? null),
    })),
  ];
}

const modeOf = ({ appOps }: Android): string | undefined => appOps.get('com.android.shell WRITE_SMS');

const counts = ({ summary: { balance } }: GivenBack): readonly number[] => [
  balance.found,
  balance.verified,
  balance.skipped,
  balance.failed,
];

for (const [release, vendor] of PHONES) {
  test(`it gives messages back to another ${vendor} phone with Android ${release}, once however often it is asked`, async () => {
    const repository = await newRepository();
    const before = phoneWith({ release, vendor });
    await backUpPhone(repository, before, ['messages']);
    await using phone = await phoneToGiveTo(phoneWith({ release, vendor, ...empty }));
    const notes = new KeptNotes();

    const first = await giveBack(repository, phone.sink, { ...MESSAGES, undoNotes: notes });
    deepEqual(counts(first), [44, 44, 0, 0]);
    deepEqual(Object.keys(first.byReason), ['restored']);
    deepEqual(messagesOf(phone.android), messagesOf(before));
    equal(modeOf(phone.android), undefined);
    deepEqual(notes.kept, []);

    const second = await giveBack(repository, phone.sink, { ...MESSAGES, undoNotes: notes });
    deepEqual(Object.keys(second.byReason), ['already-there']);
    deepEqual(messagesOf(phone.android), messagesOf(before));
  });
}

test('it gives back what was deleted, beside what is there, into the conversation it was in', async () => {
  const repository = await newRepository();
  const android = phoneWith();
  await backUpPhone(repository, android, ['messages']);
  const before = messagesOf(android);
  const threads = android.database.prepare('SELECT count(*) AS n FROM threads').get();
  android.database.exec('DELETE FROM sms WHERE _id % 2 = 0; DELETE FROM pdu WHERE _id = 1');
  await using phone = await phoneToGiveTo(android);
  const given = await giveBack(repository, phone.sink, MESSAGES);
  deepEqual([given.byReason['restored']?.length, given.byReason['already-there']?.length], [21, 23]);
  deepEqual(messagesOf(android), before);
  deepEqual(android.database.prepare('SELECT count(*) AS n FROM threads').get(), threads);
});

test('it gives back the one message that is picked', async () => {
  const repository = await newRepository();
  await backUpPhone(repository, phoneWith(), ['messages']);
  await using phone = await phoneToGiveTo(phoneWith(empty));
  const all = await giveBack(repository, phone.sink, { ...MESSAGES });
  const picked = all.items[3];
  await using other = await phoneToGiveTo(phoneWith(empty));
  const one = await giveBack(repository, other.sink, { paths: [picked?.path ?? ''] });
  deepEqual(
    one.items.map(({ path, reason, record }) => [path, reason, record?.title]),
    [[picked?.path, 'restored', picked?.record?.title]],
  );
  equal(messagesOf(other.android).length, 1);
});

test('it says so when the phone does not let messages be written, and changes nothing', async () => {
  const repository = await newRepository();
  await backUpPhone(repository, phoneWith(), ['messages']);
  const shut = phoneWith({ ...empty, vendor: 'xiaomi' });
  shut.isSecurityOpen = false;
  await using phone = await phoneToGiveTo(shut);
  const notes = new KeptNotes();
  const given = await giveBack(repository, phone.sink, { ...MESSAGES, undoNotes: notes });
  deepEqual(Object.keys(given.byReason), ['phone-refuses-writing']);
  deepEqual(counts(given), [44, 0, 0, 44]);
  match(given.items[0]?.detail ?? '', /SecurityException/);
  deepEqual(messagesOf(shut), []);
});

test('it leaves the permission to write messages as it found it', async () => {
  const repository = await newRepository();
  await backUpPhone(repository, phoneWith(), ['messages']);
  for (const mode of ['allow', 'deny', undefined]) {
    const android = phoneWith(empty);
    if (mode !== undefined) android.appOps.set('com.android.shell WRITE_SMS', mode);
    await using phone = await phoneToGiveTo(android);
    deepEqual(Object.keys((await giveBack(repository, phone.sink, MESSAGES)).byReason), ['restored']);
    equal(modeOf(android), mode);
  }
});

test('it puts the permission back in the next run when the first one died', async () => {
  const repository = await newRepository();
  const few = phoneWith({ messages: 6, multimedia: 2 });
  await backUpPhone(repository, few, ['messages']);
  const android = phoneWith(empty);
  const notes = new KeptNotes();
  let died = 0;
  for (let bytes = 8000; ; bytes += 1500) {
    try {
      await using phone = await phoneToGiveTo(android, { faults: [{ cutAfterBytes: bytes }] });
      await giveBack(repository, phone.sink, { ...MESSAGES, undoNotes: notes });
      break;
    } catch (error) {
      equal((error as { code?: string }).code, 'adb/gone');
      // Whatever the mode is now, what it was is known.
      if (modeOf(android) !== undefined) {
        died += 1;
        deepEqual(
          notes.kept.map((note) => note.kind === 'app-op' && note.mode),
          ['default'],
        );
      }
    }
  }
  equal(died > 2, true);
  equal(modeOf(android), undefined);
  deepEqual(notes.kept, []);
  deepEqual(messagesOf(android), messagesOf(few));
});

test('it puts the permission back when it is told to stop', async () => {
  const repository = await newRepository();
  await backUpPhone(repository, phoneWith({ messages: 300 }), ['messages']);
  const android = phoneWith(empty);
  await using phone = await phoneToGiveTo(android);
  const stopper = new AbortController();
  const notes: KeptNotes = new (class extends KeptNotes {
    override async remember(note: Parameters<KeptNotes['remember']>[0]): Promise<void> {
      await super.remember(note);
      queueMicrotask(() => stopper.abort(new Error('stop')));
    }
  })();
  await rejects(
    giveBack(repository, phone.sink, { ...MESSAGES, undoNotes: notes, signal: stopper.signal }),
    /stop/,
  );
  equal(modeOf(android), undefined);
  deepEqual(notes.kept, []);
});

test('it refuses texts that no command can carry, and gives the others', async () => {
  const repository = await newRepository();
  const before = phoneWith({ messages: 4, multimedia: 0 });
  before.database.prepare('UPDATE sms SET body = ? WHERE _id = 2').run('x'.repeat(200_000));
  before.database.prepare('UPDATE sms SET body = ? WHERE _id = 3').run(`${'\\:'.repeat(30_000)}`);
  await backUpPhone(repository, before, ['messages']);
  await using phone = await phoneToGiveTo(phoneWith(empty));
  const given = await giveBack(repository, phone.sink, MESSAGES);
  deepEqual(
    Object.entries(given.byReason).map(([reason, paths]) => [reason, paths.length]),
    [
      ['too-large-there', 1],
      ['restored', 3],
    ],
  );
});
