import { join } from 'node:path';
import { type Catalog, type Item, type ItemFilter, type ListedEntry, openCatalog } from '@holdfast/catalog';
import type { ItemKind } from '@holdfast/contract';
import { fakeClock, temporaryFolder } from '@holdfast/testkit';

/** A phone. */
export const PHONE = { id: 'phone-1', kind: 'android', name: 'Pixel' } as const;

/** A moment that is no one's edge case, and so many hours later. */
export const hour = (hours: number): Temporal.Instant =>
  Temporal.Instant.from('2026-03-14T15:00:00Z').add({ hours });

/** A blob's id. */
export const blob = (number: number): string => number.toString(16).padStart(64, '0');

/** A listed file. */
export const file = (name: string, sizeBytes = 1, mtimeNs = 1n, kind: ItemKind = 'photo'): ListedEntry => ({
  name,
  kind,
  sizeBytes,
  mtimeNs,
});

/** A listed subfolder. */
export const folder = (name: string): ListedEntry => ({ name, kind: 'folder' });

/** A catalog in a folder of its own, with a clock that stands still. */
export async function ownCatalog(): Promise<{
  readonly path: string;
  readonly clock: ReturnType<typeof fakeClock>;
  catalog: Catalog;
  [Symbol.asyncDispose](): Promise<void>;
}> {
  const temporary = await temporaryFolder();
  const path = join(temporary.path, 'catalog.sqlite');
  const clock = fakeClock();
  const own = {
    path,
    clock,
    catalog: openCatalog(path, { clock }),
    async [Symbol.asyncDispose]() {
      own.catalog.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
  return own;
}

/** All items of a device to which a filter applies. */
export async function allItems(catalog: Catalog, device: string, filter: ItemFilter = {}): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await catalog.items(device, filter, { after, limit: 7 });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

/** The device's items as `path: state reason`, gone ones in brackets. */
export async function inShort(catalog: Catalog, device: string = PHONE.id): Promise<string[]> {
  const items = await allItems(catalog, device);
  return items.map(({ path, state, reason, goneSince }) => {
    const text = `${path}: ${state} ${reason}`;
    return goneSince === undefined ? text : `(${text})`;
  });
}
