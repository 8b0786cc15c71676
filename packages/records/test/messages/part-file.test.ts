import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { isPartFileName, partFileName } from '@holdfast/records';
import fc from 'fast-check';
import { texts } from '../../test-setup/texts.ts';

suite('names of parts', () => {
  for (const [columns, name] of [
    [{ _data: '/data/user_de/0/app_parts/PART_17_a.jpg', _id: '3' }, 'PART_17_a.jpg'],
    [{ _data: '/x/..', _id: '3' }, 'part-3'],
    [{ _data: '/x/.hidden', _id: '3' }, 'part-3'],
    [{ _data: '/x/a b', _id: '3' }, 'part-3'],
    [{ _data: '/x/', _id: '3' }, 'part-3'],
    [{ _id: '3' }, 'part-3'],
    [{ _id: '../3' }, 'part-x'],
    [{}, 'part-x'],
  ] as const) {
    test(`it gives the part of ${JSON.stringify(columns)} the name ${name}`, () => {
      assert.equal(partFileName(columns, new Set()), name);
    });
  }

  test('it gives each part a safe name of its own, whatever the case', () => {
    const rows = fc.record({
      _data: fc.oneof(texts, fc.constantFrom('/a/P', '/a/p', `/a/${'x'.repeat(120)}`)),
      _id: texts,
    });
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 8 }), (all) => {
        const taken = new Set<string>();
        const names = all.map((row) => partFileName(row, taken));
        assert.ok(names.every(isPartFileName));
        assert.equal(new Set(names.map((name) => name.toLowerCase())).size, all.length);
      }),
    );
  });
});
