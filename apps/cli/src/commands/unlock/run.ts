import { unlock } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { openHere } from '#home/open.ts';
import { plural } from '#output/words.ts';
import type { UnlockGiven } from './table.ts';

/** Takes locks away. */
export async function run(
  { all }: GivenOptions<UnlockGiven>,
  _words: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { isProcessAlive, signal } = context.world;
  const { repository } = await openHere(context);
  const removed = await unlock(repository, { all, isProcessAlive, signal });
  const nothing = all ? 'There was no lock.' : 'No lock was left behind by a program that is gone.';
  const text = removed === 0 ? nothing : `Took ${plural(removed, 'lock')} away.`;
  await context.screen.result({ type: 'unlock', removed }, text);
  return 0;
}
