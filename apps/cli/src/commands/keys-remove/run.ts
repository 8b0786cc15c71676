import { withLock } from '@holdfast/home';
import { removeKey } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions, NoOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';

/** Takes a password away. */
export async function run(
  _given: GivenOptions<NoOptions>,
  [prefix = '']: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const id = await withLock(context.host, { exclusive: true }, ({ repository }, signal) =>
    removeKey(repository, prefix, signal),
  );
  const text = `Removed key ${shortId(id)}: its password opens the repository no more.`;
  await context.screen.result({ type: 'key-changed', action: 'removed', id }, text);
  return 0;
}
