import type { Catalog } from '@holdfast/catalog';
import type { Machine } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { makePrivateFolder } from '#place/private-file.ts';

/**
 * Opens the catalog of the home folder, made when there is none; the caller closes it. Fails with `catalog/…`, each with what
 * to do.
 */
export async function openCatalogHere(machine: Machine): Promise<Catalog> {
  const { openCatalog } = await import('@holdfast/catalog');
  const { folder, catalog } = homeOf(machine);
  await makePrivateFolder(folder);
  return openCatalog(catalog, { clock: machine.clock });
}
