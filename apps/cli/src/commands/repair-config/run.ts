import { repairConfigHere } from '@holdfast/home';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { sameRepository } from '#output/same-repository.ts';
import { stopwatch } from '#output/stopwatch.ts';
import type { RepairConfigGiven } from './table.ts';

/** Makes the config right. */
export async function run(
  _given: GivenOptions<RepairConfigGiven>,
  _words: readonly string[],
  { host, screen, world, globals }: Context,
): Promise<ExitCode> {
  const passed = stopwatch(world.clock);
  const isChanged = await repairConfigHere(host);
  const text = isChanged
    ? `${screen.style('green', 'The config is made anew')}. Look with "holdfast check${sameRepository(globals)}".`
    : 'The config is right: there was nothing to do.';
  await screen.result({ type: 'repaired', what: 'config', isChanged, seconds: passed() }, text);
  return 0;
}
