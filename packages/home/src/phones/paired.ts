import { join } from 'node:path';
import { discoverWireless, type WirelessService } from '@holdfast/adb';
import type { PhoneAddress } from '@holdfast/devices/android';
import type { Machine } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { makePrivateFolder, readIfThere, replaceFile, writePrivateFile } from '#place/private-file.ts';

/** A phone that this computer was paired with. */
export interface PairedPhone extends PhoneAddress {
  /** The name under which it announces itself. */
  readonly guid: string;
}

/** Thousands of phones. */
const MOST_BYTES = 1024 * 1024;

/** Long enough for a phone that is awake to answer, twice. */
const LISTEN_FOR = Temporal.Duration.from({ milliseconds: 1500 });

/** The phones in the home folder's list; one that cannot be read counts as empty: pairing again mends it. */
async function pairedPhones(machine: Machine): Promise<readonly PairedPhone[]> {
  const text = await readIfThere(fileOf(machine), MOST_BYTES);
  try {
    const listed: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(listed) ? listed.filter(isPaired) : [];
  } catch {
    return [];
  }
}

/** Puts a phone in the list, in place of what was known of it. Fails with `home/folder`. */
export async function rememberPaired(machine: Machine, phone: PairedPhone): Promise<void> {
  const others = (await pairedPhones(machine)).filter(({ guid }) => guid !== phone.guid);
  const path = fileOf(machine);
  await makePrivateFolder(homeOf(machine).folder);
  // A name of its own: what a run that died left behind must not be taken for this.
  const next = `${path}.${machine.random(8).toHex()}.new`;
  await writePrivateFile(next, `${JSON.stringify([...others, phone], undefined, 2)}\n`, machine.random);
  await replaceFile(next, path);
}

/**
 * Where the paired phones listen now, as far as they announce it while this waits a moment: they take another port whenever
 * wireless debugging is switched on. Where one is not heard of, its last address. Nobody paired, nothing waited.
 */
export async function wirelessAddresses(machine: Machine): Promise<readonly PhoneAddress[]> {
  const paired = await pairedPhones(machine);
  if (paired.length === 0) return [];
  const heard = new Map<string, PhoneAddress>();
  await listen(machine, LISTEN_FOR, ({ kind, name, host, port }) => {
    if (kind === 'connect') heard.set(name, { host, port });
    return paired.every(({ guid }) => heard.has(guid));
  });
  return paired.map((phone) => heard.get(phone.guid) ?? phone);
}

/** Listens to what phones announce, until `isEnough` is true of one or the time is over. */
export async function listen(
  machine: Machine,
  duration: Temporal.Duration,
  isEnough: (service: WirelessService) => boolean,
): Promise<void> {
  const { clock, signal, wireless = {} } = machine;
  const stop = new AbortController();
  const over = clock.sleep(duration, stop.signal).then(
    () => stop.abort(),
    () => {},
  );
  try {
    const signals = AbortSignal.any([signal, stop.signal]);
    for await (const { kind, service } of discoverWireless({ clock, ...wireless }, signals))
      if (kind === 'found' && isEnough(service)) break;
  } catch (error) {
    signal.throwIfAborted();
    if (!stop.signal.aborted) throw error;
  } finally {
    stop.abort();
    await over;
  }
}

const fileOf = (machine: Machine): string => join(homeOf(machine).folder, 'paired-phones.json');

const isPaired = (value: unknown): value is PairedPhone =>
  typeof value === 'object' &&
  value !== null &&
  'guid' in value &&
  typeof value.guid === 'string' &&
  'host' in value &&
  typeof value.host === 'string' &&
  'port' in value &&
  Number.isInteger(value.port);
