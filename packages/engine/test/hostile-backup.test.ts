import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { BlobSaver, loadIndex } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { lookAt, temporaryFolder } from '@holdfast/testkit';
import { newRepository, restoreTree } from '../test-setup/runs.ts';

const TIME = '2020-01-01T00:00:00Z';
const common = { mtime: TIME, atime: TIME, ctime: TIME, uid: 0, gid: 0 };

/** What a tree holds: a file, a folder with a file `victim` in it, or a link out of the target. */
type Entry = readonly [name: string, kind: 'file' | 'folder' | 'link'];

/** What one folder of a backup holds, and what of it may be in the target then: all of it, or nothing. */
const ROWS: readonly [what: string, entries: readonly Entry[], there: readonly string[]][] = [
  [
    'a link and a folder of one name',
    [
      ['a', 'link'],
      ['a', 'folder'],
    ],
    [],
  ],
  [
    'a folder and a link of one name',
    [
      ['a', 'folder'],
      ['a', 'link'],
    ],
    [],
  ],
  [
    'a file that is there twice',
    [
      ['a', 'file'],
      ['a', 'file'],
    ],
    [],
  ],
  [
    'a link, and a file whose name leads through it',
    [
      ['a', 'link'],
      ['a/victim', 'file'],
    ],
    [],
  ],
  [
    'a link and a file beside it',
    [
      ['a', 'link'],
      ['b', 'file'],
    ],
    ['a', 'b'],
  ],
  [
    'names of another system’s paths',
    [
      ['..\\victim', 'file'],
      ['C:\\x', 'file'],
    ],
    ['..\\victim', 'C:\\x'],
  ],
];

test('it sets a link aside whose target no system can hold, and gives back the rest', async () => {
  await using folder = await temporaryFolder();
  const repository = await newRepository();
  await using indexed = await loadIndex(repository, { threads: 0 });
  const saver = new BlobSaver(indexed);
  const link = { type: 'symlink', mode: 0x80001ff, ...common };
  const nodes = [
    { name: 'a', linktarget: 'before\0after', ...link },
    { name: 'b', linktarget: 'elsewhere', ...link },
  ];
  const tree = await saver.saveBlob('tree', new TextEncoder().encode(`${JSON.stringify({ nodes })}\n`));
  await saver.finish();
  for (const conflict of ['skip', 'rename', 'overwrite'] as const) {
    const { summary } = await restoreTree(repository, tree, `${folder.path}/to`, { conflict });
    assert.deepEqual({ ...summary.balance }, { found: 2, verified: 1, waiting: 0, skipped: 0, failed: 1 });
    assert.deepEqual([...lookAt(`${folder.path}/to`).keys()], ['b']);
  }
});

for (const [what, entries, there] of ROWS) {
  for (const conflict of ['skip', 'rename', 'overwrite'] as const) {
    test(`it writes nothing outside the target for ${what} (${conflict})`, async () => {
      await using folder = await temporaryFolder();
      const outside = `${folder.path}/outside`;
      mkdirSync(outside);
      writeFileSync(`${outside}/victim`, 'untouched');
      const repository = await newRepository();
      await using indexed = await loadIndex(repository, { threads: 0 });
      const saver = new BlobSaver(indexed);
      const save = (nodes: readonly object[]): Promise<Id> =>
        saver.saveBlob('tree', new TextEncoder().encode(`${JSON.stringify({ nodes })}\n`));
      const content = [await saver.saveBlob('data', new TextEncoder().encode('evil'))];
      const fileNode = (name: string): object => ({
        name,
        type: 'file',
        mode: 0o644,
        size: 4,
        content,
        ...common,
      });
      const subtree = await save([fileNode('victim')]);
      const nodeOf = ([plain, kind]: Entry): object => {
        // Names are quoted as Go does.
        const name = plain.replaceAll('\\', '\\\\');
        if (kind === 'file') return fileNode(name);
        if (kind === 'folder') return { name, type: 'dir', mode: 0x800001ed, subtree, ...common };
        return { name, type: 'symlink', mode: 0x80001ff, linktarget: outside, ...common };
      };
      const tree = await save([
        { name: 'x', type: 'dir', mode: 0x800001ed, subtree: await save(entries.map(nodeOf)), ...common },
      ]);
      await saver.finish();
      const to = `${folder.path}/to`;
      const { summary } = await restoreTree(repository, tree, to, { conflict });
      assert.equal(summary.balance.failed, there.length === 0 ? 1 : 0);
      assert.deepEqual(
        [...lookAt(outside)].map(([name, { content }]) => [name, content]),
        [['victim', 'untouched']],
      );
      const names = [...lookAt(to).keys()].filter((name) => name !== 'x');
      assert.deepEqual(names.toSorted(), there.map((name) => `x/${name}`).toSorted());
      // Once more, over what is there now: a link from the first time leads nowhere either.
      await restoreTree(repository, tree, to, { conflict });
      assert.deepEqual([...lookAt(outside).keys()], ['victim']);
    });
  }
}
