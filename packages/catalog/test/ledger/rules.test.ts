import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ReasonCode } from '@holdfast/contract';
import { blob, file, folder, hour, inShort, ownCatalog, PHONE } from '../../test-setup/catalogs.ts';
import { assertBalanced } from '../../test-setup/ledger-check.ts';

const left = (name: string, reason: ReasonCode) =>
  ({ name, kind: 'file', problem: { reason, detail: `rule ${name}` } }) as const;

/** A catalog in which `Movies` with a folder inside, a file and records are proved. */
async function provedCatalog() {
  const own = await ownCatalog();
  const ledger = own.catalog.beginRun(PHONE, { kind: 'backup', began: hour(0) });
  ledger.listed('', [folder('Movies'), folder('contacts'), file('a.jpg', 5, 9n)]);
  ledger.listed('Movies', [file('b.mp4', 7, 9n, 'video'), folder('deep')]);
  ledger.listed('Movies/deep', [file('c.mp4', 8, 9n, 'video')]);
  ledger.listed('contacts', [{ name: 'all.vcf', kind: 'file', sizeBytes: 1, mtimeNs: 0n, isMade: true }]);
  ledger.saved('a.jpg', { content: [blob(1)], sizeBytes: 5, mtimeNs: 9n });
  ledger.saved('Movies/b.mp4', { content: [blob(2)], sizeBytes: 7, mtimeNs: 9n });
  ledger.saved('Movies/deep/c.mp4', { content: [blob(3)], sizeBytes: 8, mtimeNs: 9n });
  ledger.records('contacts/all.vcf', [{ key: 'k', kind: 'contact', title: 'K' }]);
  ledger.finished({ snapshot: blob(99), proved: 'cache' });
  return own;
}

suite('a listing with things that rules leave out', () => {
  test('it leaves a folder out with all that was in it, which is not gone, and keeps receipts', async () => {
    await using own = await provedCatalog();
    const second = own.catalog.beginRun(PHONE, { kind: 'backup', began: hour(1) });
    second.listed('', [left('Movies', 'rule-folder'), left('contacts', 'held'), left('a.jpg', 'rule-size')]);
    second.settled('Movies', 'rule-folder', { detail: 'rule Movies', since: hour(1) });
    second.finished({ snapshot: blob(98), proved: 'cache' });
    deepEqual(await inShort(own.catalog), [
      'Movies: skipped rule-folder',
      'Movies/b.mp4: skipped rule-folder',
      'Movies/deep/c.mp4: skipped rule-folder',
      'a.jpg: skipped rule-size',
      'contacts: waiting held',
      'contacts/all.vcf#k: waiting held',
    ]);
    const inside = await own.catalog.item(PHONE.id, 'Movies/deep/c.mp4');
    deepEqual(
      [inside?.detail, inside?.since.toString(), inside?.receipt?.snapshot],
      ['rule Movies', hour(1).toString(), blob(99)],
    );
    const { present } = await own.catalog.balance(PHONE.id);
    deepEqual(present, { found: 6, verified: 0, waiting: 2, skipped: 4, failed: 0 });
    assertBalanced(own.path);
  });

  test('it lets things in again that wait, with what is stored of them known', async () => {
    await using own = await provedCatalog();
    const second = own.catalog.beginRun(PHONE, { kind: 'backup', began: hour(1) });
    second.listed('', [left('Movies', 'rule-folder'), left('contacts', 'held'), left('a.jpg', 'held')]);
    second.settled('a.jpg', 'held');
    second.finished({ snapshot: blob(98), proved: 'cache' });
    const third = own.catalog.beginRun(PHONE, { kind: 'backup', began: hour(2) });
    third.listed('', [folder('Movies'), folder('contacts'), file('a.jpg', 5, 9n)]);
    third.listed('Movies', [file('b.mp4', 7, 9n, 'video'), folder('deep')]);
    third.listed('Movies/deep', [file('c.mp4', 9, 9n, 'video')]);
    third.flush();
    deepEqual(third.known('a.jpg', 5, 9n), [blob(1)]);
    deepEqual(third.known('Movies/b.mp4', 7, 9n), [blob(2)]);
    equal(third.known('Movies/deep/c.mp4', 9, 9n), undefined);
    third.unchanged('', ['a.jpg']);
    third.unchanged('Movies', ['b.mp4']);
    third.finished({ snapshot: blob(97), proved: 'cache' });
    deepEqual(await inShort(own.catalog), [
      '(Movies: skipped rule-folder)',
      'Movies/b.mp4: verified stored',
      'Movies/deep/c.mp4: waiting discovered',
      'a.jpg: verified stored',
      'contacts: waiting held',
      'contacts/all.vcf#k: waiting held',
    ]);
    assertBalanced(own.path);
  });

  test('it says nothing new of a folder that was left out before', async () => {
    await using own = await provedCatalog();
    for (const hours of [1, 2]) {
      const run = own.catalog.beginRun(PHONE, { kind: 'backup', began: hour(hours) });
      run.listed('', [left('Movies', 'rule-folder'), folder('contacts')]);
      run.finished();
    }
    const inside = await own.catalog.item(PHONE.id, 'Movies/b.mp4');
    equal(inside?.since.toString(), hour(1).toString());
  });
});
