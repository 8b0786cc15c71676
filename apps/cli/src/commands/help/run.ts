import type { GivenOptions, NoOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { helpPage } from '#help-page.ts';

/** Shows a help page. */
export async function run(
  _given: GivenOptions<NoOptions>,
  words: readonly string[],
  { screen }: Context,
): Promise<ExitCode> {
  await screen.raw(helpPage(words, screen.columns));
  return 0;
}
