import type { GivenOptions, NoOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { VERSION } from '#program.ts';

/** Says which version this is. */
export async function run(
  _given: GivenOptions<NoOptions>,
  _words: readonly string[],
  { screen, world: { platform } }: Context,
): Promise<ExitCode> {
  const { node } = process.versions;
  await screen.result(
    { type: 'version', version: VERSION, node, platform },
    `holdfast ${VERSION} (Node ${node}, ${platform})`,
  );
  return 0;
}
