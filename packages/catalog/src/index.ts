/**
 * What every device's items are: the ledger with each item's one state, the history of runs, settings. A file that can be
 * made again from the repository at any time.
 *
 * It decides nothing about phones or backups, reads no repository and deletes no item: what is gone from a device is
 * marked as gone.
 *
 * ```ts
 * using catalog = openCatalog(join(home, 'catalog.sqlite'), { clock });
 * const ledger = catalog.beginRun(device, { kind: 'backup', began: clock.now() });
 * ledger.listed('DCIM', [{ name: 'a.jpg', kind: 'photo', sizeBytes: 3, mtimeNs: 0n }]); // waiting: discovered
 * ledger.saved('DCIM/a.jpg', { content: [id], sizeBytes: 3 }); // still waiting
 * ledger.finished({ snapshot, proved: 'device' }); // verified: stored
 * const { present } = await catalog.balance(device.id); // { found: 1, verified: 1, … }
 * ```
 */
export { Catalog, openCatalog, removeCatalog } from './catalog.ts';
export { CATALOG_FAILURES } from './failures.ts';
export type { RunBeginning, RunKind, SeenDevice } from './ledger/begin.ts';
export type {
  ListedEntry,
  ListedOptions,
  ListedRecord,
  Problem,
  SavedContent,
  SettledOptions,
} from './ledger/entries.ts';
export type { Finished, Ledger } from './ledger/ledger.ts';
export type { DeviceBalance } from './queries/balance.ts';
export type { ItemCount } from './queries/counts.ts';
export type { Alarm, KnownDevice, Run } from './queries/devices.ts';
export type { Item, Receipt } from './queries/item.ts';
export type { ItemFilter } from './queries/item-filter.ts';
export type { ItemPage, PageOptions } from './queries/items.ts';
export type {
  Ingested,
  SnapshotEntry,
  SnapshotFacts,
  SnapshotFolder,
  SnapshotSetAside,
} from './rebuild/ingest.ts';
