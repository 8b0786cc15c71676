import { withLock } from '@holdfast/home';
import {
  deviceOf,
  type ForgetPlan,
  findSnapshot,
  forget,
  listSnapshots,
  loadIndex,
  type OpenRepository,
  planForget,
  planForgetOf,
  type SnapshotEntry,
} from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { usage } from '#failures.ts';
import { sameRepository } from '#output/same-repository.ts';
import { plural } from '#output/words.ts';
import { consent } from '../consent.ts';
import { pruneNow } from '../prune/prune-now.ts';
import { policyOf } from './policy.ts';
import { showPlan } from './show-plan.ts';
import type { ForgetGiven } from './table.ts';

type Given = GivenOptions<ForgetGiven>;

/** Removes backups. */
export async function run(given: Given, names: readonly string[], context: Context): Promise<ExitCode> {
  refuseMixtures(given, names);
  if (!given.dryRun) context.screen.outlive();
  await withLock(context.host, { exclusive: !given.dryRun }, async ({ repository }, signal) => {
    const plan = await planOf(repository, given, names, context, signal);
    await showPlan(plan, context);
    await carryOut(repository, plan, given, context, signal);
  });
  return 0;
}

function refuseMixtures(given: Given, names: readonly string[]): void {
  const hasPolicy = policyOf(given) !== undefined;
  if (names.length === 0 && !hasPolicy)
    throw usage('"forget" needs the backups to remove, or what to keep, like --keep-daily 7.', 'forget');
  if (names.length > 0 && (hasPolicy || given.device !== undefined))
    throw usage('"forget" takes either the backups to remove or rules, not both.', 'forget');
}

async function planOf(
  repository: OpenRepository,
  given: Given,
  names: readonly string[],
  { world }: Context,
  signal: AbortSignal,
): Promise<ForgetPlan> {
  const { allowRemoveAll, device } = given;
  const { entries } = await listSnapshots(repository, { signal });
  if (names.length > 0) {
    const ids = new Set<string>();
    for (const name of names) ids.add((await findSnapshot(repository, name, signal)).id);
    return planForgetOf(entries, ids, { allowRemoveAll });
  }
  const chosen = device === undefined ? entries : await ofDevice(repository, entries, device, signal);
  return planForget(chosen, policyOf(given) ?? {}, world.clock.now(), { allowRemoveAll });
}

/** Those of the device that `latest@DEVICE` is of. */
async function ofDevice(
  repository: OpenRepository,
  entries: readonly SnapshotEntry[],
  device: string,
  signal: AbortSignal,
): Promise<SnapshotEntry[]> {
  const { snapshot: latest } = await findSnapshot(repository, `latest@${device}`, signal);
  const wanted = deviceOf(latest);
  return entries.filter(({ snapshot }) => {
    const { id, name } = deviceOf(snapshot);
    return id === wanted.id && (id !== undefined || name === wanted.name);
  });
}

async function carryOut(
  repository: OpenRepository,
  plan: ForgetPlan,
  { dryRun: isDryRun, yes, prune }: Given,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const { screen, globals } = context;
  const kept = plan.groups.reduce((sum, { keep }) => sum + keep.length, 0);
  const removable = plan.groups.reduce((sum, { remove }) => sum + remove.length, 0);
  if (isDryRun || removable === 0) {
    const text =
      removable === 0
        ? 'There is nothing to remove.'
        : `Would remove ${plural(removable, 'backup')} and keep ${kept}. Nothing was changed.`;
    await screen.result({ type: 'forgotten', isDryRun, kept, removed: removable }, text);
    // A run that was cut off after the backups went has left the room to make.
    if (prune && !isDryRun)
      await makeRoom(repository, () => consent(context, yes, 'Remove it?'), context, signal);
    return;
  }
  await consent(
    context,
    yes,
    `Remove ${plural(removable, 'backup')}${prune ? ', and what only they need' : ''}?`,
  );
  const removed = await forget(repository, plan, signal);
  const next = prune ? '' : ` To make room, run "holdfast prune${sameRepository(globals)}".`;
  const text = `${screen.style('green', `Removed ${plural(removed.length, 'backup')}`)}, kept ${kept}.${next}`;
  await screen.result({ type: 'forgotten', isDryRun, kept, removed: removed.length }, text);
  // The question that was asked was for both.
  if (prune) await makeRoom(repository, async () => undefined, context, signal);
}

async function makeRoom(
  repository: OpenRepository,
  ask: () => Promise<void>,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const { threads } = context.world;
  await using indexed = await loadIndex(repository, { signal, ...(threads !== undefined && { threads }) });
  await pruneNow(indexed, { limits: {}, isDryRun: false, ask }, context, signal);
}
