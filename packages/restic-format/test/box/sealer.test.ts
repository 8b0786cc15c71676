import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { suite, test } from 'node:test';

import { fromHex, isFailure } from '@holdfast/kernel';
import { type BoxKey, generateMasterKey, NONCE_LENGTH, SEAL_OVERHEAD, Sealer } from '@holdfast/restic-format';
import fc from 'fast-check';

const key: BoxKey = {
  encrypt: new Uint8Array(32).map((_, i) => i + 1),
  k: fromHex('ec074c835580741701425b623235add6'),
  r: fromHex('851fc40c3467ac0be05cc20404f3f700'),
};
const nonces = fc
  .uint8Array({ minLength: NONCE_LENGTH, maxLength: NONCE_LENGTH })
  .filter((nonce) => nonce.some((byte) => byte !== 0));

suite('Sealer', () => {
  const sealer = new Sealer(key);

  test('it authenticates as Bernstein’s Poly1305-AES paper computes (appendix B, first example)', () => {
    const box = fromHex('fb447350c4e868c52ac3275cf9d4327e' + 'f3f6' + 'f4c633c3044fc145f84f335cb81953de');
    const plaintext = sealer.open(box);
    assert.deepEqual(Buffer.from(sealer.seal(plaintext, box.subarray(0, 16))), Buffer.from(box));
  });

  test('it opens what it sealed, through one sealer or another', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), nonces, (plaintext, nonce) => {
        const sealed = sealer.seal(plaintext, nonce);
        assert.equal(sealed.length, plaintext.length + SEAL_OVERHEAD);
        assert.deepEqual(Buffer.from(new Sealer(key).open(sealed)), Buffer.from(plaintext));
        assert.deepEqual(Buffer.from(sealer.open(sealed)), Buffer.from(plaintext));
      }),
    );
  });

  test('it decrypts what opens, and what does not into something else', () => {
    const property = fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      nonces,
      fc.nat(),
      (plaintext, nonce, place) => {
        const sealed = sealer.seal(plaintext, nonce);
        const target = new Uint8Array(plaintext.length);
        sealer.decryptInto(sealed, target);
        assert.deepEqual(target, plaintext);
        const at = NONCE_LENGTH + (place % plaintext.length);
        sealed[at] = (sealed[at] ?? 0) ^ 1;
        sealer.decryptInto(sealed, target);
        assert.notDeepEqual(target, plaintext);
      },
    );
    fc.assert(property);
  });

  test('it refuses a box with any bit changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), nonces, fc.nat(), (plaintext, nonce, place) => {
        const sealed = sealer.seal(plaintext, nonce);
        const bit = place % (8 * sealed.length);
        sealed[bit >> 3] = (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        assert.throws(
          () => sealer.open(sealed),
          (error) => isFailure(error, 'restic-format/unauthentic'),
        );
      }),
    );
  });

  test('it refuses any bytes it did not seal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        assert.equal(sealer.tryOpen(bytes), undefined);
      }),
    );
  });

  test('it refuses a box sealed with another key', () => {
    const other = new Sealer(generateMasterKey((length) => new Uint8Array(length).fill(7)));
    const nonce = new Uint8Array(16).fill(1);
    assert.equal(sealer.tryOpen(other.seal(new Uint8Array(5), nonce)), undefined);
  });

  test('it seals into the middle of an array and touches nothing else there', () => {
    const target = new Uint8Array(100).fill(0xaa);
    const nonce = new Uint8Array(16).fill(3);
    assert.equal(sealer.sealInto(Uint8Array.of(1, 2, 3), nonce, target, 10), 35);
    assert.deepEqual(sealer.open(target.subarray(10, 45)), Uint8Array.of(1, 2, 3));
    assert.ok([...target.subarray(0, 10), ...target.subarray(45)].every((byte) => byte === 0xaa));
  });

  test('it seals and opens in memory that threads share', () => {
    const target = new Uint8Array(new SharedArrayBuffer(64));
    const plaintext = new Uint8Array(new SharedArrayBuffer(3)).fill(9);
    const length = sealer.sealInto(plaintext, new Uint8Array(16).fill(3), target, 0);
    assert.deepEqual(sealer.open(target.subarray(0, length)), Uint8Array.of(9, 9, 9));
  });

  for (const [name, nonce, length] of [
    ['a nonce of zeros', new Uint8Array(16), 40],
    ['a short nonce', new Uint8Array(15).fill(1), 40],
    ['a target too small', new Uint8Array(16).fill(1), 39],
  ] as const) {
    test(`it refuses to seal with ${name}`, () => {
      assert.throws(() => sealer.sealInto(new Uint8Array(8), nonce, new Uint8Array(length), 0), RangeError);
    });
  }

  for (const length of [120 * 1024, 120 * 1024 + 1, 1_000_000]) {
    test(`it seals ${length} bytes in pieces as in one`, () => {
      const plaintext = new Uint8Array(length).map((_, i) => i >> 3);
      const nonce = new Uint8Array(16).fill(5);
      const sealed = sealer.seal(plaintext, nonce);
      const whole = createCipheriv('aes-256-ctr', key.encrypt, nonce).update(plaintext);
      assert.ok(whole.equals(sealed.subarray(16, -16)));
      assert.ok(Buffer.from(plaintext).equals(sealer.open(sealed)));
    });
  }

  test('it opens into the beginning of an array, and only there', () => {
    const target = new Uint8Array(10).fill(0xaa);
    const sealed = sealer.seal(Uint8Array.of(1, 2, 3), new Uint8Array(16).fill(3));
    assert.ok(sealer.tryOpenInto(sealed, target));
    assert.deepEqual([...target], [1, 2, 3, ...new Uint8Array(7).fill(0xaa)]);
    sealed[20] = 0;
    assert.ok(!sealer.tryOpenInto(sealed, target.fill(0)));
    assert.ok(target.every((byte) => byte === 0));
    assert.throws(() => sealer.tryOpenInto(sealed, new Uint8Array(2)), RangeError);
  });

  test('it refuses a key of zeros, which would seal nothing', () => {
    assert.throws(
      () => new Sealer({ ...key, encrypt: new Uint8Array(32) }),
      (error) => isFailure(error),
    );
  });
});
