import { equal, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { originalText, storedText } from '#stored-text.ts';

const anyText = fc
  .array(
    fc.constantFrom(
      'a',
      '/',
      '\0',
      '\x01',
      '\u{10fffe}',
      '\ud800',
      '\udcff',
      '\udc80',
      '0001',
      '\u{1f600}',
      'é',
    ),
  )
  .map((parts) => parts.join(''));

suite('stored text', () => {
  test('it is well formed, and gives back what it was', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), (text) => {
        const stored = storedText(text);
        ok(stored.isWellFormed() && !stored.includes('\0'));
        equal(originalText(stored), text);
      }),
    );
  });

  test('it is ordinary text where that is possible', () => {
    for (const text of ['', 'DCIM/Üñí 😀.jpg', '\x01\n\u007f']) equal(storedText(text), text);
  });
});
