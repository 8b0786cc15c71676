import type { AndroidPhone } from '@holdfast/devices/android';
import { restoreToDevice } from '@holdfast/engine';
import type { IndexedRepository } from '@holdfast/repository';
import type { Host } from '#host.ts';
import { AddedList } from '#phones/added-list.ts';
import { claimPhone } from '#phones/claim.ts';
import { undoNotes } from '#phones/undo-notes.ts';
import type { GiveBackEvent } from './give-back.ts';
import { type GiveBackRequest, planPhone } from './plan-give-back.ts';

/** As `giveBack`, to a phone. */
export async function* giveToPhone(
  host: Host,
  indexed: IndexedRepository,
  request: GiveBackRequest,
  phone: AndroidPhone,
  signal: AbortSignal,
): AsyncGenerator<GiveBackEvent, void, undefined> {
  await using _claim = await claimPhone(host, phone.device, 'giving');
  yield { kind: 'looking' };
  const plan = await planPhone(host.clock, indexed, request, phone, { create: true, signal });
  yield { kind: 'planned', plan };
  await using added = await AddedList.begin(host, phone.device.id);
  const options = { undoNotes: undoNotes(host), signal };
  for await (const event of restoreToDevice(indexed, plan.plan, plan.sink, options)) {
    // In the list before anybody is told: it is there also when this dies now.
    if (event.kind === 'item' && event.reason === 'restored') await added.add(event);
    if (event.kind === 'done' && added.items > 0) yield { kind: 'listed', ...listOf(added) };
    yield event;
  }
}

const listOf = ({ path, items }: AddedList): { path: string; items: number } => ({ path, items });
