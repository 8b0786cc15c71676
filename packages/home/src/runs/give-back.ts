import type { RestoreEvent } from '@holdfast/engine';
import type { IndexedRepository } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { AddedList } from '#phones/added-list.ts';
import { claimPhone } from '#phones/claim.ts';
import { undoNotes } from '#phones/undo-notes.ts';
import { type GiveBackPlan, type GiveBackRequest, type GiveBackTo, planGiveBack } from './plan-give-back.ts';

/** What giving back tells. */
export type GiveBackEvent =
  | RestoreEvent
  /** Nobody else gives to the target now; it is about to be looked at. */
  | { readonly kind: 'looking' }
  /** What is going to be done. Nothing was written yet, and nothing will be when nobody asks for the next event. */
  | { readonly kind: 'planned'; readonly plan: GiveBackPlan }
  /** Just before `done`: where it is listed what came to a phone. */
  | { readonly kind: 'listed'; readonly path: string; readonly items: number };

/**
 * Plans and gives back. A phone is claimed from before it is looked at, so that what another run gives meanwhile is not given twice; what comes
 * to it is listed in the home folder, and what it lends meanwhile is noted there. Fails as the engine's `restore` and `restoreToDevice`, and with `home/phone-busy`.
 */
export async function* giveBack(
  host: Host,
  indexed: IndexedRepository,
  request: GiveBackRequest,
  to: GiveBackTo,
  signal: AbortSignal,
): AsyncGenerator<GiveBackEvent, void, undefined> {
  await using _claim = to.kind === 'phone' ? await claimPhone(host, to.phone.device, 'giving') : undefined;
  yield { kind: 'looking' };
  const plan = await planGiveBack(host, indexed, request, to, { create: true, signal });
  yield { kind: 'planned', plan };
  const { restore, restoreToDevice } = await import('@holdfast/engine');
  if (plan.kind === 'folder') {
    yield* restore(indexed, plan.plan, plan.sink, signal);
    return;
  }
  await using added = await AddedList.begin(host, plan.phone.device.id);
  const options = { undoNotes: undoNotes(host), signal };
  for await (const event of restoreToDevice(indexed, plan.plan, plan.sink, options)) {
    // In the list before anybody is told: it is there also when this dies now.
    if (event.kind === 'item' && event.reason === 'restored') await added.add(event);
    if (event.kind === 'done' && added.items > 0) yield { kind: 'listed', ...listOf(added) };
    yield event;
  }
}

const listOf = ({ path, items }: AddedList): { path: string; items: number } => ({ path, items });
