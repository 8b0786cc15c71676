import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  compareNames,
  compress,
  decompress,
  formatTree,
  idOf,
  type Node,
  parseTree,
} from '@holdfast/restic-format';

const TIME = '2024-02-29T12:34:56.123456789Z';

for (const [count, what, filler] of [
  [1_000_000, 'names of 255 bytes', 'n'],
  [500_000, 'names of 255 bytes that are not UTF-8, 1.2 kB each once quoted', '\udcff'],
] as const) {
  test(`it writes and reads a folder of ${count} entries with ${what}`, (t) => {
    const nameOf = (at: number): string => `${at}-`.padEnd(255, filler);
    let nodes: readonly Node[] = Array.from({ length: count }, (_, at) => ({
      name: nameOf(at),
      type: 'file',
      mode: 0o644,
      mtime: TIME,
      atime: TIME,
      ctime: TIME,
      uid: 1000,
      gid: 1000,
      user: 'someone',
      group: 'someone',
      inode: at + 1,
      size: at + 1,
      links: 1,
      content: [at.toString(16).padStart(64, '0')],
    }));
    const bytes = formatTree(nodes);
    t.diagnostic(`${bytes.length} bytes`);
    assert.ok(bytes.length > 2 ** 29, 'more than a string can hold');
    nodes = [];
    const read = parseTree(decompress(compress(bytes), bytes.length));
    assert.equal(read.length, count);
    assert.ok(read.every(({ name }, at) => at === 0 || compareNames(read[at - 1]?.name ?? '', name) < 0));
    assert.equal(idOf(formatTree(read)), idOf(bytes));
  });
}
