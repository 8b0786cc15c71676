import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OPERATIONS, type Run, type RunItem, type RunRequest } from '@holdfast/contract/api';
import {
  appendPrivateFile,
  cannot,
  makePrivateFolder,
  putPrivateFile,
  readPrivateFile,
  removeFile,
} from '@holdfast/home';
import { errnoOf } from '@holdfast/kernel';
import { z } from 'zod';
import { badRequest } from '../failures.ts';

/** What is kept of a run: what was asked, what a person wants of it now, and how it was last. */
export interface Journal {
  readonly request: RunRequest;
  readonly wants: 'run' | 'pause' | 'stop';
  readonly view: Run;
}

const shape = z.strictObject({
  request: OPERATIONS.startRun.body,
  wants: z.enum(['run', 'pause', 'stop']),
  view: OPERATIONS.run.answer,
});

/** Ids that this program gives: nothing else becomes the name of a file. */
const ID = /^[0-9]{8}t[0-9]{6}-[0-9a-f]{8}$/;

/** A page of what a run set aside. */
export interface RunItemPage {
  readonly items: readonly RunItem[];
  readonly next?: string;
}

/** Which of them. */
export interface RunItemFilter {
  readonly states?: readonly string[] | undefined;
  readonly reason?: string | undefined;
}

/** The journals of runs: a private file each, and beside it a line for each item that was set aside. Fails with `home/folder`. */
export class Journals {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** The journals in a folder, which is made, also when it is removed meanwhile. Fails with `home/folder`. */
  static async open(folder: string): Promise<Journals> {
    await makePrivateFolder(folder);
    return new Journals(folder);
  }

  /** All of them, the oldest first; what cannot be read is left where it is. */
  async load(): Promise<Journal[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      throw cannot('read', this.#folder, error);
    });
    const ids = names.map((name) => name.replace(/\.json$/, '')).filter((id) => ID.test(id));
    const journals = await Promise.all(ids.toSorted().map((id) => this.#read(id)));
    return journals.filter((journal) => journal !== undefined);
  }

  async #read(id: string): Promise<Journal | undefined> {
    try {
      const parsed = shape.parse(JSON.parse((await readPrivateFile(this.#file(id, 'json'))) ?? ''));
      return parsed.view.id === id ? (parsed as Journal) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Writes one: all of it, or what was there stays. */
  async save(journal: Journal): Promise<void> {
    // Whoever tidies up may have removed it.
    await makePrivateFolder(this.#folder);
    await putPrivateFile(this.#file(journal.view.id, 'json'), `${JSON.stringify(journal)}\n`);
  }

  /** Removes one with its items. */
  async remove(id: string): Promise<void> {
    await removeFile(this.#file(id, 'json'));
    await this.clearItems(id);
  }

  /** Adds items to a run's list. */
  async addItems(id: string, items: readonly RunItem[]): Promise<void> {
    const text = items.map((item) => `${lineOf(item)}\n`).join('');
    await makePrivateFolder(this.#folder);
    await appendPrivateFile(this.#file(id, 'ndjson'), text);
  }

  /** Empties a run's list. */
  async clearItems(id: string): Promise<void> {
    await removeFile(this.#file(id, 'ndjson'));
  }

  /** A page of a run's list, from `after`, the `next` of the page before. */
  async items(
    id: string,
    filter: RunItemFilter,
    { after = '0', limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<RunItemPage> {
    if (!/^\d{1,15}$/.test(after)) throw badRequest('There is no such place in the list');
    const stream = createReadStream(this.#file(id, 'ndjson'), { encoding: 'utf8', start: Number(after) });
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    const items: RunItem[] = [];
    let offset = Number(after);
    try {
      for await (const line of lines) {
        offset += Buffer.byteLength(line) + 1;
        const item = parsedItem(line);
        if (item === undefined || !isMeant(item, filter)) continue;
        items.push(item);
        if (items.length >= limit) return { items, next: String(offset) };
      }
      return { items };
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return { items: [] };
      throw cannot('read', this.#file(id, 'ndjson'), error);
    } finally {
      lines.close();
      stream.destroy();
    }
  }

  #file(id: string, ending: 'json' | 'ndjson'): string {
    return join(this.#folder, `${id}.${ending}`);
  }
}

/** JSON leaves U+2028 and U+2029 as they are, and a name may have them; what reads lines ends one there. */
const lineOf = (item: RunItem): string =>
  JSON.stringify(item).replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`);

const isMeant = (item: RunItem, { states, reason }: RunItemFilter): boolean =>
  (states === undefined || states.includes(item.state)) && (reason === undefined || item.reason === reason);

/** The last line of a process that died may be half of one; one that was begun in the middle too. */
function parsedItem(line: string): RunItem | undefined {
  try {
    const [item] = OPERATIONS.runItems.answer.shape.items.parse([JSON.parse(line)]);
    return item as RunItem | undefined;
  } catch {
    return undefined;
  }
}
