import { deepEqual, equal } from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { test } from 'node:test';
import { openFolderSource } from '@holdfast/devices';
import type { BackupEvent } from '@holdfast/engine';
import { findSnapshot, loadIndex, type OpenRepository } from '@holdfast/repository';
import { seededRandom, temporaryFolder } from '@holdfast/testkit';
import { newRepository, runBackup, sourceOf } from '../test-setup/runs.ts';

/** The tree of `files/<name>` in the last backup. */
async function filesTree(repository: OpenRepository): Promise<string | undefined> {
  const { snapshot } = await findSnapshot(repository, 'latest');
  await using indexed = await loadIndex(repository, { threads: 0 });
  const top = await indexed.blobs.loadTree(snapshot.tree);
  const files = await indexed.blobs.loadTree(top.find(({ name }) => name === 'files')?.subtree ?? '');
  return files[0]?.subtree;
}

/** How many items of each kind were told. */
function told(events: readonly BackupEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const event of events) {
    const { kind } = event;
    if (kind === 'unchanged') counts[kind] = (counts[kind] ?? 0) + event.items;
    if (kind === 'saved' || kind === 'set-aside') counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** What may happen in a folder between two backups; `draw` gives a number below another. */
const HAPPENINGS: readonly (readonly [string, (root: string, draw: (below: number) => number) => void])[] = [
  ['nothing', () => {}],
  ['a longer file', (root, draw) => appendFileSync(`${root}/d${draw(3)}/f${draw(4)}`, 'more')],
  [
    'another content of the same size',
    (root, draw) => writeFileSync(`${root}/d${draw(3)}/f${draw(4)}`, 'other'),
  ],
  ['another mode', (root, draw) => chmodSync(`${root}/d${draw(3)}/f${draw(4)}`, 0o600 + draw(64))],
  ['another time', (root, draw) => utimesSync(`${root}/d${draw(3)}/f${draw(4)}`, draw(2e9), draw(2e9) + 0.5)],
  ['a new file', (root, draw) => writeFileSync(`${root}/d${draw(3)}/new${draw(9)}`, 'fresh')],
  ['a file less', (root, draw) => rmSync(`${root}/d${draw(3)}/new${draw(9)}`, { force: true })],
  ['a new folder', (root, draw) => mkdirSync(`${root}/d${draw(3)}/sub/deep${draw(9)}`, { recursive: true })],
  [
    'a file in a folder',
    (root, draw) => {
      const folder = `${root}/d${draw(3)}/sub/deep${draw(9)}`;
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/inside`, 'in');
    },
  ],
  ['a folder less', (root, draw) => rmSync(`${root}/d${draw(3)}/sub`, { recursive: true, force: true })],
  [
    'another name of a file',
    (root, draw) => {
      const to = `${root}/d${draw(3)}/linked`;
      rmSync(to, { force: true });
      linkSync(`${root}/d${draw(3)}/f${draw(4)}`, to);
    },
  ],
  [
    'a link',
    (root, draw) => {
      const to = `${root}/d${draw(3)}/link`;
      rmSync(to, { force: true });
      symlinkSync('f0', to);
    },
  ],
  ['a name that needs quotes', (root, draw) => writeFileSync(`${root}/d${draw(3)}/"é\n${draw(3)}"`, 'q')],
  [
    'two folders that change places',
    (root) => {
      renameSync(`${root}/d0`, `${root}/x`);
      renameSync(`${root}/d1`, `${root}/d0`);
      renameSync(`${root}/x`, `${root}/d1`);
    },
  ],
];

test('it gives the same trees and counts whether listings come in columns or not, whatever happens in between', async () => {
  await using folder = await temporaryFolder();
  const random = seededRandom(21);
  const draw = (below: number): number => new DataView(random(4).slice().buffer).getUint32(0) % below;
  for (const at of [0, 1, 2]) {
    mkdirSync(`${folder.path}/d${at}`);
    for (const file of [0, 1, 2, 3]) writeFileSync(`${folder.path}/d${at}/f${file}`, `file ${at}${file}`);
  }
  writeFileSync(`${folder.path}/top`, 'top');
  const plain = await sourceOf(folder.path);
  const inColumns = await openFolderSource(folder.path, { machine: 'testing', useThread: true });
  const [one, other] = [await newRepository(), await newRepository()];
  for (let round = 0; round < 20; round++) {
    const [what, happen] = HAPPENINGS[round < HAPPENINGS.length ? round : draw(HAPPENINGS.length)] ?? [];
    happen?.(folder.path, draw);
    const expected = await runBackup(one, plain);
    const found = await runBackup(other, inColumns);
    equal(await filesTree(other), await filesTree(one), `after ${what}`);
    deepEqual(told(found.events), told(expected.events), `after ${what}`);
    deepEqual(found.summary.balance, expected.summary.balance, `after ${what}`);
    if (what === 'nothing' && round > 0) equal(told(found.events)['saved'] ?? 0, 0);
  }
});
