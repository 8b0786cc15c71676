import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import {
  type Contact,
  contact,
  formatContacts,
  parseContacts,
  TYPES,
  typeNumber,
  typeWord,
} from '@holdfast/records';
import fc from 'fast-check';
import { bytesOf, inChunks, textOf, textSource } from '../../test-setup/bytes.ts';
import { contacts } from '../../test-setup/contacts.ts';
import { hostileBytes } from '../../test-setup/hostile-bytes.ts';

/** The lines between `VERSION` and `END`, unfolded. */
async function cardOf(details: Partial<Omit<Contact, 'kind'>>): Promise<string[]> {
  const text = (await textOf(formatContacts([contact(details)]))).replaceAll('\r\n ', '');
  const lines = text.split('\r\n');
  assert.deepEqual(lines.slice(0, 2), ['BEGIN:VCARD', 'VERSION:3.0']);
  assert.deepEqual(lines.slice(-2), ['END:VCARD', '']);
  return lines.slice(2, -2);
}

const read = (card: string): Promise<unknown[]> =>
  Array.fromAsync(parseContacts(textSource(`BEGIN:VCARD\r\nVERSION:3.0\r\n${card}\r\nEND:VCARD\r\n`)));

suite('contacts', () => {
  test('it reads what it wrote, whatever the texts and the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(contacts, { maxLength: 3 }),
        fc.integer({ min: 1, max: 500 }),
        async (all, size) => {
          const bytes = await bytesOf(formatContacts(all));
          assert.deepEqual(await Array.fromAsync(parseContacts(inChunks(bytes, size))), all);
        },
      ),
    );
  });

  test('it never lets a text begin a line, a property or a card of its own', async () => {
    const ours =
      /^(?:item\d+\.)?(?:BEGIN|VERSION|FN|N|NICKNAME|TEL|EMAIL|URL|ADR|LABEL|ORG|TITLE|ROLE|IMPP|BDAY|ANNIVERSARY|NOTE|CATEGORIES|PHOTO|END|X-(?!EVIL)[A-Za-z-]+)[;:]/;
    await fc.assert(
      fc.asyncProperty(fc.array(contacts, { maxLength: 3 }), async (all) => {
        const text = await textOf(formatContacts(all));
        // As the laxest reader splits: a lone CR is an end, too.
        const lines = text.replaceAll('\r\n ', '').split(/\r\n|\r|\n/);
        for (const line of lines.slice(0, -1)) assert.match(line, ours);
        for (const mark of ['BEGIN:VCARD', 'VERSION:3.0', 'END:VCARD']) {
          assert.equal(lines.filter((line) => line === mark).length, all.length);
        }
      }),
    );
  });

  test('it reads any bytes without throwing', async () => {
    const pieces = [
      'BEGIN:VCARD\r\n',
      'END:VCARD\r\n',
      'TEL;TYPE=',
      'N:a;b',
      'X-HOLDFAST-ROW:{',
      'PHOTO;ENCODING=b:',
      'item1.X-ABLabel:',
    ];
    await fc.assert(
      fc.asyncProperty(hostileBytes(pieces), async (bytes) => {
        await Array.fromAsync(parseContacts(inChunks(bytes, 11)));
      }),
    );
  });

  const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
  for (const [name, details, lines] of [
    [
      'a name',
      { name: { display: 'Dr. Ann Other', prefix: 'Dr.', given: 'Ann', family: 'Other' } },
      ['FN:Dr. Ann Other', 'N:Other;Ann;;Dr.;'],
    ],
    ['no name', { phones: [{ value: '+491' }] }, ['FN;X-HOLDFAST-MADE=1:+491', 'N:;;;;', 'TEL:+491']],
    ['nothing', {}, ['FN;X-HOLDFAST-MADE=1:?', 'N:;;;;']],
    [
      'a phonetic name',
      { name: { display: 'x', phoneticGiven: 'タロウ' } },
      ['FN:x', 'N:;;;;', 'X-PHONETIC-FIRST-NAME:タロウ'],
    ],
    [
      'a mobile phone to call first',
      { phones: [{ value: '1', type: 'mobile', isPrimary: true }] },
      ['FN;X-HOLDFAST-MADE=1:1', 'N:;;;;', 'TEL;TYPE=CELL,PREF:1'],
    ],
    [
      'a phone with a label of its own',
      { phones: [{ value: '1', type: 'custom', label: 'Ferien; Haus' }] },
      [
        'FN;X-HOLDFAST-MADE=1:1',
        'N:;;;;',
        'item1.TEL;TYPE=X-Ferien_ Haus:1',
        'item1.X-ABLabel:Ferien\\; Haus',
      ],
    ],
    [
      'a type that vCard has no word for',
      { emails: [{ value: 'a@b', type: 'other' }] },
      ['FN;X-HOLDFAST-MADE=1:a@b', 'N:;;;;', 'EMAIL;X-HOLDFAST-TYPE=other:a@b'],
    ],
    [
      'an address',
      { addresses: [{ type: 'home', street: 'Weg 1', city: 'Berlin', formatted: 'Weg 1\nBerlin' }] },
      [
        'FN;X-HOLDFAST-MADE=1:?',
        'N:;;;;',
        'item1.ADR;TYPE=HOME:;;Weg 1;Berlin;;;',
        'item1.LABEL:Weg 1\\nBerlin',
      ],
    ],
    [
      'an organisation',
      { organisations: [{ type: 'work', company: 'A; B', department: 'C', title: 'D' }] },
      ['FN;X-HOLDFAST-MADE=1:A\\; B', 'N:;;;;', 'item1.ORG;TYPE=WORK:A\\; B;C', 'item1.TITLE:D'],
    ],
    [
      'events',
      {
        events: [
          { value: '1990-01-31', type: 'birthday' },
          { value: '2001-02-03', type: 'custom', label: 'Moved' },
        ],
      },
      [
        'FN;X-HOLDFAST-MADE=1:?',
        'N:;;;;',
        'BDAY:1990-01-31',
        'X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2001-02-03;0;Moved',
      ],
    ],
    [
      'a relation',
      { relations: [{ value: 'Bo', type: 'spouse' }] },
      ['FN;X-HOLDFAST-MADE=1:?', 'N:;;;;', 'X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Bo;14;'],
    ],
    [
      'messengers',
      {
        ims: [
          { value: 'a', protocol: 'jabber' },
          { value: 'b', protocol: 'Signal' },
        ],
      },
      ['FN;X-HOLDFAST-MADE=1:?', 'N:;;;;', 'X-JABBER:a', 'IMPP;X-SERVICE-TYPE=Signal:b'],
    ],
    [
      'groups, a star, a picture',
      { groups: ['A, B', 'C'], isStarred: true, photo: jpeg },
      [
        'FN;X-HOLDFAST-MADE=1:?',
        'N:;;;;',
        'CATEGORIES:A\\, B,C',
        'X-HOLDFAST-STARRED:1',
        'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A==',
      ],
    ],
    [
      'a row of another app',
      { extras: [{ mimetype: 'vnd.example/x', columns: { data1: 'a' } }] },
      [
        'FN;X-HOLDFAST-MADE=1:?',
        'N:;;;;',
        'X-HOLDFAST-ROW:{"mimetype":"vnd.example/x"\\,"columns":{"data1":"a"}}',
      ],
    ],
  ] as const) {
    test(`it writes ${name}`, async () => {
      assert.deepEqual(await cardOf(details), lines);
    });
  }

  // As written by others: Apple's Contacts, Google Contacts, Android's own export.
  for (const [name, card, details] of [
    [
      'types in small letters',
      'TEL;type=CELL;type=VOICE;type=pref:1',
      { phones: [{ value: '1', type: 'mobile', isPrimary: true }] },
    ],
    [
      'a label in a group',
      'item1.TEL:1\r\nitem1.X-ABLabel:Boat',
      { phones: [{ value: '1', type: 'custom', label: 'Boat' }] },
    ],
    ['a label as a type', 'TEL;TYPE=X-Boat:1', { phones: [{ value: '1', type: 'custom', label: 'Boat' }] }],
    [
      'an e-mail address of the internet',
      'EMAIL;TYPE=INTERNET;TYPE=HOME:a',
      { emails: [{ value: 'a', type: 'home' }] },
    ],
    ['several nicknames', 'NICKNAME:a,b', { nicknames: [{ value: 'a' }, { value: 'b' }] }],
    ['a property in small letters', 'note:a', { notes: ['a'] }],
    [
      'a row of a type we have no place for',
      'X-ANDROID-CUSTOM:vnd.example/x;a;;c',
      { extras: [{ mimetype: 'vnd.example/x', columns: { data1: 'a', data3: 'c' } }] },
    ],
    ['what it does not know', 'X-OTHER:a', {}],
  ] as const) {
    test(`it reads ${name}`, async () => {
      assert.deepEqual(await read(card), [contact(details)]);
    });
  }

  for (const [name, card] of [
    ['parameters', `TEL${';A'.repeat(100_000)}:1`],
    ['values of a parameter', `TEL;TYPE=A${',A'.repeat(100_000)}:1`],
    ['texts in a property', `NICKNAME:${','.repeat(100_000)}`],
    ['groups', `CATEGORIES:${','.repeat(100_000)}`],
  ] as const) {
    test(`it is not hurt by a great many ${name}`, async () => {
      const items = await read(card);
      assert.ok(JSON.stringify(items).length < 1_000_000);
      assert.deepEqual((items.at(-1) as Contact).kind, 'contact');
    });
  }

  test('it reads on after what it cannot read', async () => {
    const text =
      'X:1\r\nBEGIN:VCARD\r\nNOTE:a\r\nBEGIN:VCARD\r\nno property\r\nNOTE:b\r\nEND:VCARD\r\nBEGIN:VCARD\r\n';
    assert.deepEqual(await Array.fromAsync(parseContacts(textSource(text))), [
      { kind: 'unreadable', line: 1, detail: 'a property outside of any contact' },
      { kind: 'unreadable', line: 2, detail: 'a contact has no end' },
      { kind: 'unreadable', line: 5, detail: 'a line is no property' },
      contact({ notes: ['b'] }),
      { kind: 'unreadable', line: 8, detail: 'a contact has no end' },
    ]);
  });
});

suite('types', () => {
  test('it has a number for each word, and keeps what has neither', () => {
    for (const list of Object.keys(TYPES) as (keyof typeof TYPES)[]) {
      for (const [number, word] of TYPES[list].entries()) {
        assert.equal(typeWord(list, String(number)), word);
        assert.equal(typeNumber(list, word), String(number));
      }
    }
    assert.equal(typeWord('phones', '21'), '21');
    assert.equal(typeWord('phones', 'x'), 'x');
    assert.equal(typeNumber('phones', '21'), '21');
  });
});
