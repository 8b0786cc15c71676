import type { JsonLineOf } from '@holdfast/contract';
import { withIndexOnly } from '@holdfast/home';
import { isIndexRight, planRepairIndex, type RepairIndexPlan, repairIndex } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatDuration, plural } from '#output/words.ts';
import { repairProgress } from '../repair-progress.ts';
import type { RepairIndexGiven } from './table.ts';

type Given = GivenOptions<RepairIndexGiven>;

/** Makes the index right. */
export async function run({ dryRun }: Given, _words: readonly string[], context: Context): Promise<ExitCode> {
  const { world, screen } = context;
  const passed = stopwatch(world.clock);
  await withIndexOnly(context.host, { exclusive: true, tolerate: true }, async (indexed, signal) => {
    screen.note('Comparing the index with the packs …');
    const plan = await planRepairIndex(indexed, signal);
    const isRight = isIndexRight(plan);
    await screen.result(planLine(plan), describe(plan).join('\n') || undefined);
    if (dryRun) return await screen.text(isRight ? 'The index is right.' : 'Nothing was changed.');
    using progress = screen.progress();
    for await (const step of repairIndex(indexed, plan, signal)) progress.update(() => repairProgress(step));
    const seconds = passed();
    const text = isRight
      ? 'The index is right: there was nothing to do.'
      : `${screen.style('green', 'The index is right again')}, in ${formatDuration(seconds)}. Look with "holdfast check".`;
    await screen.result({ type: 'repaired', what: 'index', isChanged: !isRight, seconds }, text);
  });
  return 0;
}

function planLine(plan: RepairIndexPlan): JsonLineOf<'repair-index-plan'> {
  const { unreadable, missing, relist, salvage, useless, listedTwice } = plan;
  return {
    type: 'repair-index-plan',
    unreadable: [...unreadable],
    missing: [...missing],
    relist: relist.map(({ pack, blobs, reason }) => ({ pack, blobs, reason })),
    salvage: salvage.map(({ pack, whole, lost }) => ({ pack, whole, lost: lost.map(({ id }) => id) })),
    useless: [...useless],
    listedTwice: listedTwice.length,
  };
}

const WHY: Readonly<Record<RepairIndexPlan['relist'][number]['reason'], string>> = {
  unlisted: 'it is in no index file',
  'wrong-size': 'the index has another size for it',
  gaps: 'the index leaves gaps in it',
  'listed-differently': 'the index says two things about it',
};

function describe({ unreadable, missing, relist, salvage, useless, listedTwice }: RepairIndexPlan): string[] {
  return [
    ...unreadable.map((name) => `Index file ${shortId(name)} cannot be read: it goes.`),
    ...missing.map(
      ({ pack, blobs }) =>
        `Pack ${shortId(pack)} is gone, with ${plural(blobs, 'blob')}: it is listed no more.`,
    ),
    ...relist.map(
      ({ pack, blobs, reason }) =>
        `Pack ${shortId(pack)} with ${plural(blobs, 'blob')} is listed anew: ${WHY[reason]}.`,
    ),
    ...salvage.map(
      ({ pack, whole, lost }) =>
        `Pack ${shortId(pack)} has no readable header: ${plural(whole, 'blob')} of it saved again, ${lost.length} lost.`,
    ),
    ...useless.map((pack) => `Pack ${shortId(pack)} cannot be used: it stays until the next prune.`),
    ...(listedTwice.length === 0
      ? []
      : [`${plural(listedTwice.length, 'pack')} listed twice: once is enough.`]),
  ];
}
