import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import { CATALOG_FAILURES, openCatalog, removeCatalog } from '@holdfast/catalog';
import { isFailure } from '@holdfast/kernel';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';
import { MIGRATIONS } from '#database/migrations.ts';
import { openDatabase } from '#database/open.ts';
import { failureOf } from '#failures.ts';
import { file, hour, inShort, ownCatalog, PHONE } from '../../test-setup/catalogs.ts';

const clock = fakeClock();

/** What opening fails with, and its hint. */
function failureAt(path: string): readonly [code: string, hint: string | undefined] {
  try {
    openCatalog(path, { clock }).close();
  } catch (error) {
    if (isFailure(error)) return [error.code, error.hint];
    throw error;
  }
  throw new Error('it opened');
}

suite('a catalog', () => {
  test('it is for its owner alone, and so are the files beside it', async () => {
    await using own = await ownCatalog();
    own.catalog.sawDevice(PHONE);
    for (const suffix of ['', '-wal', '-shm']) equal(statSync(own.path + suffix).mode & 0o777, 0o600);
    own.catalog.close();
    chmodSync(own.path, 0o644);
    openCatalog(own.path, { clock }).close();
    equal(statSync(own.path).mode & 0o777, 0o600);
  });

  test('it keeps its locks when it is opened once more and closed', {
    skip: process.platform !== 'linux' && 'only Linux tells who locks a file',
  }, async () => {
    await using own = await ownCatalog();
    own.catalog.sawDevice(PHONE);
    const { ino } = statSync(own.path);
    const locks = (): number =>
      readFileSync('/proc/locks', 'latin1')
        .split('\n')
        .filter((line) => line.includes(`:${ino} `)).length;
    equal(locks(), 1);
    openCatalog(own.path, { clock }).close();
    equal(locks(), 1);
  });

  test('it keeps devices, settings and runs when it is closed', async () => {
    await using own = await ownCatalog();
    own.catalog.sawDevice({ ...PHONE, facts: { serial: 'R5\udcff', sdk: 34 } });
    own.catalog.sawDevice({ ...PHONE, name: 'Renamed\0' });
    await own.catalog.set('a', '1');
    await own.catalog.set('a', '2');
    await own.catalog.set('b', '3');
    await own.catalog.set('b', undefined);
    own.catalog.close();
    own.catalog = openCatalog(own.path, { clock });
    equal(await own.catalog.setting('a'), '2');
    equal(await own.catalog.setting('b'), undefined);
    const [device] = await own.catalog.devices();
    deepEqual(device, {
      id: PHONE.id,
      kind: 'android',
      name: 'Renamed\0',
      facts: { serial: 'R5\udcff', sdk: 34 },
      firstSeen: device?.firstSeen,
      lastSeen: device?.firstSeen,
    });
    own.catalog.forgetAll();
    deepEqual(await own.catalog.devices(), []);
    equal(await own.catalog.setting('a'), '2');
  });

  test('it says so when it is no catalog of ours', async () => {
    await using temporary = await temporaryFolder();
    const path = (name: string): string => join(temporary.path, name);
    const rebuild = 'Run "holdfast rebuild": what the catalog holds is made again from the repository.';

    writeFileSync(path('noise'), Buffer.alloc(9000, 'no database'));
    deepEqual(failureAt(path('noise')), [CATALOG_FAILURES.damaged, rebuild]);

    openCatalog(path('cut'), { clock }).close();
    truncateSync(path('cut'), 4096);
    deepEqual(failureAt(path('cut')), [CATALOG_FAILURES.damaged, rebuild]);
    removeCatalog(path('cut'));
    openCatalog(path('cut'), { clock }).close();

    const foreign = new DatabaseSync(path('foreign'));
    foreign.exec('CREATE TABLE theirs (a)');
    foreign.close();
    const before = readFileSync(path('foreign'));
    deepEqual(failureAt(path('foreign')), [
      CATALOG_FAILURES.notACatalog,
      'Move it away: the catalog needs that name.',
    ]);
    ok(readFileSync(path('foreign')).equals(before));

    openDatabase(path('newer'), [...MIGRATIONS, 'CREATE TABLE later (a)']).close();
    deepEqual(failureAt(path('newer')), [
      CATALOG_FAILURES.newer,
      'Update this program, or keep a catalog for it alone with another HOLDFAST_HOME.',
    ]);

    const cannotOpen = 'Check that its folder is there and that this account may write in it.';
    deepEqual(failureAt(path('nowhere/catalog')), [CATALOG_FAILURES.cannotOpen, cannotOpen]);
    mkdirSync(path('folder'));
    deepEqual(failureAt(path('folder')), [CATALOG_FAILURES.cannotOpen, cannotOpen]);
  });

  test('it says so when a part of it turns out to be damaged', async () => {
    await using own = await ownCatalog();
    const ledger = own.catalog.beginRun(PHONE, { kind: 'backup', began: hour(0) });
    ledger.listed(
      '',
      Array.from({ length: 3000 }, (_, n) => file(`${n}.jpg`)),
    );
    ledger.finished();
    own.catalog.close();
    const bytes = readFileSync(own.path);
    bytes.fill(0xa5, 20 * 4096);
    writeFileSync(own.path, bytes);
    own.catalog = openCatalog(own.path, { clock });
    const isDamaged = (error: unknown): boolean => isFailure(error, CATALOG_FAILURES.damaged);
    let seen: unknown;
    await inShort(own.catalog).catch((error: unknown) => {
      seen = error;
    });
    ok(isDamaged(seen), String(seen));
    throws(() => {
      const next = own.catalog.beginRun(PHONE, { kind: 'backup', began: hour(1) });
      next.listed('', [file('0.jpg')]);
      next.finished();
    }, isDamaged);
  });

  test('it is brought to a newer version, all or nothing', async () => {
    await using own = await ownCatalog();
    own.catalog.sawDevice(PHONE);
    own.catalog.close();
    throws(() => openDatabase(own.path, [...MIGRATIONS, 'CREATE TABLE later (a); nonsense']));
    openDatabase(own.path).close();
    const later = openDatabase(own.path, [...MIGRATIONS, 'CREATE TABLE later (a)']);
    equal(later.all('SELECT * FROM devices').length, 1);
    deepEqual(later.all('SELECT * FROM later'), []);
    later.close();
  });

  for (const [result, code, retry] of [
    [5, 'catalog/busy', 'later'],
    [266, 'catalog/io', 'later'],
    [13, 'catalog/full', 'later'],
    [1032, 'catalog/cannot-open', 'never'],
    [267, 'catalog/damaged', 'never'],
  ] as const) {
    test(`it has a failure and a hint for what SQLite calls ${result}`, () => {
      const failure = failureOf(Object.assign(new Error(), { errcode: result }), '/home/me/catalog.sqlite');
      ok(isFailure(failure, code));
      equal(failure.retry, retry);
      ok(failure.hint?.endsWith('.'));
      ok(failure.message.includes('/home/me/catalog.sqlite'));
    });
  }

  test('it leaves errors of the program as they are', () => {
    const bug = new Error('bug');
    equal(failureOf(bug, 'p'), bug);
    equal(failureOf(Object.assign(new Error(), { errcode: 1 }), 'p') instanceof Error, true);
  });

  test('it starts without a word of warning, in several processes at once', async () => {
    await using temporary = await temporaryFolder();
    const script = new URL('../../test-setup/busy-writer.ts', import.meta.url).pathname;
    const path = join(temporary.path, 'catalog.sqlite');
    const run = promisify(execFile);
    const ended = await Promise.all(
      ['phone-1', 'phone-2', 'phone-1'].map((device, at) =>
        run(process.execPath, [script, path, device, String(at), '5']),
      ),
    );
    deepEqual(
      ended.map(({ stderr }) => stderr),
      ['', '', ''],
    );
    using catalog = openCatalog(path, { clock });
    equal((await catalog.devices()).length, 2);
  });
});
