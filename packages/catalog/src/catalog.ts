import type { Clock } from '@holdfast/kernel';
import type { Database } from './database/database.ts';
import { openDatabase, openSqlite, removeDatabase } from './database/open.ts';
import { storedText } from './database/stored-text.ts';
import { beginRun, type RunBeginning, type SeenDevice, seeDevice } from './ledger/begin.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { DeviceBalance } from './queries/balance.ts';
import type { ItemCount } from './queries/counts.ts';
import type { Alarm, KnownDevice, Run } from './queries/devices.ts';
import type { Item } from './queries/item.ts';
import type { ItemFilter } from './queries/item-filter.ts';
import type { ItemPage, PageOptions } from './queries/items.ts';
import type { Queries } from './queries/queries.ts';
import { type Ingested, ingest, type SnapshotFacts, type SnapshotFolder } from './rebuild/ingest.ts';

/** What every device's items are. Any number of processes may have the same catalog open; one at a time writes. */
export class Catalog implements Disposable {
  readonly #database: Database;
  readonly #clock: Clock;
  #asked: Queries | undefined;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** A new run of a device, which gets to be known by it. Backups of it that never ended count as stopped from now on. */
  beginRun(device: SeenDevice, beginning: RunBeginning): Ledger {
    return beginRun(this.#database, device, beginning, this.#clock);
  }

  /** Writes down that a device is in sight, and what it says of itself. */
  sawDevice(device: SeenDevice): void {
    const now = this.#clock.now().epochMilliseconds;
    this.#database.transaction(() => seeDevice(this.#database, device, now));
  }

  /** Every device ever seen, the last one first. */
  async devices(): Promise<readonly KnownDevice[]> {
    return (await this.#queries()).devices();
  }

  /** A device's items by state; none for a device that was never seen. */
  async balance(device: string): Promise<DeviceBalance> {
    return (await this.#queries()).balance(device);
  }

  /** A device's items by kind, state and reason, those that are gone too; the largest count first. */
  async counts(device: string): Promise<readonly ItemCount[]> {
    return (await this.#queries()).counts(device);
  }

  /** Paths of the folders right inside one, `''` for the device itself, as the last listings have them. */
  async foldersIn(device: string, under: string): Promise<readonly string[]> {
    return (await this.#queries()).foldersIn(device, under);
  }

  /** A page of a device's items, in order of their paths. */
  async items(device: string, filter: ItemFilter = {}, page: PageOptions = {}): Promise<ItemPage> {
    return (await this.#queries()).items(device, filter, page);
  }

  /** The item at a path; `undefined` when there is none. */
  async item(device: string, path: string): Promise<Item | undefined> {
    return (await this.#queries()).item(device, path);
  }

  /** A device's newest runs, the newest first. */
  async runs(device: string, limit = 100): Promise<readonly Run[]> {
    return (await this.#queries()).runs(device, limit);
  }

  /** What a person should be told of a device's listings. Nothing was deleted. */
  async alarms(device: string): Promise<readonly Alarm[]> {
    return (await this.#queries()).alarms(device);
  }

  /** The person knows. */
  async dismissAlarm(device: string, kind: Alarm['kind']): Promise<void> {
    this.#database.run(
      'DELETE FROM alarms WHERE device = (SELECT number FROM devices WHERE id = ?) AND kind = ?',
      storedText(device),
      kind,
    );
  }

  /** The value of a setting; `undefined` when it was never set. */
  async setting(key: string): Promise<string | undefined> {
    return (await this.#queries()).setting(key);
  }

  /** Sets a setting; `undefined` removes it. */
  async set(key: string, value: string | undefined): Promise<void> {
    return (await this.#queries()).set(key, value);
  }

  /** All settings, by their keys. */
  async settings(): Promise<ReadonlyMap<string, string>> {
    return (await this.#queries()).settings();
  }

  /** Adds what a snapshot says of its device: see {@link ingest}. */
  ingest(
    device: SeenDevice,
    snapshot: SnapshotFacts,
    folders: AsyncIterable<SnapshotFolder>,
  ): Promise<Ingested> {
    return ingest(this.#database, device, snapshot, folders, this.#clock);
  }

  /** Forgets devices, items and runs, all at once, and keeps the settings: the beginning of a rebuild. */
  forgetAll(): void {
    this.#database.transaction(() => {
      for (const table of ['items', 'standings', 'folders', 'alarms', 'runs', 'devices'])
        this.#database.run(`DELETE FROM ${table}`);
    });
  }

  /**
   * Closes the file, has `swap` put another in its place, and goes on with that: whoever asks is answered from it. Where `swap` throws, it goes on with
   * what is there. Fails as {@link openCatalog} does.
   */
  replace(swap: () => void): void {
    const { path } = this.#database;
    this.#database.close();
    try {
      swap();
    } finally {
      this.#database.reopen(() => openSqlite(path));
    }
  }

  /** Closes the file. Runs under way lose what they have not written. */
  close(): void {
    this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Loaded when something is first asked: a backup asks nothing, and Kysely alone takes longer to load than the rest. */
  async #queries(): Promise<Queries> {
    const loaded = await import('./queries/queries.ts');
    this.#asked ??= new loaded.Queries(this.#database);
    return this.#asked;
  }
}

/**
 * The catalog at `path`, made when there is none, readable by its owner alone; `:memory:` for one that is gone when closed.
 *
 * Throws `catalog/damaged`, `catalog/newer`, `catalog/not-a-catalog`, `catalog/cannot-open`.
 */
export function openCatalog(path: string, { clock }: { readonly clock: Clock }): Catalog {
  return new Catalog(openDatabase(path), clock);
}

/** Removes a catalog's files, for a rebuild of one that cannot be opened. Nobody may have it open. */
export const removeCatalog: (path: string) => void = removeDatabase;
