import type { Clock } from '@holdfast/kernel';
import type { Database } from './database/database.ts';
import { openDatabase, removeDatabase } from './database/open.ts';
import { originalText, storedText } from './database/stored-text.ts';
import { beginRun, type RunBeginning, type SeenDevice, seeDevice } from './ledger/begin.ts';
import type { Ledger } from './ledger/ledger.ts';
import { balanceOf, type DeviceBalance } from './queries/balance.ts';
import { countsOf, type ItemCount } from './queries/counts.ts';
import {
  type Alarm,
  alarmsOf,
  deviceNumber,
  type KnownDevice,
  knownDevices,
  type Run,
  runsOf,
} from './queries/devices.ts';
import { foldersIn } from './queries/folders.ts';
import type { Item } from './queries/item.ts';
import { itemAt } from './queries/item.ts';
import type { ItemFilter } from './queries/item-filter.ts';
import { type ItemPage, type PageOptions, pageOfItems } from './queries/items.ts';
import { type Ingested, ingest, type SnapshotFacts, type SnapshotFolder } from './rebuild/ingest.ts';

const EMPTY = { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 };

/** What every device's items are. Any number of processes may have the same catalog open; one at a time writes. */
export class Catalog implements Disposable {
  readonly #database: Database;
  readonly #clock: Clock;

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
  devices(): Promise<readonly KnownDevice[]> {
    return knownDevices(this.#database);
  }

  /** A device's items by state; none for a device that was never seen. */
  async balance(device: string): Promise<DeviceBalance> {
    const number = await deviceNumber(this.#database, device);
    if (number === undefined) return { present: EMPTY, gone: EMPTY, byKind: {} };
    return balanceOf(this.#database, number);
  }

  /** A device's items by kind, state and reason, those that are gone too; the largest count first. */
  async counts(device: string): Promise<readonly ItemCount[]> {
    const number = await deviceNumber(this.#database, device);
    return number === undefined ? [] : countsOf(this.#database, number);
  }

  /** Paths of the folders right inside one, `''` for the device itself, as the last listings have them. */
  async foldersIn(device: string, under: string): Promise<readonly string[]> {
    const number = await deviceNumber(this.#database, device);
    return number === undefined ? [] : foldersIn(this.#database, number, under);
  }

  /** A page of a device's items, in order of their paths. */
  async items(device: string, filter: ItemFilter = {}, page: PageOptions = {}): Promise<ItemPage> {
    const number = await deviceNumber(this.#database, device);
    return number === undefined ? { items: [] } : pageOfItems(this.#database, number, filter, page);
  }

  /** The item at a path; `undefined` when there is none. */
  async item(device: string, path: string): Promise<Item | undefined> {
    const number = await deviceNumber(this.#database, device);
    return number === undefined ? undefined : itemAt(this.#database, number, path);
  }

  /** A device's newest runs, the newest first. */
  async runs(device: string, limit = 100): Promise<readonly Run[]> {
    const number = await deviceNumber(this.#database, device);
    return number === undefined ? [] : runsOf(this.#database, number, limit);
  }

  /** What a person should be told of a device's listings. Nothing was deleted. */
  async alarms(device: string): Promise<readonly Alarm[]> {
    const number = await deviceNumber(this.#database, device);
    return number === undefined ? [] : alarmsOf(this.#database, number);
  }

  /** The person knows. */
  async dismissAlarm(device: string, kind: Alarm['kind']): Promise<void> {
    const number = await deviceNumber(this.#database, device);
    if (number !== undefined)
      this.#database.run('DELETE FROM alarms WHERE device = ? AND kind = ?', number, kind);
  }

  /** The value of a setting; `undefined` when it was never set. */
  async setting(key: string): Promise<string | undefined> {
    const row = await this.#database.query
      .selectFrom('settings')
      .select('value')
      .where('key', '=', storedText(key))
      .executeTakeFirst();
    return row && originalText(row.value);
  }

  /** Sets a setting; `undefined` removes it. */
  async set(key: string, value: string | undefined): Promise<void> {
    const { query } = this.#database;
    if (value === undefined) {
      await query.deleteFrom('settings').where('key', '=', storedText(key)).execute();
      return;
    }
    const row = { key: storedText(key), value: storedText(value) };
    await query
      .insertInto('settings')
      .values(row)
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: row.value }))
      .execute();
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

  /** Closes the file. Runs under way lose what they have not written. */
  close(): void {
    this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
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
