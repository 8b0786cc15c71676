import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BlobParts } from '#reading/blob-parts.ts';

const MIB = 1024 * 1024;
const ID = 'ab'.repeat(32);
const { signal } = new AbortController();

/** Blobs of so many bytes, each of which says where it is, and how often one was loaded. */
function blobsOf(lengthBytes: number) {
  const bytes = Uint8Array.from({ length: lengthBytes }, (_, at) => at % 251);
  const counted = { loads: 0 };
  const loadBlob = async (): Promise<Uint8Array> => {
    counted.loads += 1;
    return bytes.slice();
  };
  return { bytes, counted, blobs: { loadBlob } };
}

suite('blobs in parts', () => {
  const rows: [from: number, to: number][] = [
    [0, Number.POSITIVE_INFINITY],
    [0, 1],
    [5, 5],
    [100, MIB],
    [MIB - 1, 5 * MIB],
    [3 * MIB, 4 * MIB],
    [256 * 1024, 512 * 1024],
  ];
  for (const [from, to] of rows)
    test(`it gives a blob from ${from} to ${to}, loaded once, and then holds nothing`, async () => {
      const parts = new BlobParts();
      const { bytes, blobs, counted } = blobsOf(2 * MIB + 7);
      const given = await Array.fromAsync(parts.read(blobs, ID, from, to, signal));
      ok(Buffer.concat(given).equals(bytes.subarray(from, to)));
      ok(given.every((part) => part.length <= 256 * 1024 && part.buffer.byteLength === part.length));
      deepEqual([counted.loads, parts.heldBytes], [1, 0]);
    });

  test('it holds no more than it may for clients who read no further, who get the right bytes all the same', async () => {
    const parts = new BlobParts(3 * MIB);
    const { bytes, blobs } = blobsOf(MIB);
    const clients = Array.from({ length: 60 }, () =>
      parts.read(blobs, ID, 0, MIB, signal)[Symbol.asyncIterator](),
    );
    const got: Uint8Array[][] = clients.map(() => []);
    for (let round = 0; round < 4; round++)
      for (const [at, client] of clients.entries()) {
        const { value } = await client.next();
        got[at]?.push(value as Uint8Array);
        ok(parts.heldBytes <= 3 * MIB);
      }
    ok(got.every((each) => Buffer.concat(each).equals(bytes)));
    for (const client of clients) await client.return?.();
    equal(parts.heldBytes, 0);
  });

  test('it lets go of a blob when its client goes away, or it cannot be read', async () => {
    const parts = new BlobParts();
    const { blobs } = blobsOf(MIB);
    for await (const _ of parts.read(blobs, ID, 0, MIB, signal)) break;
    equal(parts.heldBytes, 0);
    const broken = { loadBlob: () => Promise.reject(new Error('it is gone')) };
    for (let at = 0; at < 9; at++)
      await rejects(Array.fromAsync(parts.read(broken, ID, 0, 1, signal)), /gone/);
    const leaving = new AbortController();
    leaving.abort(new Error('left'));
    await rejects(Array.fromAsync(parts.read(blobs, ID, 0, MIB, leaving.signal)), /left/);
    equal(parts.heldBytes, 0);
  });
});
