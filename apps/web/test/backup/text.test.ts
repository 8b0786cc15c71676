import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { peopleWords } from '#backup/messages/people.ts';
import {
  clockWords,
  dayHeading,
  dayOf,
  folderWords,
  momentWords,
  monthWords,
  rowDay,
  takenWords,
  tileLabel,
  timeInWords,
} from '#backup/moments.ts';
import { grouped, letterOf } from '#backup/records/groups.ts';
import { tabsWith, weightsOf } from '#backup/tabs.ts';
import { beginningOf, colourOf, foundIn, initialsOf, showLines } from '#backup/text.ts';

suite('text from a backup', () => {
  test('it shows short texts whole and cuts long ones at a word', () => {
    assert.equal(beginningOf('short'), undefined);
    const cut = beginningOf('word '.repeat(1000));
    assert.ok(cut !== undefined && cut.endsWith('word'));
    assert.ok(cut.length <= 1200);
    assert.equal(beginningOf('\n'.repeat(100))?.length, 29);
  });

  test('it cuts no character in half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1195, max: 1200 }), (before) => {
        const cut = beginningOf('x'.repeat(before) + '🎉'.repeat(100));
        assert.ok(cut?.isWellFormed());
      }),
    );
  });

  test('it keeps line breaks and shows marks that turn the direction of writing', () => {
    assert.equal(showLines('a\r\nb\rc\td\u202ee\u0007\udcff'), 'a\nb\nc\td\ufffde\ufffd\ufffd');
  });

  for (const [text, question, parts] of [
    ['The Train is late', 'train', ['The ', '[Train]', ' is late']],
    ['a.b+c', '.b+', ['a', '[.b+]', 'c']],
    ['nothing', '  ', ['nothing']],
    ['(((', '((', ['[((]', '(']],
    ['one two', 'two one', ['[one]', ' ', '[two]']],
  ] as const) {
    test(`it marks "${question}" in "${text}"`, () => {
      assert.deepEqual(
        foundIn(text, question).map((part) => (part.isFound ? `[${part.text}]` : part.text)),
        parts,
      );
    });
  }

  test('it loses nothing of a text in which it marks something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, question) => {
        const whole = foundIn(text, question)
          .map((part) => part.text)
          .join('');
        assert.equal(whole, text);
      }),
    );
  });

  for (const [name, letters] of [
    ['Anna Berg', 'AB'],
    ['  çiğdem  ', 'Ç'],
    ['+44 7700', '#'],
    ['', '#'],
    ['李小龙', '李'],
    ['"Ben" van (der) Meer', 'BM'],
  ] as const) {
    test(`it gives "${name}" the letters ${letters}`, () => assert.equal(initialsOf(name), letters));
  }

  test('it gives any name one of eight colours', () => {
    fc.assert(fc.property(fc.string(), (name) => assert.ok(colourOf(name) >= 0 && colourOf(name) < 8)));
  });

  test('it names the people of a thread in a few words', () => {
    assert.equal(peopleWords([]), 'Unknown');
    assert.equal(peopleWords(['Anna']), 'Anna');
    assert.equal(peopleWords(['Anna', 'Ben']), 'Anna and Ben');
    assert.equal(peopleWords(['A', 'B', 'C', 'D', 'E', 'F']), 'A, B, C, D and 2 more');
    assert.equal(peopleWords(['\u202e', ' ']), '\ufffd and Unknown');
  });
});

suite('days and times in a backup', () => {
  test('it writes them by the clock of the place where they were', () => {
    assert.equal(
      tileLabel('photo', '2024-06-12T10:10:05+09:00', undefined, 'en-GB'),
      'Photo, 12 June 2024, 10:10',
    );
    assert.equal(
      tileLabel('video', '2024-06-12T10:10:05Z', 62, 'en-GB'),
      'Video, 12 June 2024, 10:10, 1:02 long',
    );
    assert.equal(takenWords('2024-06-12T23:30:00-08:00', 'en-GB'), '12 June 2024 at 23:30');
  });

  test('it writes what no camera noted by the clock of the person, whatever the zone it is told in', () => {
    const zone = 'Asia/Tokyo';
    for (const time of ['2024-06-12T23:30:00.000+02:00', '2024-06-12T21:30:00Z']) {
      assert.equal(momentWords(time, 'en-GB', zone), '13 June 2024 at 06:30');
      assert.equal(timeInWords(time, 'en-GB', zone), '13 June 2024 at 06:30');
      assert.equal(clockWords(time, 'en-GB', zone), '06:30');
      assert.equal(dayOf(time, zone), '2024-06-13');
      assert.equal(dayOf(time, 'UTC'), '2024-06-12');
    }
    for (const words of [momentWords, timeInWords])
      assert.equal(words('2024-06-12', 'en-GB', 'America/Los_Angeles'), '12 June 2024');
    assert.equal(dayOf('2024-06-12', 'America/Los_Angeles'), '2024-06-12');
    assert.equal(timeInWords('at 2024-06-12', 'en-GB'), 'at 2024-06-12');
    assert.equal(timeInWords('2024-06-12 23:30:05', 'en-GB'), '2024-06-12 23:30:05');
  });

  test('it leaves this year out', () => {
    assert.equal(dayHeading('2024-06-12', 2024, false, 'en-GB'), 'Wednesday 12 June');
    assert.equal(dayHeading('2024-06-12', 2025, false, 'en-GB'), 'Wednesday, 12 June 2024');
    assert.equal(dayHeading('2024-06-12', 2024, true, 'en-GB'), 'Wed 12 Jun');
    assert.equal(rowDay('2024-06-12', 2024, 'en-GB'), '12 Jun');
    assert.equal(rowDay('2024-06-12', 2025, 'en-GB'), '12 Jun 2024');
    assert.equal(monthWords('2024-06-12', 'en-GB'), 'June 2024');
    assert.equal(monthWords('nonsense', 'en-GB'), 'Unknown day');
  });

  for (const [path, words] of [
    ['/files/internal/DCIM/a.jpg', 'internal/DCIM'],
    ['files/internal/a.jpg', 'internal'],
    ['/files/a.jpg', ''],
    ['/contacts/contacts.vcf', '/contacts'],
  ] as const) {
    test(`it says where ${path} lies`, () => assert.equal(folderWords(path), words));
  }
});

suite('lists of a backup', () => {
  for (const [name, letter] of [
    ['émile', 'E'],
    [' Żaneta', 'Z'],
    ['+44', '#'],
    ['', '#'],
    ['ж', 'Ж'],
  ] as const) {
    test(`it puts "${name}" under ${letter}`, () => assert.equal(letterOf(name), letter));
  }

  test('it parts rows where the heading changes, in their order', () => {
    const row = (entry: number, title: string, time?: string) => ({
      entry,
      title,
      kind: 'event' as const,
      ...(time !== undefined && { time }),
    });
    const rows = [
      row(1, 'b', '2024-06-12T10:00:00Z'),
      row(2, 'a', '2024-06-01T10:00:00Z'),
      row(3, 'a', '2023-06-01T10:00:00Z'),
      row(4, 'x'),
    ];
    assert.deepEqual(
      grouped(rows, 'month', 2024).map((group) => [group.heading, group.rows.length]),
      [
        ['June 2024', 2],
        ['June 2023', 1],
        ['Without a date', 1],
      ],
    );
    assert.deepEqual(
      grouped(rows, 'letter', 2024).map((group) => group.heading),
      ['B', 'A', 'X'],
    );
    assert.equal(grouped(rows, 'none', 2024).length, 1);
  });

  test('it has tabs for what is there, and none for what is not', () => {
    const types = [
      { type: 'photos', items: 3, bytes: 30 },
      { type: 'videos', items: 0, bytes: 0 },
      { type: 'documents', items: 2 },
      { type: 'calls', items: 0 },
    ] as const;
    assert.deepEqual(
      tabsWith([...types]).map(({ tab, items }) => [tab, items]),
      [
        ['photos', 3],
        ['files', 5],
      ],
    );
    assert.deepEqual(
      [...weightsOf([...types], ['photos', 'documents'])],
      [
        ['photos', { items: 3, bytes: 30 }],
        ['documents', { items: 2 }],
      ],
    );
  });
});
