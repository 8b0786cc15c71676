import type { RestoreEvent } from '@holdfast/engine';
import type { IndexedRepository } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { type GiveBackPlan, type GiveBackRequest, type GiveBackTo, planFolder } from './plan-give-back.ts';

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
  if (to.kind === 'phone') {
    const { giveToPhone } = await import('./give-to-phone.ts');
    yield* giveToPhone(host, indexed, request, to.phone, signal);
    return;
  }
  yield { kind: 'looking' };
  const plan = await planFolder(indexed, request, to.path, { create: true, signal });
  yield { kind: 'planned', plan };
  const { restore } = await import('@holdfast/engine/restore');
  yield* restore(indexed, plan.plan, plan.sink, signal);
}
