import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { decodeName, encodeName } from '@holdfast/kernel';
import { compareNames, quoteName, unquoteName } from '@holdfast/restic-format';
import fc from 'fast-check';

const names = fc.oneof(
  fc.uint8Array({ maxLength: 20 }).map(decodeName),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('\\', '"', 'x', '8', 'u', '\n', 'é', '\udcc3', '\udca9', '😀') }),
);

suite('quoting names', () => {
  // The right column is what Go's strconv.Quote gives, without the outer quotes (checked with go 1.19 through restic 0.14).
  for (const [name, quoted] of [
    ['plain.txt', 'plain.txt'],
    ['with space', 'with space'],
    ["it's <b>&co", "it's <b>&co"],
    ['quote"back\\slash', 'quote\\"back\\\\slash'],
    ['\x07\b\f\n\r\t\v', '\\a\\b\\f\\n\\r\\t\\v'],
    ['\x01\x1f\x7f', '\\x01\\x1f\\x7f'],
    ['naïve 日本 😀', 'naïve 日本 😀'],
    ['\udce4\udcff', '\\xe4\\xff'],
    ['nbsp\u00a0', 'nbsp\\u00a0'],
    ['soft\u00adhyphen', 'soft\\u00adhyphen'],
    ['separator\u2028\u2029', 'separator\\u2028\\u2029'],
    ['zero\u200bwidth\u200djoiner', 'zero\\u200bwidth\\u200djoiner'],
    ['bom\ufeff', 'bom\\ufeff'],
    ['private\ue000', 'private\\ue000'],
    ['beyond\u{10ffff}', 'beyond\\U0010ffff'],
    ['tag\u{e0001}', 'tag\\U000e0001'],
    ['replacement\ufffd', 'replacement\ufffd'],
    ['combining e\u0301', 'combining e\u0301'],
    ['\u0085', '\\u0085'],
  ] as const) {
    test(`it quotes ${JSON.stringify(name)} as Go does`, () => {
      assert.equal(quoteName(name), quoted);
      assert.equal(unquoteName(quoted), name);
    });
  }

  // What Go's strconv.Unquote reads although Quote would not write it so.
  for (const [quoted, name] of [
    ['\\xc3\\xa9', 'é'],
    ['\\303\\251', 'é'],
    ['\\xc3\\x28', '\udcc3('],
    ['\\xed\\xa0\\x80', '\udced\udca0\udc80'],
    ['\\u00e9', 'é'],
    ['\\U0001f600', '😀'],
    ['\\xE4', '\udce4'],
    ['\\000', '\0'],
    ["'", "'"],
    ['tab\there', 'tab\there'],
    ['half \ud800 character', 'half \ufffd character'],
  ] as const) {
    test(`it unquotes ${JSON.stringify(quoted)}`, () => {
      assert.equal(unquoteName(quoted), name);
    });
  }

  for (const quoted of [
    '"',
    'a\nb',
    '\\',
    "\\'",
    '\\x',
    '\\x4',
    '\\xzz',
    '\\8',
    '\\400',
    '\\07',
    '\\u123',
    '\\ud800',
    '\\U00110000',
    '\\q',
  ]) {
    test(`it refuses ${JSON.stringify(quoted)} as Go does`, () => {
      assert.equal(unquoteName(quoted), undefined);
    });
  }

  test('it gives back every name it quoted, as ASCII-safe, well-formed text', () => {
    fc.assert(
      fc.property(names, (name) => {
        const quoted = quoteName(name);
        assert.equal(unquoteName(quoted), decodeName(encodeName(name)));
        assert.ok(quoted.isWellFormed());
        assert.ok(!/\p{Cc}/u.test(quoted));
      }),
    );
  });

  test('it unquotes any text or refuses it', () => {
    const texts = fc.string({
      unit: fc.constantFrom('\\', 'x', 'u', 'U', '0', '3', 'f', '"', '\n', 'n', 'é', '\udc80'),
    });
    fc.assert(
      fc.property(texts, (text) => {
        const name = unquoteName(text);
        if (name !== undefined) assert.equal(unquoteName(quoteName(name)), name);
      }),
    );
  });
});

suite('comparing names', () => {
  for (const sorted of [
    ['', 'A', 'a', 'a.txt', 'aa', 'b'],
    [
      'z',
      '\udc80',
      '\u0080',
      '\udcc3',
      'é',
      '\udcc4',
      'ā',
      '\u7fff',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '\u{10000}',
      '\udcff',
    ],
  ]) {
    test(`it orders ${JSON.stringify(sorted)} by bytes`, () => {
      assert.deepEqual(sorted.toReversed().toSorted(compareNames), sorted);
    });
  }

  test('it orders as the bytes do', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        assert.equal(Math.sign(compareNames(a, b)), Buffer.compare(encodeName(a), encodeName(b)));
      }),
    );
  });
});
