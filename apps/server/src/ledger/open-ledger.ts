import { existsSync } from 'node:fs';
import { CATALOG_FAILURES, type Catalog } from '@holdfast/catalog';
import { beginRebuild, type Host, hasBackupsHere, homeOf, openCatalogHere } from '@holdfast/home';
import { isFailure } from '@holdfast/kernel';
import { putAside } from './put-aside.ts';

/**
 * Opens the ledger of the home folder, made when there is none. One that is damaged is put aside, and a new one begun. That, and one that was lost, says of itself that it is
 * not whole: the app is there, and can make it so. Fails as opening a catalog does otherwise.
 */
export async function openLedger(host: Host): Promise<Catalog> {
  const { catalog: path } = homeOf(host);
  const isNew = !existsSync(path);
  try {
    const catalog = await openCatalogHere(host);
    try {
      await catalog.devices();
      if (isNew && (await hasBackupsHere(host))) await beginRebuild(catalog, host.clock.now());
      return catalog;
    } catch (error) {
      catalog.close();
      throw error;
    }
  } catch (error) {
    if (!isFailure(error, CATALOG_FAILURES.damaged)) throw error;
  }
  const now = host.clock.now();
  const aside = putAside(path, now);
  host.tell.trouble(
    `The ledger is damaged, and was put aside as ${aside}. The app can make it again: open it, and press “Make the ledger again”.`,
  );
  const catalog = await openCatalogHere(host);
  await beginRebuild(catalog, now);
  return catalog;
}
