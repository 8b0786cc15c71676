import type { Catalog } from '@holdfast/catalog';
import type { Context } from '#context.ts';
import { homeOf } from '#home/home.ts';
import { makePrivateFolder } from '#home/private-file.ts';

/**
 * Opens the catalog of the home folder, made when there is none; the caller closes it. Fails with `catalog/…`, each with what
 * to do.
 */
export async function openCatalogHere({ world }: Pick<Context, 'world'>): Promise<Catalog> {
  const { openCatalog } = await import('@holdfast/catalog');
  const { folder, catalog } = homeOf(world);
  await makePrivateFolder(folder);
  return openCatalog(catalog, { clock: world.clock });
}
