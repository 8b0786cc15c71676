import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitEnd, padTo, widthOf } from '#output/width.ts';

test('it knows how wide a terminal shows text', () => {
  const cases: [string, number][] = [
    ['', 0],
    ['plain', 5],
    ['naïve', 5],
    ['nai\u0308ve', 5],
    ['写真', 4],
    ['ｆｕｌｌ', 8],
    ['🐈', 2],
    ['👩‍👩‍👧', 2],
    ['한글', 4],
    ['…', 1],
  ];
  for (const [text, width] of cases) assert.equal(widthOf(text), width, text);
});

test('it keeps the end of text that is too long, within its columns', () => {
  const long = 'DCIM/Camera/写真/猫🐈.jpg';
  for (let columns = 0; columns <= widthOf(long) + 1; columns++) {
    const fitted = fitEnd(long, columns);
    assert.ok(widthOf(fitted) <= columns, `${columns}: ${fitted}`);
    assert.ok(long.endsWith(fitted.replace('…', '')));
  }
  assert.equal(fitEnd('DCIM/Camera/cat.jpg', 10), '…a/cat.jpg');
  assert.equal(fitEnd(long, 99), long);
});

test('it fills up to a width', () => {
  assert.deepEqual([padTo('猫', 4), padTo('long', 2)], ['猫  ', 'long']);
});
