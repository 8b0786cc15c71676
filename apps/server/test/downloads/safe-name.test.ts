import { equal, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { attachment } from '#downloads/disposition.ts';
import { safeName, safePath, UniquePaths } from '#downloads/safe-name.ts';

const ROWS: readonly (readonly [string, string])[] = [
  ['/etc/passwd', 'etc/passwd'],
  ['../../x', '__/__/x'],
  ['a/./b', 'a/_/b'],
  ['..\\..\\x', '.._.._x'],
  ['C:\\x', 'C__x'],
  ['a\nb\u0000c', 'a_b_c'],
  ['photo\u202egpj.exe', 'photo_gpj.exe'],
  ['caf\udcc3.jpg', 'caf=C3.jpg'],
  ['name. ', 'name__'],
  ['NUL', 'NUL_'],
  ['aux.txt', 'aux_.txt'],
  ['Ferien ☀️/Straße.jpg', 'Ferien ☀️/Straße.jpg'],
];

suite('safePath', () => {
  for (const [path, safe] of ROWS) {
    test(`it makes ${JSON.stringify(path)} ${JSON.stringify(safe)}`, () => equal(safePath(path), safe));
  }

  test('it leads nowhere but down, whatever the path is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (path) => {
        for (const name of safePath(path).split('/')) {
          ok(!['.', '..'].includes(name) && !/[\\\p{Cc}\p{Bidi_Control}:]/u.test(name));
          ok(name.isWellFormed() && Buffer.byteLength(name) <= 240);
        }
      }),
    );
  });

  test('it cuts a long name before its extension', () => {
    const name = safeName(`${'ä'.repeat(300)}.jpeg`);
    ok(Buffer.byteLength(name) <= 240 && name.endsWith('ä.jpeg'));
  });
});

suite('UniquePaths', () => {
  test('it gives each path once, also where case does not count', () => {
    const paths = new UniquePaths();
    const given = ['a/b.jpg', 'a/B.jpg', 'a/b (2).jpg', 'a/b.jpg', 'a/b.jpg', '.x', '.x'].map((path) =>
      paths.take(path),
    );
    equal(new Set(given.map((path) => path.toLowerCase())).size, given.length);
    equal(given.join(), 'a/b.jpg,a/B (2).jpg,a/b (2) (2).jpg,a/b (3).jpg,a/b (4).jpg,.x,.x (2)');
  });
});

suite('attachment', () => {
  test('it is one header of ASCII, whatever the name is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const header = attachment(safeName(name));
        ok(
          /^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w.~!#$&+^`|%-]+$/.test(
            header,
          ),
        );
      }),
    );
  });
});
