import { withIndexOnly } from '@holdfast/home';
import { planRepairPacks, repairPacks } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatDuration, plural } from '#output/words.ts';
import { consent } from '../consent.ts';
import { repairProgress } from '../repair-progress.ts';
import type { RepairPacksGiven } from './table.ts';

type Given = GivenOptions<RepairPacksGiven>;

/** Takes damaged packs out. */
export async function run(
  { dryRun, yes }: Given,
  names: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { world, screen } = context;
  const passed = stopwatch(world.clock);
  await withIndexOnly(context.host, { exclusive: true, tolerate: true }, async (indexed, signal) => {
    const plan = await planRepairPacks(indexed, names, signal);
    const packs = plan.packs.map(({ pack, whole, lost }) => ({
      pack,
      whole,
      lost: lost.map(({ id }) => id),
    }));
    const text = plan.packs.map(
      ({ pack, whole, lost }) =>
        `Pack ${shortId(pack)}: ${plural(whole, 'blob')} whole, to be saved again; ${lost.length} lost.`,
    );
    await screen.result({ type: 'repair-packs-plan', packs }, text.join('\n'));
    if (dryRun) return await screen.text('Nothing was changed.');
    await consent(context, yes, `Remove ${plural(packs.length, 'pack')}, with what is lost?`);
    using progress = screen.progress();
    for await (const step of repairPacks(indexed, plan, signal)) progress.update(() => repairProgress(step));
    progress.clear();
    const seconds = passed();
    const isLost = packs.some(({ lost }) => lost.length > 0);
    const next = isLost
      ? ' Back up again what is still there, then run "holdfast repair snapshots --forget".'
      : '';
    const done = `${screen.style('green', `Took ${plural(packs.length, 'pack')} out`)} in ${formatDuration(seconds)}.${next}`;
    await screen.result({ type: 'repaired', what: 'packs', isChanged: packs.length > 0, seconds }, done);
  });
  return 0;
}
