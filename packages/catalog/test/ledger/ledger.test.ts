import { deepEqual, equal, throws } from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ItemKind } from '@holdfast/contract';
import { isFailure } from '@holdfast/kernel';
import { allItems, blob, file, folder, hour, inShort, ownCatalog, PHONE } from '../../test-setup/catalogs.ts';
import { assertBalanced } from '../../test-setup/ledger-check.ts';

const backup = (hours: number) => ({ kind: 'backup', began: hour(hours) }) as const;

const contact = (key: string, title = key) => ({ key, kind: 'contact' satisfies ItemKind, title }) as const;

suite('a listing', () => {
  test('it makes rows that wait', async () => {
    await using own = await ownCatalog();
    const ledger = own.catalog.beginRun(PHONE, backup(0));
    ledger.listed('', [folder('DCIM')]);
    ledger.listed('DCIM', [file('a.jpg', 5, 9n), file('b.mp4', 6, 9n, 'video')]);
    ledger.flush();
    deepEqual(await inShort(own.catalog), [
      'DCIM/a.jpg: waiting discovered',
      'DCIM/b.mp4: waiting discovered',
    ]);
    const item = await own.catalog.item(PHONE.id, 'DCIM/a.jpg');
    deepEqual(
      [item?.kind, item?.sizeBytes, item?.mtimeNs, item?.since.toString()],
      ['photo', 5, 9n, hour(0).toString()],
    );
    const { byKind } = await own.catalog.balance(PHONE.id);
    deepEqual(Object.keys(byKind), ['photo', 'video']);
  });

  test('it makes a row of each name, however many are new', async () => {
    await using own = await ownCatalog();
    const counts = [0, 1, 8, 9, 65, 137];
    const ledger = own.catalog.beginRun(PHONE, backup(0));
    ledger.listed(
      '',
      counts.map((count) => folder(`${count}`)),
    );
    for (const count of counts) {
      const names = Array.from({ length: count }, (_, number) => file(`${number}`, number + 1));
      ledger.listed(`${count}`, names);
    }
    ledger.flush();
    assertBalanced(own.path);
    const items = await allItems(own.catalog, PHONE.id);
    const expected = counts.flatMap((count) => Array.from({ length: count }, (_, n) => `${count}/${n}`));
    deepEqual(items.map(({ path }) => path).toSorted(), expected.toSorted());
    for (const { path, sizeBytes } of items) equal(sizeBytes, Number(path.split('/')[1]) + 1);
  });

  test('it leaves what is as it was, and lets what changed wait again with its old receipt', async () => {
    await using own = await ownCatalog();
    const first = own.catalog.beginRun(PHONE, backup(0));
    first.listed('', [file('same'), file('longer'), file('later')]);
    for (const name of ['same', 'longer', 'later']) first.saved(name, { content: [blob(1)], sizeBytes: 1 });
    first.finished({ snapshot: blob(99), proved: 'device' });
    const second = own.catalog.beginRun(PHONE, backup(1));
    second.listed('', [file('same'), file('longer', 2), file('later', 1, 2n), file('new')]);
    second.flush();
    deepEqual(await inShort(own.catalog), [
      'later: waiting discovered',
      'longer: waiting discovered',
      'new: waiting discovered',
      'same: verified stored',
    ]);
    const longer = await own.catalog.item(PHONE.id, 'longer');
    equal(longer?.receipt?.snapshot, blob(99));
    equal(longer?.since.toString(), hour(1).toString());
    equal(second.known('longer', 2, 1n), undefined);
  });

  test('it calls nothing gone that it may have left out', async () => {
    await using own = await ownCatalog();
    const first = own.catalog.beginRun(PHONE, backup(0));
    first.listed('', [folder('DCIM'), folder('Music'), folder('Locked')]);
    first.listed('DCIM', [file('a'), file('b'), folder('deep')]);
    first.listed('DCIM/deep', [file('c')]);
    first.listed('Locked', [file('secret')]);
    first.stopped();
    const second = own.catalog.beginRun(PHONE, backup(1));
    second.listed('', [
      folder('DCIM'),
      { name: 'Locked', kind: 'file', problem: { reason: 'access-denied' } },
    ]);
    second.listed('DCIM', [file('a')], { isPartial: true });
    second.stopped();
    deepEqual(await inShort(own.catalog), [
      'DCIM/a: waiting interrupted',
      'DCIM/b: waiting interrupted',
      'DCIM/deep/c: waiting interrupted',
      'Locked: failed access-denied',
      'Locked/secret: waiting interrupted',
    ]);
  });

  test('it marks what is gone, with all that was in a folder, and what came back', async () => {
    await using own = await ownCatalog();
    const listings = (isThere: boolean) => {
      const ledger = own.catalog.beginRun(PHONE, backup(isThere ? 0 : 1));
      ledger.listed('', isThere ? [folder('DCIM'), file('a#b'), file('a')] : [file('a#b')]);
      if (isThere) ledger.listed('DCIM', [folder('deep'), file('p')]);
      if (isThere) ledger.listed('DCIM/deep', [file('q')]);
      ledger.finished();
    };
    listings(true);
    listings(false);
    deepEqual(await inShort(own.catalog), [
      '(DCIM/deep/q: waiting discovered)',
      '(DCIM/p: waiting discovered)',
      '(a: waiting discovered)',
      'a#b: waiting discovered',
    ]);
    equal((await own.catalog.item(PHONE.id, 'DCIM/deep/q'))?.goneSince?.toString(), hour(1).toString());
    equal((await own.catalog.balance(PHONE.id)).gone.found, 3);
    listings(true);
    equal((await own.catalog.balance(PHONE.id)).gone.found, 0);
    equal((await own.catalog.item(PHONE.id, 'DCIM/deep/q'))?.goneSince, undefined);
  });

  test('it takes a folder that could not be looked into for an item only as long as that is so', async () => {
    await using own = await ownCatalog();
    const listings = (isReadable: boolean) => {
      const ledger = own.catalog.beginRun(PHONE, backup(0));
      ledger.listed('', [folder('Locked')]);
      ledger.listed('Locked', isReadable ? [file('in')] : [], { isPartial: !isReadable });
      if (!isReadable) ledger.settled('Locked', 'access-denied', { detail: 'EACCES' });
      ledger.finished();
    };
    listings(true);
    listings(false);
    deepEqual(await inShort(own.catalog), ['Locked: failed access-denied', 'Locked/in: waiting discovered']);
    listings(true);
    deepEqual(await inShort(own.catalog), [
      '(Locked: failed access-denied)',
      'Locked/in: waiting discovered',
    ]);
  });

  test('it keeps names whose bytes are no text, and sizes and times that cannot be', async () => {
    await using own = await ownCatalog();
    const names = ['a\udcff', 'a\udcfe', 'nul\0', '\u{10fffe}', '%_\\', "'; DROP TABLE items; --"];
    const ledger = own.catalog.beginRun(PHONE, backup(0));
    ledger.listed(
      '',
      names.map((name) => file(name, 2 ** 64, 10n ** 30n)),
    );
    ledger.listed(
      '',
      names.map((name) => file(name, 2 ** 64, 10n ** 30n)),
    );
    for (const name of names) ledger.saved(name, { content: [], sizeBytes: 2 ** 64 });
    ledger.finished();
    const items = await allItems(own.catalog, PHONE.id);
    deepEqual(items.map(({ path }) => path).toSorted(), names.toSorted());
    deepEqual([...new Set(items.map(({ state }) => state))], ['verified']);
  });
});

suite('a run', () => {
  test('it keeps what it saved waiting until it has finished', async () => {
    await using own = await ownCatalog();
    const ledger = own.catalog.beginRun(PHONE, backup(0));
    ledger.listed('', [file('a'), file('b'), file('c')]);
    ledger.saved('a', { content: [blob(1), blob(2)], sizeBytes: 1, sha256: blob(7) });
    ledger.settled('b', 'read-error', { detail: 'EIO' });
    ledger.flush();
    deepEqual(await inShort(own.catalog), [
      'a: waiting discovered',
      'b: failed read-error',
      'c: waiting discovered',
    ]);
    ledger.finished({ snapshot: blob(9), proved: 'cache' });
    deepEqual(await inShort(own.catalog), [
      'a: verified stored',
      'b: failed read-error',
      'c: waiting discovered',
    ]);
    const a = await own.catalog.item(PHONE.id, 'a');
    equal(a?.sha256, blob(7));
    deepEqual(a?.receipt, { run: ledger.run, at: hour(0), snapshot: blob(9), proved: 'cache' });
    const [run] = await own.catalog.runs(PHONE.id);
    equal(run?.state, 'finished');
    deepEqual(run?.counts, { found: 3, verified: 1, waiting: 1, skipped: 0, failed: 1 });
    assertBalanced(own.path);
  });

  test('it keeps what is stored known when it is stopped, and when its process died', async () => {
    await using own = await ownCatalog();
    for (const isKilled of [false, true]) {
      const ledger = own.catalog.beginRun(PHONE, backup(0));
      ledger.listed('', [file('a'), file('b')]);
      ledger.saved('a', { content: [blob(1), blob(2)], sizeBytes: 1 });
      if (isKilled) ledger.flush();
      else ledger.stopped({ code: 'adb/gone', message: 'the phone is gone', hint: 'Plug it in.' });
    }
    const next = own.catalog.beginRun(PHONE, backup(2));
    deepEqual(next.known('a', 1, 1n), [blob(1), blob(2)]);
    equal(next.known('a', 2, 1n), undefined);
    equal(next.known('a', 1, 2n), undefined);
    equal(next.known('b', 1, 1n), undefined);
    deepEqual(await inShort(own.catalog), ['a: waiting interrupted', 'b: waiting interrupted']);
    next.listed('', [file('a'), file('b')]);
    next.unchanged('', ['a']);
    next.finished({ snapshot: blob(9) });
    deepEqual(await inShort(own.catalog), ['a: verified stored', 'b: waiting interrupted']);
    const runs = await own.catalog.runs(PHONE.id);
    deepEqual(
      runs.map(({ state, failure }) => [state, failure?.code]),
      [
        ['finished', undefined],
        ['stopped', undefined],
        ['stopped', 'adb/gone'],
      ],
    );
  });

  test('it takes what the last backup has for proved when the ledger did not know', async () => {
    await using own = await ownCatalog();
    const ledger = own.catalog.beginRun(PHONE, backup(0));
    ledger.listed('', [file('a'), folder('in')]);
    ledger.listed('in', [file('b')]);
    ledger.unchanged('', ['a']);
    ledger.finished({ snapshot: blob(9) });
    deepEqual(await inShort(own.catalog), ['a: verified unchanged', 'in/b: waiting discovered']);
  });

  test('it keeps since when an item is set aside for one reason', async () => {
    await using own = await ownCatalog();
    const sinceAfter = async (
      hours: number,
      ...reason: Parameters<ReturnType<typeof own.catalog.beginRun>['settled']>
    ) => {
      const ledger = own.catalog.beginRun(PHONE, backup(hours));
      ledger.settled(...reason);
      ledger.finished();
      return (await own.catalog.item(PHONE.id, 'a'))?.since.toString();
    };
    equal(await sinceAfter(0, 'a', 'read-error'), hour(0).toString());
    equal(await sinceAfter(1, 'a', 'read-error'), hour(0).toString());
    equal(await sinceAfter(2, 'a', 'access-denied'), hour(2).toString());
    equal(await sinceAfter(3, 'a', 'access-denied', { since: hour(-5) }), hour(-5).toString());
  });

  test('it writes after 200 ms, or when there is enough to write', async () => {
    await using own = await ownCatalog();
    const found = async () => (await own.catalog.balance(PHONE.id)).present.found;
    const ledger = own.catalog.beginRun(PHONE, backup(0));
    ledger.listed('a', [file('1')]);
    equal(await found(), 0);
    own.clock.advance(Temporal.Duration.from({ milliseconds: 200 }));
    ledger.listed('b', [file('2')]);
    equal(await found(), 2);
    ledger.listed(
      'c',
      Array.from({ length: 5000 }, (_, n) => file(String(n))),
    );
    equal(await found(), 5002);
  });

  test('it changes no items unless it is a backup, and does nothing when it is over', async () => {
    await using own = await ownCatalog();
    const ledger = own.catalog.beginRun(PHONE, backup(0));
    ledger.listed('', [file('a')]);
    ledger.flush();
    const restore = own.catalog.beginRun(PHONE, { kind: 'restore', began: hour(1) });
    restore.stopped();
    restore.finished();
    deepEqual(await inShort(own.catalog), ['a: waiting discovered']);
    throws(() => restore.settled('a', 'excluded'), /is over/);
    throws(() => ledger.settled('a', 'stored'), /nothing is set aside/);
    throws(
      () => ledger.saved('a', { content: ['xyz'], sizeBytes: 1 }),
      (error) => isFailure(error, 'kernel/bad-hex'),
    );
  });
});

suite('a made file', () => {
  const made = { name: 'contacts.vcf', kind: 'contact', sizeBytes: 9, mtimeNs: 0n, isMade: true } as const;
  const path = 'contacts/contacts.vcf';

  test('it is an item until its records are', async () => {
    await using own = await ownCatalog();
    const ledger = own.catalog.beginRun(PHONE, backup(0));
    ledger.listed('contacts', [made]);
    ledger.flush();
    deepEqual(await inShort(own.catalog), [`${path}: waiting discovered`]);
    ledger.settled(`${path}#3`, 'read-error');
    ledger.saved(path, {
      content: [blob(1)],
      sizeBytes: 7,
      records: [
        contact('1', 'Ada'),
        contact('2', 'Bob'),
        { ...contact('3'), reason: 'read-error' },
        contact('2'),
      ],
    });
    ledger.finished({ snapshot: blob(9) });
    deepEqual(await inShort(own.catalog), [
      `${path}#1: verified stored`,
      `${path}#2: verified stored`,
      `${path}#2~2: verified stored`,
      `${path}#3: failed read-error`,
    ]);
    equal((await own.catalog.item(PHONE.id, `${path}#1`))?.title, 'Ada');
    deepEqual((await own.catalog.balance(PHONE.id)).byKind.contact?.found, 4);
  });

  test('it is no item when it is a part of a record', async () => {
    await using own = await ownCatalog();
    const part = { ...made, name: 'PART_0_image.jpg', kind: 'photo', isPart: true } as const;
    const ledger = own.catalog.beginRun(PHONE, backup(0));
    ledger.listed('messages/parts', [part]);
    ledger.unchanged('messages/parts', [part.name]);
    ledger.finished({ snapshot: blob(9) });
    deepEqual(await inShort(own.catalog), []);
  });

  test('it has records come, go and come back, and keeps them when it cannot be read', async () => {
    await using own = await ownCatalog();
    const run = (hours: number, keys: readonly string[] | undefined) => {
      const ledger = own.catalog.beginRun(PHONE, backup(hours));
      ledger.listed('contacts', [{ ...made, sizeBytes: hours }]);
      if (keys === undefined) ledger.settled(path, 'access-denied');
      else
        ledger.records(
          path,
          keys.map((key) => contact(key)),
        );
      ledger.finished({ snapshot: blob(hours) });
    };
    run(0, ['1', '2']);
    run(1, ['2', '3']);
    deepEqual(await inShort(own.catalog), [
      `(${path}#1: verified stored)`,
      `${path}#2: verified stored`,
      `${path}#3: verified stored`,
    ]);
    equal((await own.catalog.item(PHONE.id, `${path}#2`))?.receipt?.snapshot, blob(0));
    run(2, undefined);
    deepEqual((await inShort(own.catalog)).slice(0, 1), [`${path}: failed access-denied`]);
    equal((await own.catalog.balance(PHONE.id)).present.verified, 2);
    run(3, ['1']);
    deepEqual((await inShort(own.catalog)).slice(0, 1), [`${path}#1: verified stored`]);
    equal((await allItems(own.catalog, PHONE.id, { pathPrefix: path })).length, 3);
    assertBalanced(own.path);
  });
});

suite('alarms', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => file(`${n}.jpg`));

  test('it tells that far less is listed, deletes nothing, and is quiet when all is back', async () => {
    await using own = await ownCatalog();
    const run = async (hours: number, count: number) => {
      const ledger = own.catalog.beginRun(PHONE, backup(hours));
      ledger.listed('', [...many(count), file('song', 1, 1n, 'audio')]);
      ledger.finished();
      return (await own.catalog.alarms(PHONE.id)).map(({ kind, before, now }) => [kind, before, now]);
    };
    deepEqual(await run(0, 40), []);
    deepEqual(await run(1, 20), []);
    deepEqual(await run(2, 9), [
      ['all', 21, 10],
      ['photo', 20, 9],
    ]);
    equal((await own.catalog.balance(PHONE.id)).gone.found, 31);
    deepEqual(await run(3, 9), [
      ['all', 21, 10],
      ['photo', 20, 9],
    ]);
    await own.catalog.dismissAlarm(PHONE.id, 'photo');
    deepEqual(await run(4, 9), [['all', 21, 10]]);
    deepEqual(await run(5, 40), []);
  });
});
