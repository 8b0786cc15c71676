import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { helpPage } from '#help-page.ts';
import type { HelpGiven } from './table.ts';

/** Shows a help page. */
export async function run(
  _given: GivenOptions<HelpGiven>,
  words: readonly string[],
  { screen }: Context,
): Promise<ExitCode> {
  await screen.raw(helpPage(words, screen.columns));
  return 0;
}
