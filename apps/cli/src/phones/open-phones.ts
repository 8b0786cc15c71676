import { type AndroidPhone, openPhone, type PhoneInSight, phonesInSight } from '@holdfast/devices';
import { type Failure, isFailure } from '@holdfast/kernel';
import type { World } from '#world.ts';
import { lookout } from './lookout.ts';

/** A phone that was asked what it is; or one in sight that cannot be used, and why. */
export type SeenPhone =
  | { readonly kind: 'open'; readonly seen: PhoneInSight; readonly phone: AndroidPhone }
  | { readonly kind: 'unusable'; readonly seen: PhoneInSight; readonly failure?: Failure };

/** Phones in sight, their links open. */
export interface SeenPhones extends AsyncDisposable {
  readonly phones: readonly SeenPhone[];
}

/**
 * Every phone in sight once, however many ways lead to it, by cable before network. The caller disposes of the links. What
 * goes wrong with one phone is told with it, and hides none of the others.
 */
export async function openPhones(world: World): Promise<SeenPhones> {
  const { clock, signal } = world;
  const inSight = await phonesInSight(await lookout(world), signal);
  const stack = new AsyncDisposableStack();
  const phones = new Map<string, SeenPhone>();
  for (const seen of inSight) {
    if (seen.state.code !== 'ready') {
      phones.set(seen.address, { kind: 'unusable', seen });
      continue;
    }
    try {
      const link = stack.use(await seen.connect(signal));
      const phone = await openPhone(link, { clock, signal });
      if (!phones.has(phone.device.id)) phones.set(phone.device.id, { kind: 'open', seen, phone });
    } catch (failure) {
      if (!isFailure(failure)) throw failure;
      phones.set(seen.address, { kind: 'unusable', seen, failure });
    }
  }
  return { phones: [...phones.values()], [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
