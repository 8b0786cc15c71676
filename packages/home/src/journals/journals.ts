import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '@holdfast/kernel';
import type { Machine } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { cannot, makePrivateFolder, putPrivateFile, readIfThere, removeFile } from '#place/private-file.ts';

/** Much more than what was done to a phone takes. */
const MOST_BYTES = 1024 * 1024;

/** Older ones are removed with the next that begins. */
const MOST_JOURNALS = 200;

const NAME = /^[0-9a-z-]{1,80}$/;

/** A journal that grows. */
export interface Journal {
  /** Resolves when the entry would survive the end of this process, and of the machine. One call at a time. */
  append(entry: object): Promise<void>;
}

/** Journals in a folder of the home folder, a file each; their entries are whoever's who wrote them. */
export interface Journals {
  /** Names of all, in no order, with what is in each. What makes no sense is left out. */
  all(): Promise<readonly { readonly name: string; readonly entries: readonly unknown[] }[]>;
  /** The journal of that name, with all that is in it; a new one where there is none. */
  open(name: string): Promise<Journal>;
}

/** The journals in `folder` of the home folder. Names are small letters, digits and dashes. Fails with `home/folder`. */
export function journalsIn(machine: Machine, folder: string): Journals {
  const place = join(homeOf(machine).folder, folder);
  const pathOf = (name: string): string => join(place, `${name}.json`);
  const read = async (name: string): Promise<readonly unknown[] | undefined> =>
    parse(await readIfThere(pathOf(name), MOST_BYTES));
  return {
    async all() {
      const journals = [];
      for (const name of await namesIn(place)) {
        const entries = await read(name);
        if (entries !== undefined) journals.push({ name, entries });
      }
      return journals;
    },
    async open(name) {
      if (!NAME.test(name)) throw new RangeError(`no name of a journal: ${name}`);
      await makePrivateFolder(place);
      const entries = [...((await read(name)) ?? [])];
      if (entries.length === 0) await removeOldest(place, pathOf);
      return {
        async append(entry) {
          entries.push(entry);
          const text = entries.map((each) => `${JSON.stringify(each)}\n`).join('');
          await putPrivateFile(pathOf(name), text);
        },
      };
    },
  };
}

function parse(text: string | undefined): readonly unknown[] | undefined {
  try {
    return text
      ?.split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
  } catch {
    return undefined;
  }
}

async function namesIn(place: string): Promise<readonly string[]> {
  try {
    return (await readdir(place))
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .filter((name) => NAME.test(name));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw cannot('read', place, error);
  }
}

/** Names begin with their time: the first are the oldest. */
async function removeOldest(place: string, pathOf: (name: string) => string): Promise<void> {
  const names = (await namesIn(place)).toSorted();
  for (const name of names.slice(0, Math.max(0, names.length - MOST_JOURNALS + 1)))
    await removeFile(pathOf(name));
}
