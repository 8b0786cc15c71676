import { join } from 'node:path';
import { type Catalog, type Item, openCatalog } from '@holdfast/catalog';
import { systemClock } from '@holdfast/kernel';
import type { TestWorld } from './test-world.ts';

/** The catalog of a world's home. */
export const catalogOf = ({ home }: TestWorld): Catalog =>
  openCatalog(join(home, 'catalog.sqlite'), { clock: systemClock });

/** All items of a device. */
export async function itemsOf(catalog: Catalog, device: string): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await catalog.items(device, {}, { after, limit: 1000 });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}
