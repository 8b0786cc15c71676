import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RestoredItem } from '@holdfast/engine';
import { homeOf } from '#home/home.ts';
import { cannot, makePrivateFolder } from '#home/private-file.ts';
import type { World } from '#world.ts';

/** A list of what a restore added to a phone, a line of JSON an item, in the order in which it came: what to take away again. */
export class AddedList implements AsyncDisposable {
  readonly path: string;
  #items = 0;
  readonly #file: FileHandle;
  #gathered: string[] = [];

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** A new list in the home folder. */
  static async begin(world: World, deviceId: string): Promise<AddedList> {
    const folder = join(homeOf(world).folder, 'added');
    await makePrivateFolder(folder);
    const time = world.clock.now().toString({ smallestUnit: 'second' }).replaceAll(':', '');
    const path = join(folder, `${deviceId}-${time}-${world.random(2).toHex()}.ndjson`);
    try {
      return new AddedList(path, await open(path, 'wx', 0o600));
    } catch (error) {
      throw cannot('write', path, error);
    }
  }

  get items(): number {
    return this.#items;
  }

  async add({ path, to, record, hasReplaced }: RestoredItem): Promise<void> {
    this.#items += 1;
    this.#gathered.push(`${JSON.stringify({ path, to, record, hasReplaced })}\n`);
    if (this.#gathered.length >= 200) await this.#write();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#write();
    await this.#file.close();
    if (this.#items === 0) await rm(this.path);
  }

  async #write(): Promise<void> {
    const text = this.#gathered.join('');
    this.#gathered = [];
    await this.#file.appendFile(text);
  }
}
