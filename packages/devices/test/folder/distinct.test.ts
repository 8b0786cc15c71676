import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { areDistinct } from '#folder/distinct.ts';

suite('distinct names', () => {
  test('it says of few names what a set says', () => {
    const anyNames = fc.array(fc.string({ maxLength: 2 }), { maxLength: 40 });
    fc.assert(
      fc.property(anyNames, (names) => {
        assert.equal(areDistinct(names), new Set(names).size === names.length);
      }),
    );
  });

  test('it finds the one of many that is there twice', () => {
    const names = Array.from({ length: 20_000 }, (_, number) => `IMG_${number}.jpg`);
    assert.equal(areDistinct(names), true);
    assert.equal(areDistinct([...names, 'IMG_123.jpg']), false);
  });
});
