import { type Asking, askingOf } from '../database/asking.ts';
import type { Database } from '../database/database.ts';
import { balanceOf, type DeviceBalance } from './balance.ts';
import { countsOf, type ItemCount } from './counts.ts';
import {
  type Alarm,
  alarmsOf,
  deviceNumber,
  type KnownDevice,
  knownDevices,
  type Run,
  runsOf,
} from './devices.ts';
import { foldersIn } from './folders.ts';
import { type Item, itemAt } from './item.ts';
import type { ItemFilter } from './item-filter.ts';
import { type ItemPage, type PageOptions, pageOfItems } from './items.ts';
import { allSettings, changeSetting, settingOf } from './settings.ts';

const EMPTY = { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 };

/** What a catalog is asked, as `Catalog` says of each. */
export class Queries {
  readonly #asking: Asking;

  constructor(database: Database) {
    this.#asking = askingOf(database);
  }

  devices(): Promise<KnownDevice[]> {
    return knownDevices(this.#asking);
  }

  async balance(device: string): Promise<DeviceBalance> {
    const number = await this.#numberOf(device);
    if (number === undefined) return { present: EMPTY, gone: EMPTY, byKind: {} };
    return balanceOf(this.#asking, number);
  }

  async counts(device: string): Promise<ItemCount[]> {
    const number = await this.#numberOf(device);
    return number === undefined ? [] : countsOf(this.#asking, number);
  }

  async foldersIn(device: string, under: string): Promise<string[]> {
    const number = await this.#numberOf(device);
    return number === undefined ? [] : foldersIn(this.#asking, number, under);
  }

  async items(device: string, filter: ItemFilter, page: PageOptions): Promise<ItemPage> {
    const number = await this.#numberOf(device);
    return number === undefined ? { items: [] } : pageOfItems(this.#asking, number, filter, page);
  }

  async item(device: string, path: string): Promise<Item | undefined> {
    const number = await this.#numberOf(device);
    return number === undefined ? undefined : itemAt(this.#asking, number, path);
  }

  async runs(device: string, limit: number): Promise<Run[]> {
    const number = await this.#numberOf(device);
    return number === undefined ? [] : runsOf(this.#asking, number, limit);
  }

  async alarms(device: string): Promise<Alarm[]> {
    const number = await this.#numberOf(device);
    return number === undefined ? [] : alarmsOf(this.#asking, number);
  }

  setting(key: string): Promise<string | undefined> {
    return settingOf(this.#asking, key);
  }

  settings(): Promise<ReadonlyMap<string, string>> {
    return allSettings(this.#asking);
  }

  set(key: string, value: string | undefined): Promise<void> {
    return changeSetting(this.#asking, key, value);
  }

  #numberOf(device: string): Promise<number | undefined> {
    return deviceNumber(this.#asking, device);
  }
}
