import {
  ADB_FAILURES,
  type AdbKey,
  type AdbServer,
  type AdbTransport,
  connectTcp,
  describeState,
  type ListedDevice,
  type StateFinding,
} from '@holdfast/adb';
import { type Clock, isFailure, mapOrdered } from '@holdfast/kernel';

/** Where a phone's adb daemon listens. */
export interface PhoneAddress {
  readonly host: string;
  readonly port: number;
}

/** A phone that can be seen now: ready, or what keeps it from being used. */
export interface PhoneInSight {
  /** Names this way to the phone: its serial number in the adb server's list, or `host:port`. */
  readonly address: string;
  /** `cable` and `network` go through the adb server, `direct` through nothing. */
  readonly route: 'cable' | 'network' | 'direct';
  /** As the phone says before anything is asked of it; may be empty. */
  readonly model: string;
  readonly state: StateFinding;
  /** A link to it, the caller's to dispose of. Fails with the code of its state when it is not ready. */
  connect(signal?: AbortSignal): Promise<AdbTransport>;
}

/** Where to look. */
export interface Lookout {
  /** Absent or not running: only the addresses are tried. */
  readonly server?: AdbServer;
  /** Phones known by address, and {@link LOOPBACK_ADDRESSES}. */
  readonly addresses: readonly PhoneAddress[];
  /** By which phones at an address recognise this computer. */
  readonly key: AdbKey;
  readonly clock: Clock;
}

/** Where emulators and simulated phones listen; an adb server looks there too (AOSP adb `transport_local.cpp`). */
export const LOOPBACK_ADDRESSES: readonly PhoneAddress[] = Array.from({ length: 16 }, (_, at) => ({
  host: '127.0.0.1',
  port: 5555 + 2 * at,
}));

/** Long enough for the person who holds the phone to see the prompt, short enough to wait for a list. */
const AUTHORIZE_WITHIN = Temporal.Duration.from({ seconds: 5 });

/** All of {@link LOOPBACK_ADDRESSES}: each is a socket that is refused at once, or one phone's greeting. */
const ADDRESSES_AT_ONCE = 16;

/**
 * The phones in sight: those of the adb server in its order, then those that answer at an address. A phone that is reached
 * in two ways is there twice; only asking it tells.
 *
 * An adb server that is not running, and an address where nothing listens, are no phones and no failures.
 */
export async function phonesInSight(lookout: Lookout, signal?: AbortSignal): Promise<PhoneInSight[]> {
  const { server, addresses } = lookout;
  const listed = server === undefined ? [] : await listedBy(server, signal);
  const look = (address: PhoneAddress, looking: AbortSignal): Promise<PhoneInSight | undefined> =>
    lookAt(address, lookout, looking);
  const answers = await Array.fromAsync(mapOrdered(addresses, ADDRESSES_AT_ONCE, look, signal));
  return [...listed, ...answers.filter((phone) => phone !== undefined)];
}

async function listedBy(server: AdbServer, signal: AbortSignal | undefined): Promise<PhoneInSight[]> {
  try {
    const devices = await server.devices(signal);
    return devices.map((device) => ({
      address: device.serial,
      route: routeOf(device),
      model: device.model.replaceAll('_', ' '),
      state: device.state,
      connect: (connecting) => server.connect(device, connecting),
    }));
  } catch (error) {
    if (isFailure(error, ADB_FAILURES.noServer)) return [];
    throw error;
  }
}

/** Phones over the network are listed by their address, or by the name of their wireless service. */
function routeOf({ serial, usb }: ListedDevice): 'cable' | 'network' {
  if (usb !== undefined) return 'cable';
  return /:\d+$|\._adb-tls-connect\._tcp|^emulator-\d+$/.test(serial) ? 'network' : 'cable';
}

async function lookAt(
  { host, port }: PhoneAddress,
  { key, clock }: Lookout,
  signal: AbortSignal | undefined,
): Promise<PhoneInSight | undefined> {
  const phone = {
    address: `${host}:${port}`,
    route: 'direct',
    model: '',
    connect: (connecting?: AbortSignal) => connectTcp({ host, port, key, clock }, connecting),
  } as const;
  try {
    await using link = await connectTcp(
      { host, port, key, clock, authorizeWithin: AUTHORIZE_WITHIN },
      signal,
    );
    return { ...phone, model: link.banner.model.replaceAll('_', ' '), state: describeState('device') };
  } catch (error) {
    if (isFailure(error, ADB_FAILURES.noPhone)) return undefined;
    if (!isFailure(error)) throw error;
    const { code, message, hint = '' } = error;
    return { ...phone, state: { code: code as StateFinding['code'], says: message, hint, raw: code } };
  }
}
