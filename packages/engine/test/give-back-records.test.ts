import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemType } from '@holdfast/contract';
import { androidSource } from '@holdfast/devices/android';
import { concatBytes } from '@holdfast/kernel';
import { parseCalendar, parseCalls, parseContacts } from '@holdfast/records';
import { type Android, type Release, samplePhone, type Vendor } from '@holdfast/testkit/phone';
import { backUpPhone, giveBack, type PhoneToGiveTo, phoneToGiveTo } from '../test-setup/given-back.ts';
import { newRepository } from '../test-setup/runs.ts';

type Type = Extract<ItemType, 'contacts' | 'calls' | 'calendar'>;

const PHONES: readonly (readonly [Release, Vendor])[] = [
  [9, 'aosp'],
  [10, 'xiaomi'],
  [12, 'samsung'],
  [14, 'aosp'],
  [16, 'samsung'],
];

const NOTHING = { photos: 0, messages: 0, multimedia: 0, contacts: 0, calls: 0, events: 0, apps: 0 };
const COUNTS: Readonly<Record<Type, object>> = {
  contacts: { contacts: 17 },
  calls: { calls: 15 },
  calendar: { events: 16 },
};

const phoneWith = (options: Parameters<typeof samplePhone>[0]): Android =>
  samplePhone({ ...NOTHING, ...options });

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

/** Records of a phone as a backup has them, in an order of their own. */
async function recordsOf({ phone }: PhoneToGiveTo, type: Type): Promise<readonly unknown[]> {
  using source = androidSource(phone, { types: [type] });
  const records: unknown[] = [];
  for await (const { path, entries } of source.walk()) {
    if (!path.startsWith(type)) continue;
    for (const { name } of entries) {
      const chunks = await Array.fromAsync(source.read(`${path}/${name}`), (chunk) => chunk.slice());
      const bytes = inOne(concatBytes(chunks));
      if (type === 'contacts') records.push(...(await Array.fromAsync(parseContacts(bytes))));
      else if (type === 'calls') {
        for await (const call of parseCalls(bytes)) {
          if (call.kind !== 'call') continue;
          const { _id, last_modified: _at, subscription_id: _card, ...columns } = call.columns;
          records.push(columns);
        }
      } else {
        for await (const item of parseCalendar(bytes)) if (item.kind === 'event') records.push(item);
      }
    }
  }
  return records.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

for (const type of ['contacts', 'calls', 'calendar'] as const) {
  for (const [release, vendor] of PHONES) {
    test(`it gives ${type} back to another ${vendor} phone with Android ${release}, once however often it is asked`, async () => {
      const repository = await newRepository();
      const before = phoneWith({ release, vendor, ...COUNTS[type] });
      const hasCallLog = type !== 'calls' || release > 10;
      await backUpPhone(repository, before, [type]);
      if (!hasCallLog) return;
      await using old = await phoneToGiveTo(before);
      await using phone = await phoneToGiveTo(phoneWith({ release, vendor }));
      const expected = await recordsOf(old, type);

      const first = await giveBack(repository, phone.sink, { types: [type] });
      deepEqual([Object.keys(first.byReason), first.items.length], [['restored'], expected.length]);
      deepEqual(await recordsOf(phone, type), expected);

      const second = await giveBack(repository, phone.sink, { types: [type] });
      deepEqual(Object.keys(second.byReason), ['already-there']);
      deepEqual(await recordsOf(phone, type), expected);

      // The phone itself still has all of them.
      const own = await giveBack(repository, old.sink, { types: [type] });
      deepEqual(Object.keys(own.byReason), ['already-there']);
    });
  }

  test(`it goes on giving ${type} back where the cable was pulled, and each is there once`, async () => {
    const repository = await newRepository();
    const before = phoneWith(COUNTS[type]);
    await backUpPhone(repository, before, [type]);
    const android = phoneWith({});
    let pulled = 0;
    for (let bytes = 8000; ; bytes += 2500) {
      try {
        await using phone = await phoneToGiveTo(android, { faults: [{ cutAfterBytes: bytes }] });
        await giveBack(repository, phone.sink, { types: [type] });
        break;
      } catch (error) {
        equal((error as { code?: string }).code, 'adb/gone');
        pulled += 1;
      }
    }
    equal(pulled > 2, true);
    await using old = await phoneToGiveTo(before);
    await using phone = await phoneToGiveTo(android);
    deepEqual(await recordsOf(phone, type), await recordsOf(old, type));
  });

  test(`it says so when a phone refuses to have ${type} written`, async () => {
    const repository = await newRepository();
    await backUpPhone(repository, phoneWith(COUNTS[type]), [type]);
    const android = phoneWith({});
    android.refusesWrites = true;
    await using phone = await phoneToGiveTo(android);
    const given = await giveBack(repository, phone.sink, { types: [type] });
    deepEqual(Object.keys(given.byReason), ['phone-refuses-writing']);
    match(given.items[0]?.detail ?? '', /SecurityException/);
    deepEqual(await recordsOf(phone, type), []);
  });
}

test('it says that an Android 10 has no call log for computers', async () => {
  const repository = await newRepository();
  await backUpPhone(repository, phoneWith({ calls: 3 }), ['calls']);
  await using phone = await phoneToGiveTo(phoneWith({ release: 10 }));
  const given = await giveBack(repository, phone.sink, { types: ['calls'] });
  deepEqual(Object.keys(given.byReason), ['phone-refuses-writing']);
});

test("it puts people into groups of the phone's own, each made once", async () => {
  const repository = await newRepository();
  await backUpPhone(repository, phoneWith(COUNTS.contacts), ['contacts']);
  await using phone = await phoneToGiveTo(phoneWith({}));
  await giveBack(repository, phone.sink, { types: ['contacts'] });
  const groups = phone.android.database
    .prepare('SELECT title, account_type FROM groups ORDER BY title')
    .all();
  deepEqual(
    groups.map((group) => ({ ...group })),
    [
      { title: 'Família, e amigos', account_type: null },
      { title: 'Work', account_type: null },
    ],
  );
});

test('it never writes into the calendar of an account', async () => {
  const repository = await newRepository();
  const android = phoneWith(COUNTS.calendar);
  await backUpPhone(repository, android, ['calendar']);
  android.database.exec('DELETE FROM events WHERE _id <= 8');
  await using phone = await phoneToGiveTo(android);
  const before = android.database.prepare('SELECT count(*) AS n FROM events WHERE calendar_id = 1').get();
  const given = await giveBack(repository, phone.sink, { types: ['calendar'] });
  equal(given.byReason['restored']?.length, 8);
  deepEqual(android.database.prepare('SELECT count(*) AS n FROM events WHERE calendar_id = 1').get(), before);
});

test('it gives an exception back to the repeated event it belongs to, there already or not', async () => {
  const repository = await newRepository();
  const before = phoneWith(COUNTS.calendar);
  for (const master of [2, 6]) {
    before.database.exec(
      `INSERT INTO events(calendar_id, title, dtstart, dtend, eventTimezone, original_id, originalInstanceTime, originalAllDay)
       SELECT calendar_id, 'moved', dtstart + 700000000, dtstart + 703600000, eventTimezone, _id, dtstart + 604800000, 0
       FROM events WHERE _id = ${master}`,
    );
  }
  await backUpPhone(repository, before, ['calendar']);
  await using old = await phoneToGiveTo(before);
  const expected = await recordsOf(old, 'calendar');
  await using phone = await phoneToGiveTo(phoneWith({}));
  await giveBack(repository, phone.sink, { types: ['calendar'] });
  deepEqual(await recordsOf(phone, 'calendar'), expected);
  phone.android.database.exec("DELETE FROM events WHERE title = 'moved'");
  const again = await giveBack(repository, phone.sink, { types: ['calendar'] });
  equal(again.byReason['restored']?.length, 2);
  deepEqual(await recordsOf(phone, 'calendar'), expected);
});
