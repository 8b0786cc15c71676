import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { goMode, unixMode } from '@holdfast/restic-format';
import fc from 'fast-check';

suite('modes', () => {
  // Go's values as restic 0.14 stored them for files of these kinds.
  for (const [name, unix, go] of [
    ['a file', 0o100644, 420],
    ['a set-user-id file', 0o104755, 8389101],
    ['a set-group-id file', 0o102755, 4194797],
    ['a folder', 0o040755, 2147484141],
    ['a sticky folder', 0o041777, 2148532735],
    ['a link', 0o120777, 134218239],
    ['a FIFO', 0o010644, 33554852],
    ['a socket', 0o140755, 16777709],
    ['a block device', 0o060660, 67109296],
    ['a character device', 0o020666, 69206454],
  ] as const) {
    test(`it turns the mode of ${name} into Go’s and back`, () => {
      assert.equal(goMode(unix), go);
      assert.equal(unixMode(go), unix);
    });
  }

  test('it marks a type without a name as irregular, and keeps its permissions', () => {
    assert.equal(goMode(0o170644), 2 ** 19 + 0o644);
    assert.equal(unixMode(2 ** 19 + 0o644), 0o644);
  });

  test('it gives a mode for any number', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), (mode) => {
        const unix = unixMode(mode);
        assert.ok(unix >= 0 && unix <= 0o177777);
        assert.equal(unixMode(goMode(unix)), unix);
      }),
    );
  });
});
