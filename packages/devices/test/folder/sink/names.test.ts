import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { decodeName, encodeName } from '@holdfast/kernel';
import fc from 'fast-check';
import { type NameProblem, refuseName, restoredName } from '#folder/sink/names.ts';

const NAMES: readonly (readonly [string, NameProblem | undefined])[] = [
  ['', 'empty'],
  ['.', 'dots'],
  ['..', 'dots'],
  ['/', 'slash'],
  ['/etc/passwd', 'slash'],
  ['a/../../b', 'slash'],
  ['a\0', 'nul'],
  ['\ud800', 'no-bytes'],
  ['a\udc2fb', 'no-bytes'],
  ['\udc80', undefined],
  ['...', undefined],
  ['..a', undefined],
  [' ', undefined],
  ['a\\..\\b', undefined],
  ['C:', undefined],
  ['a\nb"\'', undefined],
  ['😀', undefined],
];

test('it refuses names that no file has, and only those', () => {
  for (const [name, problem] of NAMES) equal(refuseName(name), problem, JSON.stringify(name));
});

test('it lets every name pass that bytes of a file name can spell', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 30 }), (bytes) => {
      const name = decodeName(
        bytes.map((byte) => (byte === 0 || byte === 0x2f || byte === 0x2e ? 0x61 : byte)),
      );
      equal(refuseName(name), undefined);
    }),
  );
});

const OTHERS: readonly (readonly [string, number, string])[] = [
  ['photo.jpg', 1, 'photo (restored).jpg'],
  ['photo.jpg', 2, 'photo (restored 2).jpg'],
  ['notes', 1, 'notes (restored)'],
  ['.profile', 1, '.profile (restored)'],
  ['.config.json', 1, '.config (restored).json'],
  ['backup.tar.gz', 3, 'backup (restored 3).tar.gz'],
  ['Dr. No', 1, 'Dr. No (restored)'],
  ['a.', 1, 'a. (restored)'],
  ['a.averyverylongending', 1, 'a.averyverylongending (restored)'],
];

test('it puts the mark before the ending', () => {
  deepEqual(
    OTHERS.map(([name, attempt]) => restoredName(name, attempt)),
    OTHERS.map(([, , other]) => other),
  );
});

test('it keeps to 255 bytes and to whole characters, whatever the name', () => {
  const long = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 255 }).map(decodeName);
  fc.assert(
    fc.property(fc.oneof(long, bytes), fc.integer({ min: 1, max: 9999 }), (name, attempt) => {
      const other = restoredName(name, attempt);
      ok(encodeName(other).length <= 255);
      equal(decodeName(encodeName(other)), other);
      ok(other !== name);
    }),
  );
  equal(encodeName(restoredName(`${'😀'.repeat(62)}.jpeg`, 1)).length <= 255, true);
});
