import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { idOf, isId, shortId } from '@holdfast/restic-format';

suite('ids', () => {
  // FIPS 180-4's example, and the well-known hash of nothing.
  for (const [text, id] of [
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ] as const) {
    test(`it names ${JSON.stringify(text)} by its SHA-256`, () => {
      assert.equal(idOf(Buffer.from(text)), id);
      assert.equal(shortId(id), id.slice(0, 8));
      assert.ok(isId(id));
    });
  }

  for (const value of [
    '',
    'ba7816bf',
    'A'.repeat(64),
    `${'a'.repeat(63)}g`,
    'a'.repeat(65),
    `${'a'.repeat(63)}\n`,
    5,
    null,
  ]) {
    test(`it does not take ${JSON.stringify(value)} for an id`, () => {
      assert.ok(!isId(value));
    });
  }
});
