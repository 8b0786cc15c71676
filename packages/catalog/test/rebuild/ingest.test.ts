import { deepEqual, equal, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Catalog, openCatalog } from '@holdfast/catalog';
import { fakeClock } from '@holdfast/testkit';
import fc from 'fast-check';
import { backUp, ingest, type Phone, type PhoneFile, type Snapshot } from '../../test-setup/backups.ts';
import { allItems, blob, file, hour, inShort, PHONE } from '../../test-setup/catalogs.ts';

/** All that the repository can know of the items: of one that is not saved, it has no size, time or title. */
async function rows(catalog: Catalog): Promise<unknown[]> {
  return (await allItems(catalog, PHONE.id)).map((item) => {
    const { sizeBytes, mtimeNs, title, receipt, kind, since, goneSince, ...rest } = item;
    const isSaved = rest.state === 'verified';
    return {
      ...rest,
      since: since.toString(),
      goneSince: goneSince?.toString(),
      snapshot: receipt?.snapshot,
      proved: receipt?.proved,
      saved: isSaved ? [sizeBytes, mtimeNs, title, kind] : undefined,
    };
  });
}

const memory = (): Catalog => openCatalog(':memory:', { clock: fakeClock() });

const FOLDERS = ['', 'a', 'a/b', 'c', 'c/d'];
const TROUBLE = ['read-error', 'access-denied', 'excluded'] as const;

const anyChange = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    folder: fc.constantFrom(...FOLDERS),
    name: fc.constantFrom('1', '2', '3'),
    size: fc.nat(3),
    trouble: fc.option(fc.constantFrom(...TROUBLE), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constantFrom('trouble' as const, 'no-trouble' as const, 'gone' as const),
    folder: fc.constantFrom(...FOLDERS),
    name: fc.constantFrom('1', '2', '3'),
  }),
  fc.record({
    kind: fc.constantFrom('folder' as const, 'lock' as const),
    folder: fc.constantFrom(...FOLDERS.slice(1)),
  }),
  fc.record({
    kind: fc.constant('contacts' as const),
    keys: fc.option(fc.subarray(['k', 'l', 'm']), { nil: undefined }),
  }),
);

type Change = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

/** The phone after a change; `now` is a time that nothing has yet. */
function changed(phone: Phone, change: Change, now: number): Phone {
  const folders = new Map(Array.from(phone.folders, ([path, files]) => [path, new Map(files)]));
  const unreadable = new Set(phone.unreadable);
  if (change.kind === 'contacts') return { ...phone, contacts: change.keys };
  const { folder } = change;
  const files: Map<string, PhoneFile> | undefined = folders.get(folder);
  if (!('name' in change)) {
    const set = change.kind === 'lock' ? unreadable : folders;
    if (set.has(folder))
      for (const one of [...set.keys()].filter((path) => `${path}/`.startsWith(`${folder}/`)))
        set.delete(one);
    else if (change.kind === 'lock') unreadable.add(folder);
    else if (folders.has(folder.slice(0, Math.max(0, folder.lastIndexOf('/')))))
      folders.set(folder, new Map());
  } else if (change.kind === 'file') {
    files?.set(change.name, { size: change.size, mtime: now, trouble: change.trouble });
  } else {
    const known = files?.get(change.name);
    if (change.kind === 'gone') files?.delete(change.name);
    else if (known !== undefined)
      files?.set(change.name, { ...known, trouble: change.kind === 'trouble' ? 'read-error' : undefined });
  }
  return { ...phone, folders, unreadable };
}

suite('a rebuild', () => {
  test('it gives the very rows that following the runs gave, also when it is interrupted or made twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyChange, { maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        fc.nat(6),
        async (runs, failAt) => {
          using live = memory();
          using rebuilt = memory();
          let phone: Phone = { folders: new Map([['', new Map()]]), unreadable: new Set(), contacts: [] };
          let now = 1;
          const snapshots: Snapshot[] = [];
          for (const [hours, changes] of runs.entries()) {
            for (const change of changes) phone = changed(phone, change, now++);
            snapshots.push(backUp(live, phone, hours, snapshots.at(-1)));
          }
          for (const [at, snapshot] of snapshots.entries()) {
            const last = snapshots[at - 1];
            await ingest(rebuilt, snapshot, last, failAt).catch(() => {});
            await ingest(rebuilt, snapshot, last);
          }
          deepEqual(await rows(rebuilt), await rows(live));
          for (const snapshot of snapshots) equal(await ingest(rebuilt, snapshot, undefined), 'known');
          deepEqual(await rows(rebuilt), await rows(live));
          const ofRuns = async (catalog: Catalog) =>
            (await catalog.runs(PHONE.id))
              .filter(({ state }) => state === 'finished')
              .map(({ snapshot }) => snapshot);
          deepEqual(await ofRuns(rebuilt), await ofRuns(live));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('it takes no snapshot that is older than one it has', async () => {
    using catalog = memory();
    const phone = { folders: new Map([['', new Map()]]), unreadable: new Set<string>(), contacts: ['k'] };
    backUp(catalog, phone, 1, undefined);
    const facts = { id: blob(5), began: hour(0), setAside: [] };
    equal(await catalog.ingest(PHONE, facts, (async function* () {})()), 'late');
  });

  test('it calls nothing gone that a backup was not asked for', async () => {
    using catalog = memory();
    const entry = { name: 'a', kind: 'photo', sizeBytes: 1, mtimeNs: 1n, content: [blob(1)] } as const;
    const add = (hours: number, isPartial: boolean) =>
      catalog.ingest(
        PHONE,
        { id: blob(hours), began: hour(hours), setAside: [] },
        (async function* () {
          yield { path: '', entries: isPartial ? [] : [entry], isPartial };
        })(),
      );
    await add(0, false);
    await add(1, true);
    deepEqual(await inShort(catalog), ['a: verified stored']);
  });

  test('it keeps the words of a newer program for what it does not know', async () => {
    using catalog = memory();
    const setAside = [
      { path: 'a', state: 'skipped', reason: 'mercury-retrograde', detail: 'again', since: hour(-1) },
      { path: 'b', state: 'skipped', reason: 'toString', since: hour(-1) },
    ] as const;
    await catalog.ingest(PHONE, { id: blob(1), began: hour(0), setAside }, (async function* () {})());
    deepEqual(
      (await allItems(catalog, PHONE.id)).map(({ reason, detail }) => [reason, detail]),
      [
        ['newer-program', 'mercury-retrograde: again'],
        ['newer-program', 'toString'],
      ],
    );
  });

  test('it leaves what an error of the caller interrupts for the next time', async () => {
    using catalog = memory();
    const ledger = catalog.beginRun(PHONE, { kind: 'backup', began: hour(0) });
    ledger.listed('', [file('a')]);
    ledger.finished();
    const failing = (async function* () {
      yield { path: '', entries: [] };
      throw new Error('unreadable');
    })();
    await rejects(
      catalog.ingest(PHONE, { id: blob(1), began: hour(1), setAside: [] }, failing),
      /unreadable/,
    );
    equal((await catalog.runs(PHONE.id))[0]?.snapshot, undefined);
  });
});
