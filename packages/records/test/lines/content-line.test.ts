import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';
import { type ContentLine, formatContentLine, parseContentLine } from '../../src/lines/content-line.ts';
import { contentLines } from '../../src/lines/content-lines.ts';
import { escapeText, joinTexts, splitTexts, unescapeText } from '../../src/lines/text-value.ts';
import { inChunks } from '../../test-setup/bytes.ts';
import { texts } from '../../test-setup/texts.ts';

const params = fc.array(
  fc
    .tuple(fc.constantFrom('TYPE', 'CN', 'X-A'), texts, texts)
    .map(([name, ...values]) => [name, ...values] as const),
  { maxLength: 2 },
);
const lines: fc.Arbitrary<ContentLine> = fc.record(
  {
    group: fc.constantFrom('item1', 'A'),
    name: fc.constantFrom('NOTE', 'X-B'),
    params,
    value: fc.oneof(texts, texts.map(escapeText)),
  },
  { requiredKeys: ['name', 'params', 'value'], noNullPrototype: true },
);

/** A content line as both standards have it: RFC 5545 section 3.1, and the groups of RFC 2426. */
const GRAMMAR =
  /^(?:[A-Za-z0-9-]+\.)?[A-Za-z0-9-]+(?:;[A-Za-z0-9-]+=(?:"[^\p{Cc}"]*"|[^\p{Cc}",;:]*)(?:,(?:"[^\p{Cc}"]*"|[^\p{Cc}",;:]*))*)*:[^\p{Cc}]*$/u;
/** Tabs are allowed; to the standards, U+0080 to U+009F are no controls. */
const withoutTabs = (line: string): string => line.replaceAll(/[\t\x80-\x9f]/g, ' ');

suite('content lines', () => {
  test('it reads what it wrote, whatever the texts and the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 80 }), async (line, size) => {
        const bytes = new TextEncoder().encode(formatContentLine(line));
        const read = await Array.fromAsync(contentLines(inChunks(bytes, size)));
        assert.deepEqual(read, [{ kind: 'line', number: 1, line }]);
      }),
    );
  });

  test('it is one property of the grammar to every reader, in lines of 75 octets', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const text = formatContentLine(line);
        assert.ok(text.isWellFormed());
        assert.ok(text.endsWith('\r\n'));
        const physical = text.slice(0, -2).split('\r\n');
        for (const one of physical) {
          assert.ok(!/[\r\n]/.test(one));
          assert.ok(Buffer.byteLength(one) <= 75);
        }
        for (const one of physical.slice(1)) assert.ok(one.startsWith(' '));
        assert.match(withoutTabs(text.slice(0, -2).replaceAll('\r\n ', '')), GRAMMAR);
      }),
    );
  });

  for (const [line, text] of [
    [{ name: 'NOTE', params: [], value: 'a' }, 'NOTE:a\r\n'],
    [
      { group: 'item1', name: 'TEL', params: [['TYPE', 'HOME', 'FAX']], value: '1' },
      'item1.TEL;TYPE=HOME,FAX:1\r\n',
    ],
    [{ name: 'A', params: [['X', 'a;b']], value: 'c' }, 'A;X="a;b":c\r\n'],
    [{ name: 'A', params: [['X', 'say "^"\nso']], value: 'c' }, "A;X=say ^'^^^'^nso:c\r\n"],
    [{ name: 'A', params: [['X', '']], value: '' }, 'A;X=:\r\n'],
    [{ name: 'N', params: [], value: 'x'.repeat(80) }, `N:${'x'.repeat(73)}\r\n ${'x'.repeat(7)}\r\n`],
    [{ name: 'N', params: [], value: '€'.repeat(25) }, `N:${'€'.repeat(24)}\r\n €\r\n`],
    [{ name: 'N', params: [], value: '😀'.repeat(19) }, `N:${'😀'.repeat(18)}\r\n 😀\r\n`],
  ] as const) {
    test(`it writes ${JSON.stringify(text)}`, () => {
      assert.equal(formatContentLine(line), text);
    });
  }

  test('it shows a carriage return as a line break, and other controls as replaced', () => {
    const text = formatContentLine({ name: 'NOTE', params: [], value: escapeText('a\r\nb\rc\0d') });
    assert.match(text.replaceAll('\r\n ', ''), /^NOTE;X-HOLDFAST-EXACT=[\w-]+:a\\nb\\nc\ufffdd\r\n$/);
  });

  test('it believes the line, not what is kept beside it, once the line was edited', () => {
    const text = formatContentLine({ name: 'NOTE', params: [], value: 'a\0b' })
      .trim()
      .replace('a\ufffd', 'z\ufffd');
    assert.equal(parseContentLine(text)?.value, 'z\ufffdb');
  });

  for (const text of [
    '',
    ':',
    'A',
    'A;',
    'A;B',
    ';A=b:c',
    'A B:c',
    'A;=:c',
    'A;X="b:c',
    'A;X="b"c:d',
    'é:a',
  ]) {
    test(`it takes ${JSON.stringify(text)} for no property`, () => {
      assert.equal(parseContentLine(text), undefined);
    });
  }

  for (const [text, line] of [
    [
      'tel;home;voice:1',
      {
        name: 'TEL',
        params: [
          ['TYPE', 'home'],
          ['TYPE', 'voice'],
        ],
        value: '1',
      },
    ],
    ['a;x=b,"c,d":e:f', { name: 'A', params: [['X', 'b', 'c,d']], value: 'e:f' }],
    ['A;X-HOLDFAST-EXACT=!:b', { name: 'A', params: [], value: 'b' }],
    ['A;X-HOLDFAST-EXACT=W10:b', { name: 'A', params: [], value: 'b' }],
    ['A;X-HOLDFAST-EXACT=WyJiIixbXV0:b', { name: 'A', params: [], value: 'b' }],
  ] as const) {
    test(`it reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseContentLine(text), line);
    });
  }

  test('it joins lines that were folded in the middle of a character', async () => {
    const [before, after] = [Buffer.from('A:\xc3', 'latin1'), Buffer.from('\r\n \xa9\n', 'latin1')];
    const read = await Array.fromAsync(contentLines(inChunks(Buffer.concat([before, after]), 100)));
    assert.deepEqual(read, [{ kind: 'line', number: 1, line: { name: 'A', params: [], value: 'é' } }]);
  });

  test('it keeps nothing of a property beyond the limit, and reads on', async () => {
    const text = `A:1\r\nB:${'x\r\n '.repeat(20)}\r\nC:2\r\n`;
    const read = await Array.fromAsync(contentLines(inChunks(Buffer.from(text), 5), 12));
    assert.deepEqual(
      read.map((item) => (item.kind === 'line' ? item.line.name : item)),
      ['A', { kind: 'unreadable', line: 2, detail: 'a property is longer than 12 bytes' }, 'C'],
    );
  });
});

suite('texts as values', () => {
  test('it gives back every text it escaped, alone and among others', () => {
    fc.assert(
      fc.property(
        texts,
        fc.array(texts, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(',', ';'),
        (text, all, separator) => {
          assert.equal(unescapeText(escapeText(text)), text);
          assert.deepEqual(splitTexts(joinTexts(all, separator), separator), all);
        },
      ),
    );
  });

  test('it gives back a long text, cut anywhere', () => {
    for (const before of ['', 'a', 'ab']) {
      const text = `${before}${'\\\n;'.repeat(100_000)}`;
      assert.equal(unescapeText(escapeText(text)), text);
    }
  });

  for (const [value, text] of [
    ['a\\nb\\Nc', 'a\nb\nc'],
    ['\\:\\;\\,\\\\', ':;,\\'],
    ['end\\', 'end\\'],
  ] as const) {
    test(`it reads ${JSON.stringify(value)}`, () => {
      assert.equal(unescapeText(value), text);
    });
  }
});
