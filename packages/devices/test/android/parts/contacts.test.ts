import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { type Columns, type Contact, parseContacts } from '@holdfast/records';
import type { Android, Release, Vendor } from '@holdfast/testkit/phone';
import { inPieces, rowsOf } from '../../../test-setup/phone-rows.ts';
import { type Given, given, samplePhoneWith } from '../../../test-setup/sample-phones.ts';

const FILE = 'contacts/contacts.vcf';
const ITEM = 'vnd.android.cursor.item';

const PHONES: readonly (readonly [Release, Vendor])[] = [
  [9, 'aosp'],
  [10, 'samsung'],
  [12, 'xiaomi'],
  [14, 'samsung'],
  [16, 'aosp'],
];

const contactsIn = async ({ files }: Given): Promise<readonly Contact[]> => {
  const bytes = files.get(FILE);
  ok(bytes);
  const read = await Array.fromAsync(parseContacts(inPieces(bytes)));
  return read.map((contact) => {
    if (contact.kind === 'unreadable') throw new Error(contact.detail);
    return contact;
  });
};

/** What the phone has of each, as plain facts. */
const factsOf = (android: Android): unknown =>
  rowsOf(android, 'SELECT * FROM raw_contacts WHERE deleted = 0 ORDER BY _id').map((raw) => {
    const data = (kind: string): readonly Columns[] =>
      rowsOf(
        android,
        `SELECT * FROM data WHERE raw_contact_id = ${raw['_id']} AND mimetype = '${ITEM}/${kind}' ORDER BY _id`,
      );
    const first = (kind: string): readonly (string | undefined)[] => data(kind).map(({ data1 }) => data1);
    const groups = first('group_membership').flatMap((id) =>
      rowsOf(android, `SELECT title FROM groups WHERE _id = ${id}`).map(({ title }) => title),
    );
    return [
      first('name')[0],
      first('phone_v2'),
      first('email_v2'),
      first('postal-address_v2'),
      first('organization'),
      first('note'),
      first('contact_event'),
      groups,
      raw['starred'] === '1',
    ];
  });

const factsIn = (contacts: readonly Contact[]): unknown =>
  contacts.map(({ name, phones, emails, addresses, organisations, notes, events, groups, isStarred }) => [
    name?.display,
    phones.map(({ value }) => value),
    emails.map(({ value }) => value),
    addresses.map(({ formatted }) => formatted),
    organisations.map(({ company }) => company),
    notes,
    events.map(({ value }) => value),
    groups,
    isStarred,
  ]);

for (const [release, vendor] of PHONES) {
  test(`it reads every contact of a ${vendor} phone with Android ${release}`, async () => {
    await using phone = await samplePhoneWith({ release, vendor, contacts: 60 });
    const contacts = await given(phone.source, 'contacts');
    deepEqual(factsIn(await contactsIn(contacts)), factsOf(phone.android));
    const entry = contacts.entries.get(FILE);
    equal(entry?.kind === 'file' && entry.made?.items, 60);
    equal(contacts.records.get(FILE)?.length, 60);
  });
}

test('it keeps what is said of a contact, with its type, and rows of other apps', async () => {
  await using phone = await samplePhoneWith({ contacts: 1 }, ({ database }) => {
    database.exec('DELETE FROM data');
    const put = database.prepare(
      'INSERT INTO data(raw_contact_id, mimetype, data1, data2, data3, data4, data5, data6, is_primary) VALUES (1,?,?,?,?,?,?,?,?)',
    );
    const rows: readonly (readonly (string | number | null)[])[] = [
      ['name', 'Ms Ana B. Cruz', 'Ana', 'Cruz', 'Ms', 'B.', null, 0],
      ['name', 'Other', null, null, null, null, null, 0],
      ['phone_v2', '+1', 0, 'boat, "NULL"', '+1', null, null, 1],
      ['phone_v2', 'NULL', 77, null, null, null, null, 0],
      ['im', 'ana', 3, null, null, 3, null, 0],
      ['im', 'ana2', 1, null, null, -1, 'Matrix', 0],
      ['nickname', 'An\nna', 1, null, null, null, null, 0],
      ['relation', 'Bela', 14, null, null, null, null, 0],
      ['sip_address', 'sip:ana@example.org', 3, null, null, null, null, 0],
      ['website', 'https://example.org/?a=b, c', 7, null, null, null, null, 0],
      ['organization', 'Sea', 1, null, 'Pilot', 'Fleet', null, 0],
      ['vnd.other.app', 'their = own,\nRow: 1 _id=1', null, null, 'x', null, null, 0],
    ];
    for (const [kind, ...cells] of rows)
      put.run(`${ITEM}/${kind}`, ...cells.map((cell) => (cell === null ? null : String(cell))));
  });
  const [contact] = await contactsIn(await given(phone.source, 'contacts'));
  deepEqual(contact?.name, {
    display: 'Ms Ana B. Cruz',
    prefix: 'Ms',
    given: 'Ana',
    middle: 'B.',
    family: 'Cruz',
  });
  deepEqual(contact?.phones, [
    { value: '+1', type: 'custom', label: 'boat, "NULL"', isPrimary: true },
    { value: 'NULL', type: '77' },
  ]);
  deepEqual(
    contact?.ims.map(({ value, protocol }) => [value, protocol]),
    [
      ['ana', 'skype'],
      ['ana2', 'Matrix'],
    ],
  );
  deepEqual(contact?.nicknames, [{ value: 'An\nna', type: 'default' }]);
  deepEqual(contact?.relations, [{ value: 'Bela', type: 'spouse' }]);
  deepEqual(contact?.websites, [{ value: 'https://example.org/?a=b, c', type: 'other' }]);
  deepEqual(contact?.organisations, [{ company: 'Sea', type: 'work', title: 'Pilot', department: 'Fleet' }]);
  deepEqual(
    contact?.extras.map(({ mimetype, columns }) => [mimetype, columns['data1'], columns['data4']]),
    [
      [`${ITEM}/name`, 'Other', undefined],
      [`${ITEM}/vnd.other.app`, 'their = own,\nRow: 1 _id=1', 'x'],
    ],
  );
});

test('it has no contact that is deleted while the others are read', async () => {
  await using phone = await samplePhoneWith({ contacts: 9 });
  const { database, ran } = phone.android;
  const push = ran.push.bind(ran);
  ran.push = (...lines) => {
    if (lines.some((line) => line.includes('_id:data1')))
      database.exec(
        'UPDATE raw_contacts SET deleted = 1 WHERE _id = 5; DELETE FROM data WHERE raw_contact_id = 5',
      );
    return push(...lines);
  };
  const contacts = await contactsIn(await given(phone.source, 'contacts'));
  equal(contacts.length, 8);
  deepEqual(factsIn(contacts), factsOf(phone.android));
});

test('it tells whom it cannot read, and reads the others', async () => {
  await using phone = await samplePhoneWith({ contacts: 9 }, ({ database }) => {
    database
      .prepare(
        "INSERT INTO data(raw_contact_id, mimetype, data1) VALUES (4, 'vnd.android.cursor.item/note', ?)",
      )
      .run('x'.repeat(3 * 1024 * 1024));
  });
  const contacts = await given(phone.source, 'contacts');
  const told = contacts.records.get(FILE) ?? [];
  deepEqual(
    told.flatMap(({ key, reason }) => (reason === undefined ? [] : [[key, reason]])),
    [['unreadable-raw_contacts-4', 'read-error']],
  );
  equal((await contactsIn(contacts)).length, 8);
});
