import { withBegun } from '@holdfast/home/opening';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { usage } from '#failures.ts';
import { type Asked, askedBy } from './asked.ts';
import type { RestoreGiven } from './table.ts';
import { openTarget } from './target.ts';

type Given = GivenOptions<RestoreGiven>;

/** Gives a backup back. */
export async function run(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  const asked = askedBy(words);
  if (given.to === undefined || given.to === '')
    throw usage('"restore" needs --to DEVICE|FOLDER.', 'restore');
  await using target = await openTarget(given.to, given, context);
  if (target.kind === 'phone') {
    const { restoreToPhone } = await import('./to-phone.ts');
    return await restoreToPhone(target.phone, asked, given, context);
  }
  if (given.types !== undefined)
    throw usage('--types goes with a phone as --to; for a folder, name paths.', 'restore');
  if (given.record !== undefined)
    throw usage('--record goes with a phone as --to: a folder is asked nothing.', 'restore');
  return await toFolder(target.path, asked, given, context);
}

/** Most of the program is loaded while another thread derives the key: no other part of the start takes as long. */
async function toFolder(folder: string, asked: Asked, given: Given, context: Context): Promise<ExitCode> {
  let loading: Promise<typeof import('./to-folder.ts')> | undefined;
  const load = (): Promise<typeof import('./to-folder.ts')> => {
    loading ??= import('./to-folder.ts');
    return loading;
  };
  const { host } = context;
  const telling = { ...host, tell: { ...host.tell, trying: () => void load() } };
  return await withBegun(
    telling,
    {},
    {
      prepare: async (repository, signal) =>
        (await load()).findForFolder(repository, { folder, asked, given, context }, signal),
      begin: (indexed, found, signal) => found.begin(indexed, signal),
    },
    (held) => held.prepared.finish(held),
  );
}
