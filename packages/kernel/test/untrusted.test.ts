import { doesNotMatch, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { plainText, visibleText } from '@holdfast/kernel';
import fc from 'fast-check';

const ROWS: [what: string, text: string, expected: string][] = [
  ['ordinary text', 'Größe 3 µm, 写真 📱', 'Größe 3 µm, 写真 📱'],
  ['a family of joined emoji', '👩‍👧', '👩‍👧'],
  ['line breaks and tabs', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
  ['a coloured word', '\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
  ['a window title', '\u001b]0;gone\u0007', '\\x1b]0;gone\\x07'],
  ['C1 and DEL', '\u009b2J\u007f', '\\x9b2J\\x7f'],
  ['a file name turned round', 'photo\u202egpj.exe', 'photo\\u202egpj.exe'],
  ['isolates and marks', '\u2066a\u2069\u200f', '\\u2066a\\u2069\\u200f'],
  ['line separators', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
  ['a byte that was not UTF-8', 'caf\udce9', 'caf\\xe9'],
  ['half a character', '\ud83d!', '\\ud83d!'],
  ['a password in an address', 'rest:https://ann:s3c@ret@host/x', 'rest:https://***@host/x'],
  ['a token in an address', 'https://ghp_123@host', 'https://***@host'],
  ['an address with an @ in its path', 'https://host/@ann', 'https://host/@ann'],
  ['a mail address', 'ann@example.org', 'ann@example.org'],
  ['a password in the environment', 'RESTIC_PASSWORD=hunter2 restic', 'RESTIC_PASSWORD=*** restic'],
  ['a quoted password', 'password="two words" rest', 'password=*** rest'],
  ['a quoted password with a quote', String.raw`passphrase='it\'s' rest`, 'passphrase=*** rest'],
  ['a query', '/get?access_token=abc', '/get?access_token=***'],
  ['keys of a bucket', 'AWS_SECRET_ACCESS_KEY=abc', 'AWS_SECRET_ACCESS_KEY=***'],
  ['JSON', '{"token": "abc def", "n": 1}', '{"token": ***, "n": 1}'],
  ['an argument', 'login --password hunter2 now', 'login --password *** now'],
  ['a header', 'Authorization: Bearer abc.def', 'Authorization: Bearer ***'],
  ['a header without a scheme', 'authorization: abc', 'authorization: ***'],
  ['colour between key and value', 'password\u001b[0m=\u001b[1mhunter2', 'password\\x1b[0m=\\x1b[1m***'],
  ['talk of passwords', 'wrong password: try again', 'wrong password: try again'],
  ['a file of passwords', '--password-file=/run/x', '--password-file=/run/x'],
];

test('it makes text fit for one line by the table', () => {
  for (const [what, text, expected] of ROWS) equal(plainText(text), expected, what);
});

test('it cuts to the limit, never within a character', () => {
  const rows: [text: string, limit: number, expected: string][] = [
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['abcd📱x', 6, 'abcd…'],
    ['ab', 1, '…'],
    ['ab', 0, '…'],
  ];
  for (const [text, limit, expected] of rows) equal(plainText(text, limit), expected);
  equal(plainText('x'.repeat(10_000)).length, 500);
});

test('it hides a secret that the cut would have split', () => {
  equal(plainText('password=hunter2', 12), 'password=***');
});

test('it shows names as they are, but for what moves the cursor', () => {
  const rows: [name: string, expected: string][] = [
    ['password=hunter2.txt', 'password=hunter2.txt'],
    ['https://ann:secret@host', 'https://ann:secret@host'],
    ['a\nb\x1b[2J\u202e', 'a\\nb\\x1b[2J\\u202e'],
    ['caf\udce9', 'caf\\xe9'],
  ];
  for (const [name, expected] of rows) equal(visibleText(name), expected);
  equal(visibleText('abcdefg', 6), 'abcde…');
});

test('it leaves no control character and no half character of anything', () => {
  const hostile = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  });
  fc.assert(
    fc.property(hostile, (text) => {
      for (const plain of [plainText(text), visibleText(text)])
        doesNotMatch(plain, /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    }),
  );
});

test('it takes time in proportion to the text, however it is made', () => {
  const pieces = ['://', 'password', '= "', '\\', '"token"', '@', 'authorization: ', '\u001b[0', ';1', ' '];
  for (const first of pieces) {
    for (const second of pieces) plainText(first + second.repeat(2000) + (first + second).repeat(2000));
  }
});
