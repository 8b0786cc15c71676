import { Failure, isFailure } from '@holdfast/kernel';
import {
  type IndexedRepository,
  type PruneLimits,
  type PrunePlan,
  type PruneProgress,
  planPrune,
  prune,
} from '@holdfast/repository';
import type { Context } from '#context.ts';
import { stopwatch } from '#output/stopwatch.ts';
import { formatBytes, formatDuration, plural } from '#output/words.ts';

/** How to prune. */
export interface PruneOrder {
  readonly limits: PruneLimits;
  readonly isDryRun: boolean;
  /** Throws unless the plan that was shown may be carried out. */
  readonly ask: () => Promise<void>;
}

/** Plans a prune, shows the plan and carries it out. The caller holds an exclusive lock. */
export async function pruneNow(
  indexed: IndexedRepository,
  { limits, isDryRun, ask }: PruneOrder,
  { world, screen }: Context,
  signal: AbortSignal,
): Promise<void> {
  if (!isDryRun) screen.outlive();
  const passed = stopwatch(world.clock);
  screen.note('Looking for what no backup needs …');
  const plan = await planPrune(indexed, limits, signal);
  const { keep, rewrite, remove, removeUnlisted, dropMissing } = plan;
  const { used, duplicate, unused, freedBytes, unusedAfterBytes } = plan;
  const totals = { used, duplicate, unused, freedBytes, unusedAfterBytes };
  const counts = {
    keep: keep.length,
    rewrite: rewrite.length,
    remove: remove.length,
    removeUnlisted: removeUnlisted.length,
    dropMissing: dropMissing.length,
  };
  await screen.result({ type: 'prune-plan', ...counts, ...totals }, describe(plan));
  if (isDryRun) return await screen.text('Nothing was changed.');
  const isIdle = rewrite.length + remove.length + removeUnlisted.length + dropMissing.length === 0;
  if (!isIdle) {
    await ask();
    using progress = screen.progress();
    try {
      for await (const { phase, done, total } of prune(indexed, plan, signal)) {
        progress.update(() => ({ phase: PHASES[phase], noun: NOUNS[phase], items: { done, total } }));
      }
    } catch (error) {
      throw isFailure(error, 'store/full') && rewrite.length > 0 ? noRoomToRewrite(error) : error;
    }
  }
  const freed = Math.max(0, freedBytes);
  const text = isIdle
    ? 'There was nothing to do.'
    : `${screen.style('green', `Freed ${formatBytes(freed)}`)} in ${formatDuration(passed())}.`;
  await screen.result({ type: 'pruned', freedBytes: freed, seconds: passed() }, text);
}

/** Whoever prunes wants room: to be told to make room first does not help. */
function noRoomToRewrite(error: Failure): Failure {
  return new Failure(error.code, error.message, {
    retry: error.retry,
    hint: 'Run "holdfast prune --max-unused unlimited" first: it only removes, which takes hardly any room. Then run this again.',
    details: error.details,
    cause: error,
  });
}

const PHASES: Readonly<Record<PruneProgress['phase'], string>> = {
  unlisted: 'Removing leftovers',
  rewrite: 'Saving again what is needed',
  index: 'Writing the index',
  remove: 'Removing',
};

const PACKS = ['pack', 'packs'] as const;

const NOUNS: Readonly<Record<PruneProgress['phase'], readonly [one: string, many: string]>> = {
  unlisted: PACKS,
  rewrite: PACKS,
  index: ['index', 'indexes'],
  remove: PACKS,
};

function describe(plan: PrunePlan): string {
  const { keep, rewrite, remove, removeUnlisted, dropMissing } = plan;
  const { used, duplicate, unused, freedBytes, unusedAfterBytes } = plan;
  return [
    `Backups need ${formatBytes(used.bytes)}; ${formatBytes(unused.bytes)} are needed by none${
      duplicate.blobs === 0 ? '' : `, ${formatBytes(duplicate.bytes)} are further copies`
    }.`,
    `Packs: ${plural(keep.length, 'stays', 'stay')}, ${rewrite.length} to be rewritten, ${remove.length} to be removed.`,
    ...(removeUnlisted.length === 0
      ? []
      : [`${plural(removeUnlisted.length, 'pack')} that an interruption left behind will be removed.`]),
    ...(dropMissing.length === 0
      ? []
      : [
          `${plural(dropMissing.length, 'pack')} that nothing needs and that are gone will be listed no more.`,
        ]),
    `That frees ${formatBytes(Math.max(0, freedBytes))}${
      unusedAfterBytes === 0 ? '' : `; ${formatBytes(unusedAfterBytes)} stay that are not worth rewriting for`
    }.`,
  ].join('\n');
}
