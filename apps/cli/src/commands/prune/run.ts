import { withIndexOnly } from '@holdfast/home';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { consent } from '../consent.ts';
import { pruneNow } from './prune-now.ts';
import type { PruneGiven } from './table.ts';

type Given = GivenOptions<PruneGiven>;

/** Removes what no backup needs. */
export async function run(given: Given, _words: readonly string[], context: Context): Promise<ExitCode> {
  const { maxUnused, dryRun: isDryRun, yes } = given;
  // Looking changes nothing: it works beside others, and where nothing can be written.
  await withIndexOnly(context.host, { exclusive: !isDryRun }, async (indexed, signal) => {
    const limits = maxUnused === undefined ? {} : { maxUnused };
    const ask = (): Promise<void> => consent(context, yes, 'Remove it?');
    await pruneNow(indexed, { limits, isDryRun, ask }, context, signal);
  });
  return 0;
}
