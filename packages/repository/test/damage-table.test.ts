import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  acquireLock,
  addKey,
  changePassword,
  type Finding,
  isDamage,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  repairsForAll,
} from '@holdfast/repository';
import { CHEAP_PASSWORD, cheapRepository, onStore } from '@holdfast/repository/testing';
import type { Id } from '@holdfast/restic-format';
import type { FileKind, FileRef, Store } from '@holdfast/store';
import { MemoryStore } from '@holdfast/store';
import { fakeClock, seededRandom } from '@holdfast/testkit';
import {
  copyStore,
  findingsIn,
  listFiles,
  loadSample,
  repairAsAdvised,
  replaceFile,
  saveSample,
} from '@holdfast/testkit/repository';

const SMALL_PACKS = { packBytes: 4096 };

type Harm = 'a flipped bit' | 'half of it' | 'no file';

const INDEX = 'holdfast repair index';
const SNAPSHOTS = 'holdfast repair snapshots --forget';
const PACKS = 'holdfast repair packs FILE';

type Thing = Exclude<FileKind, 'pack'> | 'key in use' | 'pack of data' | 'pack of trees';

/** What is harmed, what check calls it, and what it advises; of whole trees also what depends on them is told. */
const rows: readonly [what: Thing, harm: Harm, finding: Finding['kind'] | '', advice: string][] = [
  ['pack of data', 'a flipped bit', 'blobs-damaged', `${PACKS}, ${SNAPSHOTS}`],
  ['pack of data', 'half of it', 'pack-size', `${INDEX}, ${PACKS}, ${SNAPSHOTS}`],
  ['pack of data', 'no file', 'pack-missing', `${INDEX}, ${SNAPSHOTS}`],
  ['pack of trees', 'a flipped bit', 'tree-damaged', `${PACKS}, ${SNAPSHOTS}`],
  ['pack of trees', 'half of it', 'pack-size', `${INDEX}, ${PACKS}, ${SNAPSHOTS}`],
  ['pack of trees', 'no file', 'pack-missing', `${INDEX}, ${SNAPSHOTS}`],
  ['index', 'a flipped bit', 'index-damaged', INDEX],
  ['index', 'half of it', 'index-damaged', INDEX],
  // What it listed is missed where snapshots need it.
  ['index', 'no file', 'tree-missing', `${INDEX}, ${SNAPSHOTS}`],
  ['snapshot', 'a flipped bit', 'snapshot-damaged', SNAPSHOTS],
  ['snapshot', 'half of it', 'snapshot-damaged', SNAPSHOTS],
  ['key', 'a flipped bit', 'key-damaged', 'holdfast keys remove FILE'],
  ['key', 'half of it', 'key-damaged', 'holdfast keys remove FILE'],
  ['key in use', 'a flipped bit', 'key-damaged', 'holdfast keys passwd'],
  ['key in use', 'half of it', 'key-damaged', 'holdfast keys passwd'],
  ['key in use', 'no file', 'key-damaged', 'holdfast keys passwd'],
  ['lock', 'a flipped bit', 'lock-damaged', 'holdfast unlock --all'],
  ['lock', 'half of it', 'lock-damaged', 'holdfast unlock --all'],
  ['config', 'a flipped bit', 'config-damaged', ''],
  ['config', 'half of it', 'config-damaged', ''],
  ['config', 'no file', 'config-damaged', ''],
  // Nothing in a repository says that there were such files.
  ['snapshot', 'no file', '', ''],
  ['key', 'no file', '', ''],
  ['lock', 'no file', '', ''],
];

const original = await makeOriginal();

/** One snapshot, in one pack of data and one of trees; two keys; somebody at work. */
async function makeOriginal(): Promise<{
  opened: OpenRepository;
  files: ReadonlyMap<string, Uint8Array>;
  treePacks: ReadonlySet<Id>;
}> {
  const clock = fakeClock();
  const impatient = { ...clock, now: () => clock.now(), sleep: () => Promise.resolve() };
  const opened = await cheapRepository(new MemoryStore(), { clock: impatient, random: seededRandom(1) });
  await using repository = await loadIndex(opened, { ...SMALL_PACKS, threads: 0 });
  const id = await saveSample(repository, { 'a.txt': 'one', folder: { 'b.bin': seededRandom(2)(2000) } });
  await addKey(opened, 'another password');
  const copy = await copyStore(opened.store);
  await using _lock = await acquireLock(opened, { exclusive: false, isProcessAlive: () => true });
  for await (const { name } of opened.store.list('lock'))
    await copy.put({ kind: 'lock', name }, [await opened.store.get({ kind: 'lock', name })]);
  const blobs = [...repository.index.blobs()];
  const treePacks = new Set(blobs.filter(({ entry }) => entry.type === 'tree').map(({ pack }) => pack));
  return { opened: onStore(opened, copy), files: await loadSample(repository, id), treePacks };
}

function find(files: readonly FileRef[], what: Thing): FileRef {
  const isMeant = ({ kind, name }: FileRef): boolean => {
    if (kind === 'key') return what === (name === original.opened.keyId ? 'key in use' : 'key');
    if (kind === 'pack') return what === (original.treePacks.has(name) ? 'pack of trees' : 'pack of data');
    return kind === what;
  };
  return files.find(isMeant) ?? assert.fail(`no ${what}`);
}

async function harm(store: Store, file: FileRef, how: Harm): Promise<void> {
  if (how === 'no file') return store.remove(file);
  const bytes = await store.get(file);
  const at = Math.floor(bytes.length / 2);
  if (how === 'half of it') return replaceFile(store, file, bytes.subarray(0, at));
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  await replaceFile(store, file, bytes);
}

/** Packs are read, and written anew, on threads. */
const threadsFor = (what: Thing): readonly number[] => (what.startsWith('pack') ? [0, 2] : [0]);

suite('damage, kind by kind', () => {
  for (const [what, how, finding, advice] of rows) {
    const told = finding === '' ? 'cannot tell' : `tells (${finding})`;
    for (const threads of threadsFor(what)) {
      test(`it ${told} of ${what} with ${how}, and advises what repairs it (${threads} threads)`, async () => {
        const store = await copyStore(original.opened.store);
        const file = find(await listFiles(store), what);
        await harm(store, file, how);
        let opened = onStore(original.opened, store);
        const options = { ...SMALL_PACKS, threads };
        const damage = (await findingsIn(opened, options)).filter(isDamage);
        const advised = repairsForAll(damage)
          .join(', ')
          .replaceAll(file.name || '-', 'FILE');
        assert.deepEqual([damage[0]?.kind ?? '', advised], [finding, advice]);
        if (what === 'config') return;
        if (advice === 'holdfast keys passwd') opened = await changePassword(opened, CHEAP_PASSWORD);
        await repairAsAdvised(opened, options);
        assert.deepEqual((await findingsIn(opened, options)).filter(isDamage), []);
        await using repository = await loadIndex(opened, options);
        for (const { id } of (await listSnapshots(opened)).entries) {
          for (const [path, bytes] of await loadSample(repository, id))
            assert.deepEqual(bytes, what.startsWith('pack') ? bytes : original.files.get(path), path);
        }
      });
    }
  }
});
