import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { isFailure } from '@holdfast/kernel';
import { formatConfig, isIrreducible, parseConfig, randomPolynomial } from '@holdfast/restic-format';
import { seededRandom } from '@holdfast/testkit';
import fc from 'fast-check';

const ID = '5956a3f67a6230d4a92cefb29529f10196c7d92582ec305fd71ff6d331d6271b';
/** The polynomial of restic's design document. */
const POLYNOMIAL = 0x25b468838dcb75n;

suite('config', () => {
  for (const version of [1, 2] as const) {
    test(`it writes and reads version ${version}`, () => {
      const config = { version, id: ID, chunkerPolynomial: POLYNOMIAL };
      const bytes = formatConfig(config);
      assert.equal(
        Buffer.from(bytes).toString(),
        `{"version":${version},"id":"${ID}","chunker_polynomial":"25b468838dcb75"}`,
      );
      assert.deepEqual(parseConfig(bytes), config);
    });
  }

  for (const [name, document, code] of [
    ['a newer version', { version: 3 }, 'restic-format/newer-version'],
    ['version 0', { version: 0 }, 'restic-format/malformed'],
    ['a version that is text', { version: '2' }, 'restic-format/malformed'],
    ['a short id', { id: 'abc' }, 'restic-format/malformed'],
    ['a polynomial that is none', { chunker_polynomial: 'xyz' }, 'restic-format/malformed'],
    ['a reducible polynomial', { chunker_polynomial: '25b468838dcb74' }, 'restic-format/malformed'],
    ['no polynomial', { chunker_polynomial: undefined }, 'restic-format/malformed'],
  ] as const) {
    test(`it refuses ${name}`, () => {
      const bytes = Buffer.from(
        JSON.stringify({ version: 2, id: ID, chunker_polynomial: '25b468838dcb75', ...document }),
      );
      assert.throws(
        () => parseConfig(bytes),
        (error) => isFailure(error, code),
      );
    });
  }

  test('it says what to do about a newer repository', () => {
    assert.throws(
      () => parseConfig(Buffer.from('{"version":7}')),
      (error) =>
        isFailure(error) &&
        error.hint === 'Update Holdfast, then try again.' &&
        /version 7/.test(error.message),
    );
  });

  test('it refuses any other bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          assert.throws(
            () => parseConfig(bytes),
            (error) => isFailure(error),
          );
        },
      ),
    );
  });
});

suite('polynomials', () => {
  test('it draws irreducible ones of degree 53, different each time', () => {
    const random = seededRandom(53);
    const drawn = Array.from({ length: 5 }, () => randomPolynomial(random));
    assert.equal(new Set(drawn).size, drawn.length);
    for (const polynomial of drawn) {
      assert.equal(polynomial.toString(2).length, 54);
      assert.ok(isIrreducible(polynomial));
    }
  });

  test('it agrees with a sieve up to degree 9', () => {
    const products = new Set<bigint>();
    for (let a = 2n; a < 512n; a++) for (let b = 2n; b <= a; b++) products.add(product(a, b));
    for (let polynomial = 0n; polynomial < 1024n; polynomial++) {
      assert.equal(
        isIrreducible(polynomial),
        polynomial > 1n && !products.has(polynomial),
        polynomial.toString(2),
      );
    }
  });

  test('it calls no product irreducible', () => {
    const factors = fc.bigInt(2n, 2n ** 27n);
    fc.assert(fc.property(factors, factors, (a, b) => !isIrreducible(product(a, b))));
  });
});

function product(a: bigint, b: bigint): bigint {
  let sum = 0n;
  for (let i = 0n; a >> i !== 0n; i++) if ((a >> i) & 1n) sum ^= b << i;
  return sum;
}
