import { resolve } from 'node:path';
import type { ItemType } from '@holdfast/contract';
import type { Device, FolderSource } from '@holdfast/devices';
import type { SeenPhone, SeenPhones } from '@holdfast/home/phones';
import { type ChosenSource, folderSource } from '@holdfast/home/sources';
import type { Context } from '#context.ts';
import { usage } from '#failures.ts';
import { choosePhone } from './choose-phone.ts';
import { isFolderWord } from './folder-word.ts';

/** What of them. */
interface Given {
  readonly exclude: readonly string[];
  /** Of a phone; `undefined`: all. */
  readonly types: readonly ItemType[] | undefined;
  /** Which of a phone where nobody named any; absent: all. */
  readonly typesOf?: (device: Device) => Promise<readonly ItemType[] | undefined>;
  /** The first of them is backed up at once: where it is a folder, it begins to be looked at. */
  readonly beginsAtOnce?: boolean;
  /** Where a masked transcript of what phones say goes. */
  readonly record?: string | undefined;
}

/** What is to be looked at or backed up, each thing once; disposed of when all of it is done. */
export interface ChosenSources extends AsyncDisposable {
  readonly sources: readonly ChosenSource[];
}

/**
 * The sources that words name: a folder, or a phone in sight by its name, id or address; without words the only phone in
 * sight. All of them before the first is begun: a mistyped one should not be found out in the middle of the night.
 */
export async function chooseSources(
  words: readonly string[],
  given: Given,
  context: Context,
): Promise<ChosenSources> {
  const stack = new AsyncDisposableStack();
  try {
    const sources: ChosenSource[] = [];
    let seen: SeenPhones | undefined;
    // What phones need is loaded with the first of them: folders alone begin sooner.
    const phones = async (): Promise<SeenPhones> => {
      const { openPhonesHere } = await import('#phones/open-phones.ts');
      return (seen ??= stack.use(await openPhonesHere(context, given.record)));
    };
    for (const word of words.length === 0 ? [undefined] : words) {
      const chosen: ChosenSource =
        word !== undefined && isFolderWord(word, context.world)
          ? { source: stack.use(await folderOf(word, sources.length === 0, given, context)) }
          : await phoneOf(choosePhone((await phones()).phones, word, context.world), given, context, stack);
      if (!sources.some(({ source }) => source.device.id === chosen.source.device.id)) sources.push(chosen);
    }
    return { sources, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

function folderOf(
  folder: string,
  isFirst: boolean,
  { exclude, beginsAtOnce = false }: Given,
  { host }: Context,
): Promise<FolderSource> {
  // An empty word, of a variable that was never set, would mean the current folder.
  if (folder === '') throw usage('FOLDER is missing: an empty word names none.', 'backup');
  const choice = { excludes: exclude, beginsAtOnce: beginsAtOnce && isFirst };
  return folderSource(resolve(host.cwd, folder), choice, host);
}

async function phoneOf(
  { phone }: SeenPhone & { kind: 'open' },
  { exclude: excludes, types: named, typesOf }: Given,
  { host }: Context,
  stack: AsyncDisposableStack,
): Promise<ChosenSource> {
  const types = named ?? (await typesOf?.(phone.device));
  const { phoneSource } = await import('@holdfast/home/phones');
  const source = phoneSource(phone, { excludes, ...(types && { types }) }, host);
  return { source: stack.use(source), phone };
}
