import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formatTree, type Node, parseTree } from '@holdfast/restic-format';
import { treeNodes } from '#build/tree-nodes.ts';

const time = '2023-11-14T22:13:20Z';

const nodeOf = (name: string): Node => ({
  name,
  type: 'file',
  mode: 0o644,
  mtime: time,
  atime: time,
  ctime: time,
  uid: 0,
  gid: 0,
  size: 1,
  content: ['ab'.repeat(32)],
});

const many = (count: number): Uint8Array =>
  formatTree(Array.from({ length: count }, (_, at) => nodeOf(`${at} "],}{\\" \\\\ü`)));

suite('nodes of a tree', () => {
  for (const count of [0, 1, 20_000])
    test(`it has ${count} of them as they are, in pieces where there are many`, () => {
      const plaintext = many(count);
      const pieces = [...treeNodes(plaintext)];
      deepEqual(pieces.flat(), parseTree(plaintext));
      equal(pieces.length > 1, count > 10_000);
    });

  test('it refuses a long one that is cut off, or has more behind its end', () => {
    const plaintext = many(20_000);
    for (const broken of [
      plaintext.subarray(0, -100),
      plaintext.subarray(0, -2),
      Buffer.concat([plaintext, plaintext]),
    ])
      throws(() => [...treeNodes(broken)], { code: 'restic-format/malformed' });
    ok([...treeNodes(plaintext)].length > 0);
  });
});
