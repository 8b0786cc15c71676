import { reasonEntry } from '@holdfast/contract';
import type { RestoreEvent } from './events.ts';
import type { SettledItem } from './restore-plan.ts';

/** The event for an item of which it is known what became of it. */
export function settledEvent({ to, reason, ...item }: SettledItem): RestoreEvent {
  const { state } = reasonEntry(reason);
  if (state === 'waiting') throw new Error(`${reason} is no outcome of a restore`);
  return { kind: 'item', ...item, to: to.join('/'), state, reason };
}
