import { isRecordPath } from '@holdfast/engine';
import { withIndex } from '@holdfast/home';
import { findSnapshot } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { usage } from '#failures.ts';
import { pathText } from '#inside/path-text.ts';
import { defaultPlaces, placeOf, splitName } from '#inside/place-in-backup.ts';
import type { RestoreGiven } from './table.ts';
import { openTarget } from './target.ts';
import { restoreToFolder } from './to-folder.ts';

/** Backups in a repository of so many packs, some 16 MiB each, are worth threads before it is known what of them is to be written. */
const MUCH_PACKS = 8;

/** Gives a backup back. */
export async function run(
  given: GivenOptions<RestoreGiven>,
  words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const [first = '', ...more] = words;
  const { backup, path } = splitName(first);
  if (given.to === undefined || given.to === '')
    throw usage('"restore" needs --to DEVICE|FOLDER.', 'restore');
  await using target = await openTarget(given.to, given, context);
  if (target.kind === 'folder' && given.types !== undefined)
    throw usage('--types goes with a phone as --to; for a folder, name paths.', 'restore');
  if (target.kind === 'folder' && given.record !== undefined)
    throw usage('--record goes with a phone as --to: a folder is asked nothing.', 'restore');
  return await withIndex(
    context.host,
    {
      onIndexed({ index, pool }) {
        if (words.length <= 1 && path === undefined && index.packs.length >= MUCH_PACKS) pool.start();
      },
    },
    (repository, signal) => findSnapshot(repository, backup, signal),
    async (indexed, entry, signal) => {
      const { blobs } = indexed;
      const typed = [...(path === undefined ? [] : [path]), ...more];
      // A record has no place of its own in a tree: which there are shows when its file is read.
      const named: string[] = [];
      for (const each of typed)
        named.push(isRecordPath(each) ? each : pathText(await placeOf(blobs, entry, each, signal)));
      if (target.kind === 'phone') {
        const { restoreToPhone } = await import('./to-phone.ts');
        return await restoreToPhone(target.phone, { indexed, entry, paths: named, signal }, given, context);
      }
      const paths = typed.length === 0 ? (await defaultPlaces(blobs, entry, signal)).map(pathText) : named;
      return await restoreToFolder(target.path, { indexed, entry, paths, signal }, given, context);
    },
  );
}
