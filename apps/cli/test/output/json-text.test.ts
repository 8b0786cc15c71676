import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonText } from '#output/json-text.ts';

test('it writes no character that a terminal obeys, and the same value', () => {
  const line = {
    type: 'note',
    message: 'a\x1b[2J\x7f\x9b31m\u2028\u2029\u202e\u2066\ufeff\n\0é😀"\\',
  } as const;
  const text = jsonText(line);
  assert.doesNotMatch(text, /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u);
  assert.match(text, /é😀/);
  assert.deepEqual(JSON.parse(text), line);
});
