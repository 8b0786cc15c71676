import {
  type AndroidPhone,
  openPhone,
  type PhoneInSight,
  phonesInSight,
  type Recorder,
} from '@holdfast/devices/android';
import { type Failure, isFailure } from '@holdfast/kernel';
import type { Host } from '#host.ts';
import { lookout } from './lookout.ts';
import { putBackLeftOver } from './put-back.ts';

/** A phone that was asked what it is; or one in sight that cannot be used, and why. */
export type SeenPhone =
  | { readonly kind: 'open'; readonly seen: PhoneInSight; readonly phone: AndroidPhone }
  | { readonly kind: 'unusable'; readonly seen: PhoneInSight; readonly failure?: Failure };

/** What else is done with their links. */
export interface OpenPhonesOptions {
  /** Gives a link on which somebody else hears what is said. */
  readonly listenTo?: Recorder['listenTo'];
}

/** Phones in sight, their links open. */
export interface SeenPhones extends AsyncDisposable {
  readonly phones: readonly SeenPhone[];
}

/**
 * Every phone in sight once, by the first of the ways that lead to it: through the adb server before an address. The caller disposes of the links. What
 * goes wrong with one phone is told with it, and hides none of the others. What a restore that died left changed on one is put back.
 * Fails with `home/bad-address`.
 */
export async function openPhones(host: Host, { listenTo }: OpenPhonesOptions = {}): Promise<SeenPhones> {
  await using stack = new AsyncDisposableStack();
  const { clock, signal } = host;
  const inSight = await phonesInSight(await lookout(host), signal);
  const phones = new Map<string, SeenPhone>();
  for (const seen of inSight) {
    if (seen.state.code !== 'ready') {
      phones.set(seen.address, { kind: 'unusable', seen });
      continue;
    }
    try {
      const connected = await seen.connect(signal);
      const link = stack.use(listenTo?.(connected) ?? connected);
      const phone = await openPhone(link, { clock, signal });
      if (phones.has(phone.device.id)) continue;
      phones.set(phone.device.id, { kind: 'open', seen, phone });
      await putBackLeftOver(phone, host);
    } catch (failure) {
      if (!isFailure(failure)) throw failure;
      phones.set(seen.address, { kind: 'unusable', seen, failure });
    }
  }
  const links = stack.move();
  return { phones: [...phones.values()], [Symbol.asyncDispose]: () => links.disposeAsync() };
}
