import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Id, Node } from '@holdfast/restic-format';
import { select } from '#restore/select.ts';

/** Trees in which `a/b/c` is there for every such path, and how often one was loaded. */
function treesOf(paths: readonly string[]): {
  readonly loads: string[];
  loadTree(id: Id): Promise<Node[]>;
} {
  const loads: string[] = [];
  return {
    loads,
    async loadTree(id) {
      loads.push(id);
      const prefix = id === 'root' ? '' : `${id}/`;
      const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
      const names = [...new Set(below.map((path) => path.split('/')[0] ?? ''))];
      return names.map((name) =>
        below.includes(name)
          ? ({ name, type: 'file' } as Node)
          : ({ name, type: 'dir', subtree: `${prefix}${name}` as Id } as Node),
      );
    },
  };
}

const ALL = ['files/a/1.jpg', 'files/a/2.jpg', 'files/b/1.jpg', 'files/b.txt', 'files/a-b/1.jpg'];

async function selected(
  paths: readonly string[],
  keepsFolders: boolean,
  partOf?: readonly string[],
): Promise<string[]> {
  const rows: string[] = [];
  for await (const each of select(treesOf(ALL), 'root' as Id, paths, { keepsFolders, partOf }))
    if ('node' in each && each.node.type === 'file') rows.push([...each.folder.to, each.node.name].join('/'));
  return rows.toSorted();
}

const ROWS: [string, string[], boolean, string[]][] = [
  ['each right below', ['files/a/1.jpg', 'files/b.txt'], false, ['1.jpg', 'b.txt']],
  ['in folders that differ', ['files/a/1.jpg', 'files/b/1.jpg'], true, ['a/1.jpg', 'b/1.jpg']],
  ['without folders that are the same', ['files/a/1.jpg', 'files/a/2.jpg'], true, ['1.jpg', '2.jpg']],
  ['a folder and a file beside it', ['files/a', 'files/b.txt'], true, ['a/1.jpg', 'a/2.jpg', 'b.txt']],
  ['what is inside another once', ['files/a/1.jpg', 'files/a', '/files/a/'], true, ['a/1.jpg', 'a/2.jpg']],
  [
    'a name that begins like another',
    ['files/a', 'files/a-b/1.jpg'],
    true,
    ['a-b/1.jpg', 'a/1.jpg', 'a/2.jpg'],
  ],
  ['all', [''], true, ALL.toSorted()],
];

for (const [name, paths, keepsFolders, expected] of ROWS) {
  test(`it lays what was selected out: ${name}`, async () => {
    assert.deepEqual(await selected(paths, keepsFolders), expected);
  });
}

test('it lays some of what was selected out as all of it', async () => {
  assert.deepEqual(await selected(['files/a/1.jpg'], true, ['files/b/1.jpg', 'files/a']), ['a/1.jpg']);
  assert.deepEqual(await selected(['files/a/1.jpg'], true, ['']), ['files/a/1.jpg']);
});

test('it loads the way to thousands of files of a folder once', async () => {
  const names = Array.from({ length: 3000 }, (_, at) => `files/internal/DCIM/Camera/${at}.jpg`);
  const trees = treesOf(names);
  let count = 0;
  for await (const _ of select(trees, 'root' as Id, names.toReversed())) count += 1;
  assert.equal(count, 3000);
  assert.deepEqual(trees.loads, [
    'root',
    'files',
    'files/internal',
    'files/internal/DCIM',
    'files/internal/DCIM/Camera',
  ]);
});
