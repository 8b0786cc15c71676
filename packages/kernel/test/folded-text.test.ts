import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { foldedText } from '@holdfast/kernel';
import fc from 'fast-check';

const rows: [text: string, folded: string][] = [
  ['École', 'ecole'],
  ['E\u0301COLE', 'ecole'],
  ['Straße ÆØÅ Łódź Đặng', 'strasse aeoa lodz dang'],
  ['İSTANBUL ısı', 'istanbul isi'],
  ['ΌΔΟΣ όδος', 'οδοσ οδοσ'],
  ['Ёлка Йод', 'елка иод'],
  ['ﬁle ＡＢ１', 'file ab1'],
  ['がか か\u3099', 'がか が'],
  ['한국 한국', '한국 한국'],
  ['שָׁלוֹם', 'שלום'],
  ['مُحَمَّد', 'محمد'],
  ['हिन्दी', 'हिन्दी'],
  ['a\u200db\udc80', 'ab\ufffd'],
];
for (const [text, expected] of rows) {
  test(`it folds ${JSON.stringify(text)}`, () => equal(foldedText(text), expected));
}

test('it folds what is folded to itself, and compositions of a text to the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      equal(foldedText(foldedText(text)), foldedText(text));
      equal(foldedText(text.normalize('NFD')), foldedText(text.normalize('NFC')));
    }),
    { numRuns: 500 },
  );
});
