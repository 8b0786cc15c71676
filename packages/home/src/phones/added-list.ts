import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RestoredItem } from '@holdfast/engine';
import type { Machine } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { cannot, makePrivateFolder } from '#place/private-file.ts';

/**
 * A list of what a restore added to a phone, a line of JSON an item, in the order in which it came: what to take away again. Each is
 * in the file before the next comes, so that the list is there also when the restore dies. One without items is removed when disposed of.
 */
export class AddedList implements AsyncDisposable {
  readonly path: string;
  readonly #file: FileHandle;
  #items = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** A new list in the home folder. Fails with `home/folder`. */
  static async begin(machine: Machine, deviceId: string): Promise<AddedList> {
    const folder = join(homeOf(machine).folder, 'added');
    await makePrivateFolder(folder);
    const time = machine.clock.now().toString({ smallestUnit: 'second' }).replaceAll(':', '');
    const path = join(folder, `${deviceId}-${time}-${machine.random(2).toHex()}.ndjson`);
    try {
      return new AddedList(path, await open(path, 'wx', 0o600));
    } catch (error) {
      throw cannot('make', path, error);
    }
  }

  /** How many there are. */
  get items(): number {
    return this.#items;
  }

  /** Fails with `home/folder`. */
  async add({ path, to, record, hasReplaced }: RestoredItem): Promise<void> {
    this.#items += 1;
    try {
      await this.#file.appendFile(`${JSON.stringify({ path, to, record, hasReplaced })}\n`);
    } catch (error) {
      throw cannot('write', this.path, error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
    if (this.#items === 0) await rm(this.path);
  }
}
