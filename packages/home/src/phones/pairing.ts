import { pair } from '@holdfast/adb';
import type { PhoneAddress } from '@holdfast/devices/android';
import type { Host } from '#host.ts';
import { adbKey } from './adb-key.ts';
import { listen, rememberPaired } from './paired.ts';

/** Long enough for a phone to say where it can be reached after it was paired. */
const SETTLE_WITHIN = Temporal.Duration.from({ seconds: 5 });

/** A phone whose pairing dialog is open. */
export interface PairablePhone {
  /** The name under which it announces itself. From outside. */
  readonly name: string;
  /** `host:port`. */
  readonly address: string;
}

/** Phones in the network whose pairing dialog is open, heard of while this waits. */
export async function pairablePhones(host: Host, duration: Temporal.Duration): Promise<PairablePhone[]> {
  const phones = new Map<string, PairablePhone>();
  await listen(host, duration, ({ kind, name, host: at, port }) => {
    const address = at.includes(':') ? `[${at}]:${port}` : `${at}:${port}`;
    if (kind === 'pairing') phones.set(address, { name, address });
    return false;
  });
  return [...phones.values()];
}

/** Pairs with the phone whose dialog shows the code, and remembers it. Fails with `adb/wrong-code`, `adb/no-pairing`, … */
export async function pairByCode(
  host: Host,
  dialog: PhoneAddress,
  code: string,
): Promise<{ readonly guid: string; readonly address?: PhoneAddress }> {
  const { clock, random, signal } = host;
  const guid = await pair({ ...dialog, code, key: await adbKey(host), clock, random, signal });
  let address: PhoneAddress | undefined;
  await listen(host, SETTLE_WITHIN, ({ kind, name, host: at, port }) => {
    if (kind === 'connect' && name === guid) address = { host: at, port };
    return address !== undefined;
  });
  // The port is not that of the dialog; the host is.
  await rememberPaired(host, { guid, ...(address ?? { host: dialog.host, port: 5555 }) });
  return { guid, ...(address !== undefined && { address }) };
}
