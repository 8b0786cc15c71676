import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isServerGone, isShutOut, problemOf, refusalOf, serverGone } from '../../src/api/problem.ts';

suite('refusalOf', () => {
  test('it gives what the server said', () => {
    const problem = { code: 'store/full', message: 'The drive is full.', hint: 'Free space on it.' };
    assert.deepEqual(problemOf(refusalOf(507, JSON.stringify(problem))), problem);
  });

  for (const text of ['', '<html>502</html>', 'null', '{"code":1}', '[]'])
    test(`it says that it was refused where the answer is ${JSON.stringify(text)}`, () => {
      assert.equal(problemOf(refusalOf(502, text)).message, 'Holdfast refused this (502).');
    });

  test('it knows who was shut out', () => {
    assert.equal(isShutOut(refusalOf(401, '')), true);
    assert.equal(isShutOut(refusalOf(403, '')), false);
  });
});

suite('serverGone', () => {
  test('it says what to do', () => {
    const refusal = serverGone(new TypeError('Failed to fetch'));
    assert.equal(isServerGone(refusal), true);
    assert.match(problemOf(refusal).hint ?? '', /Start it again/);
  });
});

suite('problemOf', () => {
  test('it does not show the inside of a fault of the page', () => {
    assert.equal(problemOf(new TypeError('x is undefined')).message, 'Something went wrong in this page.');
  });
});
