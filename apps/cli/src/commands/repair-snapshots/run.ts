import { withIndexOnly } from '@holdfast/home';
import {
  areSnapshotsWhole,
  planRepairSnapshots,
  type RepairSnapshotsPlan,
  repairSnapshots,
} from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatDuration, plural } from '#output/words.ts';
import { consent } from '../consent.ts';
import { showPlan } from './show-plan.ts';
import type { RepairSnapshotsGiven } from './table.ts';

type Given = GivenOptions<RepairSnapshotsGiven>;

/** Saves damaged backups again. */
export async function run(given: Given, _words: readonly string[], context: Context): Promise<ExitCode> {
  const { forget, dryRun, yes } = given;
  const { world, screen } = context;
  const passed = stopwatch(world.clock);
  await withIndexOnly(context.host, { exclusive: true, tolerate: true }, async (indexed, signal) => {
    screen.note('Looking for what backups have lost …');
    const plan = await planRepairSnapshots(indexed, { forget }, signal);
    const areWhole = areSnapshotsWhole(plan);
    await showPlan(plan, screen);
    if (dryRun) return await screen.text(areWhole ? 'There is nothing to do.' : 'Nothing was changed.');
    if (!areWhole && removals(plan) > 0)
      await consent(context, yes, `Remove ${plural(removals(plan), 'damaged backup')} for good?`);
    let removed = 0;
    using progress = screen.progress();
    for await (const event of repairSnapshots(indexed, plan, signal)) {
      // Losses were told with the plan.
      if (event.kind === 'lost') continue;
      progress.update(() => ({ phase: 'Saving backups again' }));
      if (event.kind === 'removed') removed += 1;
      if (event.kind === 'saved') {
        const { snapshot, newSnapshot } = event;
        const text = `Backup ${shortId(snapshot)} was saved again as ${shortId(newSnapshot)}.`;
        await screen.result({ type: 'replaced', snapshot, newSnapshot }, text);
      }
    }
    progress.clear();
    const seconds = passed();
    const gone = removed === 0 ? '' : ` ${plural(removed, 'damaged backup')} removed.`;
    const text = areWhole
      ? 'There was nothing to do.'
      : `${screen.style('green', 'Done')} in ${formatDuration(seconds)}.${gone} Look with "holdfast check".`;
    await screen.result({ type: 'repaired', what: 'snapshots', isChanged: !areWhole, seconds }, text);
  });
  return 0;
}

function removals({ forget, repairs, hopeless }: RepairSnapshotsPlan): number {
  return forget ? repairs.length + hopeless.length : 0;
}
