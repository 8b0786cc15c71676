import { createHere } from '@holdfast/home';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { shown } from '#output/screen.ts';
import type { InitGiven } from './table.ts';

/** Creates a repository. */
export async function run(
  { formatVersion }: GivenOptions<InitGiven>,
  _words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { repository, place } = await createHere(context.host, { version: formatVersion === '1' ? 1 : 2 });
  const { id, version } = repository.config;
  await context.screen.result(
    { type: 'repository', id, location: place.path, formatVersion: version },
    `Repository ${shortId(id)}, format version ${version}, at ${shown(place.path)}`,
  );
  return 0;
}
