import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPassword } from '#password/new-password.ts';

test('it makes passwords that can be copied from paper', () => {
  const passwords = Array.from({ length: 50 }, () =>
    newPassword((length) => crypto.getRandomValues(new Uint8Array(length))),
  );
  for (const password of passwords) assert.match(password, /^([a-hjkmnp-z2-9]{5}-){5}[a-hjkmnp-z2-9]{5}$/);
  assert.equal(new Set(passwords).size, 50);
});
