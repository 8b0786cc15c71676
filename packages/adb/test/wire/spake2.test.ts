import { deepEqual, equal, notDeepEqual, throws } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { startSpake2 } from '@holdfast/adb/wire';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const password = fc.uint8Array({ maxLength: 80 });
const secret = fc.uint8Array({ minLength: 64, maxLength: 64 });

/**
 * Ours are made from a secret of 64 equal bytes and the password "592781"; theirs, and what was agreed on, are what
 * BoringSSL answered to ours (`SPAKE2_generate_msg`, `SPAKE2_process_msg` of Debian's android-libboringssl, called through Python's ctypes
 * with the names "adb pair client" and "adb pair server", each with its NUL).
 */
const vectors = [
  {
    role: 'client',
    fill: 7,
    ours: 'cea47f47a5a3da87b5e9be0ef8a6429b929a814ad5b80e9d1b3e764f98f14122',
    theirs: 'bc64cbf9ea1f04caf0789ea4fc0dc80478b0a9d717eef313ee8365ed8bc1032c',
    agreed:
      'b6e4412d7faca2305872743c083eeece990c1a5b6023726487ac3b32f13b6022' +
      '8ee687fd02e801274a593a8169111e3a99619e43781ff5fc83c9cdc94daf5e92',
  },
  {
    role: 'server',
    fill: 9,
    ours: 'fae9b569afd22a40a8f822c82827b075571291ad64e095a58d62c61a6858daaf',
    theirs: 'fba1cd296ebb87c8a51fdd98d26a0aa9913250ef05aa39e79bc5dba7c9b96b35',
    agreed:
      'a9fd5343989a9518fa9acb4400617c17411f802ac2f7dd3aa562c033591ff300' +
      'fa509c7a3b75af46d8bc6d8cd9ffa9beeef2801d4f73449cb9d4e7755a189ed8',
  },
] as const;

for (const { role, fill, ours, theirs, agreed } of vectors) {
  test(`it agrees with BoringSSL as the ${role}`, () => {
    const exchange = startSpake2(role, bytes('592781'), new Uint8Array(64).fill(fill));
    equal(exchange.message.toHex(), ours);
    equal(exchange.finish(Uint8Array.fromHex(theirs)).toHex(), agreed);
  });
}

test('it gives both sides the same if they have the same password, and only then', () => {
  fc.assert(
    fc.property(password, password, secret, secret, (one, other, secretOfOne, secretOfOther) => {
      const client = startSpake2('client', one, secretOfOne);
      for (const theirs of [one, other]) {
        const server = startSpake2('server', theirs, secretOfOther);
        const pair = [client.finish(server.message), server.finish(client.message)];
        if (Buffer.compare(one, theirs) === 0) deepEqual(pair[0], pair[1]);
        else notDeepEqual(pair[0], pair[1]);
      }
    }),
    { numRuns: 25 },
  );
});

test('it tells nobody the same twice', () => {
  fc.assert(
    fc.property(password, secret, secret, (given, one, other) => {
      fc.pre(Buffer.compare(one, other) !== 0);
      notDeepEqual(startSpake2('client', given, one).message, startSpake2('client', given, other).message);
    }),
    { numRuns: 25 },
  );
});

test('it refuses a message that is no point, or one without a secret in it', () => {
  const exchange = startSpake2('client', bytes('1'), new Uint8Array(64).fill(1));
  const server = bytes('edwards25519 point generation seed (N)');
  const rows: [name: string, message: Uint8Array][] = [
    ['no bytes', new Uint8Array(0)],
    ['a byte too few', new Uint8Array(31)],
    // No x goes with y = 2.
    ['no point', Uint8Array.of(2, ...new Uint8Array(31))],
    ['the server’s mask alone', maskAlone(server, bytes('1'))],
  ];
  for (const [name, message] of rows) throws(() => exchange.finish(message), { code: 'adb/protocol' }, name);
});

/** What somebody would send who knows the password and has no secret: wN, by BoringSSL's own recipe for w. */
function maskAlone(seed: Uint8Array, given: Uint8Array): Uint8Array {
  const { Point } = ed25519;
  const order = Point.Fn.ORDER;
  const hash = createHash('sha512').update(given).digest();
  let scalar = BigInt(`0x${hash.reverse().toString('hex')}`) % order;
  for (const times of [1n, 2n, 4n]) if ((scalar & times) !== 0n) scalar += times * order;
  equal(scalar % 8n, 0n);
  let digest: Uint8Array = createHash('sha256').update(seed).digest();
  for (;;) {
    try {
      const mask = Point.fromBytes(digest);
      let [sum, power] = [Point.ZERO, mask];
      for (let rest = scalar; rest > 0n; rest >>= 1n, power = power.double()) {
        if ((rest & 1n) === 1n) sum = sum.add(power);
      }
      return sum.toBytes();
    } catch {
      digest = createHash('sha256').update(digest).digest();
    }
  }
}
