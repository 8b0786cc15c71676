import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { isFailure } from '@holdfast/kernel';
import {
  createKeyFile,
  formatKeyFile,
  generateMasterKey,
  type NewKeyFile,
  openKeyFile,
  parseKeyFile,
} from '@holdfast/restic-format';
import { seededRandom } from '@holdfast/testkit';
import fc from 'fast-check';

const random = seededRandom(7);
const cheap: NewKeyFile = {
  created: '2026-01-02T03:04:05Z',
  username: 'me & you',
  hostname: 'höst',
  random,
  N: 16,
  r: 1,
  p: 1,
};

suite('key files', async () => {
  test('it gives the master key back for the password, also after being written and read', async () => {
    const master = generateMasterKey(random);
    for (const password of ['', 'secret', 'pässwörd 😀', 'a\0b']) {
      const keyFile = await createKeyFile(master, password, cheap);
      const read = parseKeyFile(formatKeyFile(keyFile));
      assert.deepEqual(read, keyFile);
      assert.deepEqual(await openKeyFile(read, password), master);
      assert.equal(await openKeyFile(read, `${password}x`), undefined);
    }
  });

  test('it defaults to a cost that guessing one password takes 32 MiB and three passes', async () => {
    const { N, r, p } = await createKeyFile(generateMasterKey(random), 'x', {
      created: cheap.created,
      username: '',
      hostname: '',
      random,
    });
    assert.deepEqual({ N, r, p }, { N: 32768, r: 8, p: 3 });
  });

  const valid = JSON.parse(
    Buffer.from(formatKeyFile(await createKeyFile(generateMasterKey(random), 'x', cheap))).toString(),
  ) as object;

  for (const [name, change, code] of [
    ['another derivation', { kdf: 'argon2id' }, 'restic-format/unsupported'],
    ['memory beyond 1 GiB', { N: 2 ** 21, r: 8 }, 'restic-format/too-large'],
    ['memory beyond 1 GiB by blocks', { N: 2, r: 2 ** 22, p: 64 }, 'restic-format/too-large'],
    ['endless work', { p: 1_000_000 }, 'restic-format/too-large'],
    ['minutes of work within 1 GiB', { N: 2 ** 20, r: 7, p: 64 }, 'restic-format/too-large'],
    ['a cost that is no power of two', { N: 1000 }, 'restic-format/malformed'],
    ['a cost of 1', { N: 1 }, 'restic-format/malformed'],
    ['no block size', { r: 0 }, 'restic-format/malformed'],
    ['a negative parallelisation', { p: -1 }, 'restic-format/malformed'],
    ['a fractional cost', { N: 16.5 }, 'restic-format/malformed'],
    ['a short salt', { salt: 'AAAA' }, 'restic-format/malformed'],
    ['data that is not Base64', { data: '****' }, 'restic-format/malformed'],
    ['no time', { created: undefined }, 'restic-format/malformed'],
  ] as const) {
    test(`it refuses ${name}`, () => {
      const bytes = Buffer.from(JSON.stringify({ ...valid, ...change }));
      assert.throws(
        () => parseKeyFile(bytes),
        (error) => isFailure(error, code),
      );
    });
  }

  test('it refuses a cost scrypt does not define, even if a key file could say so', async () => {
    const keyFile = await createKeyFile(generateMasterKey(random), 'x', cheap);
    await assert.rejects(openKeyFile({ ...keyFile, N: 2 ** 16, r: 1 }, 'x'), (error) =>
      isFailure(error, 'restic-format/malformed'),
    );
  });

  test('it gives nothing for a key file whose sealed key was cut off', async () => {
    const keyFile = await createKeyFile(generateMasterKey(random), 'x', cheap);
    assert.equal(await openKeyFile({ ...keyFile, data: keyFile.data.subarray(0, 20) }, 'x'), undefined);
  });

  test('it reads any bytes as a key file or refuses them', () => {
    const documents = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(documents, (bytes) => {
        assert.throws(
          () => parseKeyFile(bytes),
          (error) => isFailure(error),
        );
      }),
    );
  });
});
