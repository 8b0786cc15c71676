import { deepEqual, equal, ok } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Item, type ItemFilter, openCatalog } from '@holdfast/catalog';
import { ITEM_KINDS, ITEM_STATES, REASONS, type ReasonCode } from '@holdfast/contract';
import { foldedText } from '@holdfast/kernel';
import { fakeClock } from '@holdfast/testkit';
import fc from 'fast-check';
import { askingOf } from '#database/asking.ts';
import { openDatabase } from '#database/open.ts';
import { holdsText, rangesOf } from '#queries/item-filter.ts';
import { placesIn } from '#queries/items.ts';
import { allItems, blob, file, folder, hour, PHONE } from '../../test-setup/catalogs.ts';

const KINDS = ['photo', 'video', 'file'] as const;
const ASIDE: readonly ReasonCode[] = ['read-error', 'excluded', 'access-denied'];

/** A phone with some hundred items of every kind of standing. */
function variedCatalog() {
  const catalog = openCatalog(':memory:', { clock: fakeClock() });
  const names = Array.from({ length: 40 }, (_, n) => `Ünter_${n % 7 === 0 ? 'Nacht' : 'tag'}%${n}`);
  for (const device of [PHONE, { ...PHONE, id: 'phone-2' }]) {
    for (const hours of [0, 1]) {
      const ledger = catalog.beginRun(device, { kind: 'backup', began: hour(hours) });
      ledger.listed('', ['a', 'a b', 'ab'].map(folder));
      for (const [at, path] of ['a', 'a b', 'ab', 'a/deep'].entries()) {
        const kept = names.filter((_, n) => hours === 0 || n % 5 !== at);
        ledger.listed(path, [
          ...kept.map((name, n) => file(name, 1, 1n, KINDS[n % 3])),
          ...(path === 'a' ? [folder('deep')] : []),
        ]);
        for (const [n, name] of kept.entries()) {
          const reason = ASIDE[n % 5];
          if (reason !== undefined) ledger.settled(`${path}/${name}`, reason);
          else if (n % 5 === 3) ledger.saved(`${path}/${name}`, { content: [blob(n)], sizeBytes: 1 });
        }
      }
      ledger.records('a/contacts.vcf', [{ key: 'k', kind: 'contact', title: 'Zoë Nacht' }]);
      ledger.finished({ snapshot: blob(hours) });
    }
  }
  return catalog;
}

function naively({ path, title, state, reason, kind, goneSince }: Item, filter: ItemFilter): boolean {
  const { states, reasons, kinds, pathPrefix, text, isGone } = filter;
  return (
    (states?.includes(state) ?? true) &&
    (reasons?.includes(reason) ?? true) &&
    (kinds?.includes(kind) ?? true) &&
    (pathPrefix === undefined || path === pathPrefix || new RegExp(`^${pathPrefix}[/#]`).test(path)) &&
    (text === undefined || foldedText(title ?? path).includes(foldedText(text))) &&
    (isGone === undefined || isGone === (goneSince !== undefined))
  );
}

suite('items', () => {
  test('it gives what a filter asks for, each once, in order, whatever the pages', async () => {
    using catalog = variedCatalog();
    const all = await allItems(catalog, PHONE.id);
    deepEqual(
      all.map(({ path }) => path),
      all.map(({ path }) => path).toSorted(),
    );
    equal(new Set(all.map(({ path }) => path)).size, 161);
    const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values]), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            states: some(ITEM_STATES),
            reasons: some(Object.keys(REASONS) as ReasonCode[]),
            kinds: some(ITEM_KINDS),
            pathPrefix: fc.constantFrom(
              'a',
              'a/deep',
              'ab',
              'a/contacts.vcf',
              'nothing',
              'a/deep/Ünter_tag%1',
            ),
            text: fc.constantFrom('nacht', 'ZOË', 'zoe', 'tag%1', 'un', 'ün', '\\', ''),
            isGone: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        async (drawn) => {
          const filter = JSON.parse(JSON.stringify(drawn)) as ItemFilter;
          const found = await allItems(catalog, PHONE.id, filter);
          deepEqual(
            found.map(({ path }) => path),
            all.filter((item) => naively(item, filter)).map(({ path }) => path),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('it finds nothing of a device that was never seen', async () => {
    using catalog = variedCatalog();
    deepEqual(await catalog.items('phone-3'), { items: [] });
    equal(await catalog.item('phone-3', 'a'), undefined);
  });

  test('it goes through indexes, and through no table from its beginning', () => {
    using database = openDatabase(':memory:');
    const window = { after: 'f', most: 200 };
    for (const isAll of [true, false]) {
      for (const prefix of [undefined, 'files/internal']) {
        for (const text of [undefined, 'x']) {
          const condition = text === undefined ? undefined : holdsText(text);
          const matching = { isAll, numbers: [1, 2, 3] };
          const query = placesIn(
            askingOf(database),
            1,
            matching,
            condition,
            rangesOf(prefix),
            window,
          )?.compile();
          ok(query !== undefined);
          const plan = database
            .all(`EXPLAIN QUERY PLAN ${query.sql}`, ...(query.parameters as (string | number)[]))
            .map(({ detail }) => String(detail));
          ok(
            plan.some((step) => step.includes('SEARCH items')),
            plan.join('\n'),
          );
          deepEqual(
            plan.filter((step) => /SCAN items/.test(step)),
            [],
          );
          // Nothing is put in order: it comes in order.
          deepEqual(
            plan.filter((step) => /TEMP B-TREE/.test(step)),
            [],
            plan.join('\n'),
          );
          if (text === undefined)
            ok(plan.filter((step) => /SEARCH/.test(step)).every((step) => /COVERING/.test(step)));
        }
      }
    }
  });

  test('it looks for a text through so many items and no more, and goes on from there', async () => {
    using catalog = openCatalog(':memory:', { clock: fakeClock() });
    const ledger = catalog.beginRun(PHONE, { kind: 'backup', began: hour(0) });
    const names = Array.from({ length: 25_000 }, (_, n) => `${String(n).padStart(6, '0')}.jpg`);
    ledger.listed(
      '',
      names.map((name) => file(name)),
    );
    ledger.settled('000003.jpg', 'read-error');
    ledger.finished();
    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const page = await catalog.items(PHONE.id, { text: '24444' }, { after });
      pages.push(page.items.map(({ path }) => path));
      after = page.next;
    } while (after !== undefined);
    deepEqual(pages, [[], [], [], [], ['024444.jpg']]);
    const few = await catalog.items(PHONE.id, { text: '3', states: ['failed'] });
    deepEqual([few.items.length, few.next], [1, undefined]);
  });
});
