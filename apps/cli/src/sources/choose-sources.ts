import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ItemType } from '@holdfast/contract';
import { type AndroidPhone, androidSource, openFolderSource, type Source } from '@holdfast/devices';
import { Failure, plainText } from '@holdfast/kernel';
import type { Context } from '#context.ts';
import { CLI_FAILURES, usage } from '#failures.ts';
import { repositoryPlace } from '#home/home.ts';
import { openPhones, type SeenPhone, type SeenPhones } from '#phones/open-phones.ts';
import type { World } from '#world.ts';

/** What of them. */
interface Given {
  readonly exclude: readonly string[];
  /** Of a phone; `undefined`: all. */
  readonly types: readonly ItemType[] | undefined;
  /** Where a masked transcript of what phones say goes. */
  readonly record?: string | undefined;
}

/** What is to be looked at or backed up, each thing once; disposed of when all of it is done. */
export interface ChosenSources extends AsyncDisposable {
  readonly sources: readonly ChosenSource[];
}

/** One of them; `phone` where it is one. */
export interface ChosenSource {
  readonly source: Source;
  readonly phone?: AndroidPhone;
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
    const phones = async (): Promise<SeenPhones> =>
      (seen ??= stack.use(await openPhones(context, given.record)));
    for (const word of words.length === 0 ? [undefined] : words) {
      const chosen: ChosenSource =
        word !== undefined && isFolderWord(word, context)
          ? { source: await folderSource(word, given, context) }
          : phoneSource(choosePhone((await phones()).phones, word, context.world), given, context, stack);
      if (!sources.some(({ source }) => source.device.id === chosen.source.device.id)) sources.push(chosen);
    }
    return { sources, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** A word with a slash is never a phone; one without is a folder when there is one of that name. */
function isFolderWord(word: string, { world }: Context): boolean {
  return word === '' || /[/\\]/.test(word) || word.startsWith('.') || existsSync(resolve(world.cwd, word));
}

function folderSource(folder: string, given: Given, { world, globals }: Context): Promise<Source> {
  // An empty word, of a variable that was never set, would mean the current folder.
  if (folder === '') throw usage('FOLDER is missing: an empty word names none.', 'backup');
  return openFolderSource(resolve(world.cwd, folder), {
    machine: world.identity.hostname,
    excludes: given.exclude,
    skipPaths: [repositoryPlace(world, globals).path],
    clock: world.clock,
    useThread: world.threads !== 0,
  });
}

function phoneSource(
  { phone }: SeenPhone & { kind: 'open' },
  { exclude: excludes, types }: Given,
  { world }: Context,
  stack: AsyncDisposableStack,
): ChosenSource {
  const source = androidSource(phone, { excludes, clock: world.clock, ...(types && { types }) });
  return { source: stack.use(source), phone };
}

/** The phone that a word names, or without one the only phone. Fails with what to do about it. */
function choosePhone(
  phones: readonly SeenPhone[],
  word: string | undefined,
  world: World,
): SeenPhone & { kind: 'open' } {
  const named = word === undefined ? phones : phones.filter((phone) => isCalled(phone, word));
  const [phone, ...more] = named;
  if (phone === undefined) throw noPhone(phones, word, world);
  if (more.length > 0) throw tooMany(named);
  if (phone.kind === 'open') return phone;
  const { seen, failure } = phone;
  const { code, says, hint } = seen.state;
  throw failure ?? new Failure(code, says, { hint, retry: 'later', details: { address: seen.address } });
}

function isCalled(phone: SeenPhone, word: string): boolean {
  const names = [phone.seen.address, phone.seen.model];
  if (phone.kind === 'open') names.push(phone.phone.device.id, phone.phone.device.name);
  return names.some((name) => name.toLowerCase() === word.toLowerCase());
}

function noPhone(phones: readonly SeenPhone[], word: string | undefined, { cwd }: World): Failure {
  if (word === undefined)
    return new Failure(CLI_FAILURES.noPhone, 'No phone is in sight', {
      hint: 'Plug one in, or name a FOLDER; "holdfast help devices" says how to let a phone be seen.',
      retry: 'later',
    });
  const path = plainText(resolve(cwd, word));
  const names = phones.length === 0 ? 'no phone is in sight' : 'no phone in sight has that name';
  return new Failure('devices/missing-folder', `There is no folder at ${path}, and ${names}`, {
    hint: 'Correct the path, or connect the drive it is on, or the phone: "holdfast devices" lists those in sight.',
  });
}

function tooMany(phones: readonly SeenPhone[]): Failure {
  const names = phones.map((phone) => (phone.kind === 'open' ? phone.phone.device.id : phone.seen.address));
  return new Failure(CLI_FAILURES.whichPhone, `${phones.length} phones are in sight`, {
    hint: `Name the one you mean: ${names.map((name) => plainText(name, 80)).join(', ')}.`,
  });
}
