import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { decodeName, encodeName } from '@holdfast/kernel';
import fc from 'fast-check';
import { hexColumns, hexPiece, PIECE_BYTES, parseHexRows } from '#android/content/hex-rows.ts';
import { parseMarkedRows, parseOneMarked } from '#android/content/marked-rows.ts';
import { parseNumberRows } from '#android/content/number-rows.ts';
import { parsePlainRows } from '#android/content/plain-rows.ts';

/** What phones print between rows, and what people write to each other to break that. */
const awkward = fc.constantFrom(
  '',
  'NULL',
  'a, b=c',
  'line\nbreak\r\n',
  '\nRow: 1 _id=7, body=forged',
  'Row: 0 _id=3, body=',
  '\nRow: 1 _id=7, body=\nRow: 1 _id=7, body=',
  'No result found.',
  '\0',
  '😀',
  'it\'s \\ "quoted"',
);
const text = fc.oneof(
  awkward,
  fc.string({ unit: 'binary' }).map((value) => value.toWellFormed()),
  fc.array(awkward).map((parts) => parts.join('')),
);
const table = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 20 }), text), { selector: ([id]) => id })
  .map((rows) => rows.toSorted(([a], [b]) => a - b));

test('it reads every text back from marked rows, forged marks or not', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const printed = rows.map(([id, body], row) => `Row: ${row} _id=${id}, body=${body}\n`).join('');
      const ids = rows.map(([id]) => String(id));
      const ask = async (id: string): Promise<string | undefined> => {
        const found = rows.find(([each]) => String(each) === id);
        return parseOneMarked(`Row: 0 _id=${id}, body=${found?.[1]}\n`, id, 'body');
      };
      deepEqual(
        await parseMarkedRows(printed, ids, 'body', ask),
        rows.map(([, body]) => body),
      );
    }),
  );
});

test('it takes no other text for marked rows, and never fails', async () => {
  const none = async (): Promise<undefined> => undefined;
  equal(await parseMarkedRows('No result found.\n', ['1'], 'body', none), undefined);
  equal(await parseMarkedRows('Row: 0 _id=1, body=a\n', ['1', '2'], 'body', none), undefined);
  equal(await parseMarkedRows('Row: 0 _id=2, body=a\n', ['1'], 'body', none), undefined);
  equal(await parseMarkedRows('Row: 0 _id=1, body=cut off', ['1'], 'body', none), undefined);
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat({ max: 9 }).map(String)), async (printed, ids) => {
      await parseMarkedRows(printed, ids, 'body', none);
    }),
  );
});

const hexField = (column: string, value: string | undefined): string => {
  const bytes = value === undefined ? new Uint8Array(0) : encodeName(value);
  const [type, length, piece] = hexColumns([column]);
  const digits = bytes.subarray(0, PIECE_BYTES).toHex().toUpperCase();
  const size = value === undefined ? 'NULL' : bytes.length;
  return `${type}=${value === undefined ? 'null' : 'text'}, ${length}=${size}, ${piece}=${digits}`;
};

test('it reads every value back from hexadecimal rows, NULL apart from the rest', () => {
  const value = fc.option(text, { nil: undefined });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), value, value)), (rows) => {
      const printed = rows
        .map(([id, body, subject], row) =>
          [`Row: ${row} _id=${id}`, hexField('body', body), hexField('subject', subject)].join(', '),
        )
        .map((line) => `${line}\n`)
        .join('');
      const read = parseHexRows(printed, ['body', 'subject']);
      const textOf = (row: number, column: string): string | undefined => {
        const found = read?.[row]?.values.get(column);
        return found && decodeName(found.bytes);
      };
      equal(read?.length, rows.length);
      for (const [row, [id, body, subject]] of rows.entries())
        deepEqual(
          [read?.[row]?.id, textOf(row, 'body'), textOf(row, 'subject')],
          [String(id), body, subject],
        );
    }),
  );
});

test('it takes no other text for hexadecimal rows', () => {
  for (const other of [
    'No result found.',
    'Row: 1 _id=1',
    'Row: 0 _id=x',
    `Row: 0 _id=1, typeof(body)=text, length(cast(body as blob))=1, ${hexPiece('body', 0)}=4`,
    `Row: 0 _id=1, typeof(body)=word, length(cast(body as blob))=1, ${hexPiece('body', 0)}=41`,
  ])
    equal(parseHexRows(other, ['body']), undefined, other);
  fc.assert(fc.property(text, (printed) => void parseHexRows(printed, ['body'])));
});

test('it reads numbers as they are, NULL apart from the rest, and takes no other text for them', () => {
  const columns = ['_id', 'date'];
  deepEqual(parseNumberRows('', columns), []);
  deepEqual(
    parseNumberRows('Row: 0 _id=1, date=9223372036854775807\r\nRow: 1 _id=2, date=NULL\r\n', columns),
    [
      ['1', '9223372036854775807'],
      ['2', undefined],
    ],
  );
  for (const other of [
    'No result found.',
    'Row: 1 _id=1, date=2\n',
    'Row: 0 _id=1\n',
    'Row: 0 _id=1, date=2, more=3\n',
    'Row: 0 _id=1, date=BLOB\n',
    'Row: 0 _id=1, date=\n',
    'Row: 0 _id=1, date=2\n\n',
    'Row: 0 date=1, _id=2\n',
    'Row: 0 _id=1, date=2\n[Vendor] 12 ms\n',
  ])
    equal(parseNumberRows(other, columns), undefined, other);
});

test('it reads plain rows, or none where anything could be taken for something else', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const printed = rows.map(([id, body], row) => `Row: ${row} _id=${id}, type=1, body=${body}\n`).join('');
      const ids = rows.map(([id]) => String(id));
      const read = parsePlainRows(printed, ids, ['type'], 'body');
      if (rows.every(([, body]) => !/\n|^NULL$/.test(body)))
        deepEqual(
          read?.map(({ columns }) => [Number(columns['_id']), columns['body']]),
          rows,
        );
      // What breaks into lines is one row more than there are.
      else equal(read, undefined);
    }),
  );
});
