import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';
import { rawLines } from '../../src/lines/raw-lines.ts';
import { inChunks } from '../../test-setup/bytes.ts';

const LIMIT = 10;

async function linesIn(text: string, size: number): Promise<[number, string | undefined][]> {
  const found: [number, string | undefined][] = [];
  for await (const lines of rawLines(inChunks(Buffer.from(text, 'latin1'), size), LIMIT)) {
    for (const { number, bytes } of lines) {
      found.push([number, bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1')]);
    }
  }
  return found;
}

suite('raw lines', () => {
  for (const [name, text, lines] of [
    ['nothing', '', []],
    ['an empty line', '\n', ['']],
    ['ends of both kinds', 'a\r\nb\nc', ['a', 'b', 'c']],
    ['a carriage return inside', 'a\rb\n', ['a\rb']],
    ['a line of the limit', `${'x'.repeat(LIMIT)}\n`, ['x'.repeat(LIMIT)]],
    ['a line beyond the limit', `a\n${'x'.repeat(LIMIT + 1)}\nb\n`, ['a', undefined, 'b']],
    ['a last line beyond the limit', 'x'.repeat(100), [undefined]],
  ] as const) {
    for (const size of [1, 4, 1000]) {
      test(`it splits ${name} in chunks of ${size}`, async () => {
        assert.deepEqual(
          await linesIn(text, size),
          lines.map((line, at) => [at + 1, line]),
        );
      });
    }
  }

  test('it hands on few of many lines at a time', async () => {
    let count = 0;
    for await (const lines of rawLines(inChunks(Buffer.alloc(5500, '\n'), 5500))) {
      assert.ok(lines.length <= 1000);
      for (const { number } of lines) assert.equal(number, (count += 1));
    }
    assert.equal(count, 5500);
  });

  test('it finds the same lines in chunks of any size', async () => {
    const text = fc.string({ unit: fc.constantFrom('\n', '\r', 'a', 'bcdefg'), maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 30 }), async (all, size) => {
        assert.deepEqual(await linesIn(all, size), await linesIn(all, 1 << 20));
      }),
    );
  });
});
