import { AdbServer } from '@holdfast/adb';
import { LOOPBACK_ADDRESSES, type Lookout, type PhoneAddress } from '@holdfast/devices/android';
import { Failure } from '@holdfast/kernel';
import { HOME_FAILURES } from '#failures.ts';
import type { Machine } from '#host.ts';
import { adbKey } from './adb-key.ts';
import { wirelessAddresses } from './paired.ts';

/**
 * Where phones are looked for: the adb server (`ADB_SERVER_SOCKET` or `ANDROID_ADB_SERVER_PORT`, as adb has them; else
 * port 5037), where paired phones are in the network, and at the addresses in `HOLDFAST_PHONES`, or else the ports of this
 * computer where emulators listen. Fails with `home/bad-address` when a variable makes no sense.
 */
export async function lookout(machine: Machine): Promise<Lookout> {
  const { clock, env } = machine;
  return {
    server: new AdbServer({ ...serverPlace(env), clock }),
    addresses: [...(await wirelessAddresses(machine)), ...addresses(env)],
    key: await adbKey(machine),
    clock,
  };
}

/** `HOST:PORT`, any number of them, with spaces or commas between. */
function addresses({ HOLDFAST_PHONES: listed }: Machine['env']): readonly PhoneAddress[] {
  if (listed === undefined) return LOOPBACK_ADDRESSES;
  const words = listed.split(/[\s,]+/).filter((word) => word !== '');
  return words.map((word) => addressOf(word, 'The variable HOLDFAST_PHONES'));
}

/** The address that `HOST:PORT` spells; an IPv6 host in brackets. Fails with `home/bad-address`, naming `what`. */
export function addressOf(word: string, what: string): PhoneAddress {
  const [, host = '', digits = ''] = /^(.+):(\d+)$/.exec(word) ?? [];
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: portOf(digits, what) };
}

/** `tcp:PORT` or `tcp:HOST:PORT`, as adb's own manual has it. */
function serverPlace(env: Machine['env']): { host?: string; port?: number } {
  const socket = env['ADB_SERVER_SOCKET'] ?? '';
  const serverPort = env['ANDROID_ADB_SERVER_PORT'] ?? '';
  if (socket !== '') {
    const [, host, digits = ''] = /^tcp:(?:(.+):)?(\d+)$/.exec(socket) ?? [];
    const port = portOf(digits, 'The variable ADB_SERVER_SOCKET');
    return { ...(host !== undefined && { host }), port };
  }
  return serverPort === '' ? {} : { port: portOf(serverPort, 'The variable ANDROID_ADB_SERVER_PORT') };
}

function portOf(digits: string, what: string): number {
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  if (port < 1 || port > 65_535)
    throw new Failure(HOME_FAILURES.badAddress, `${what} names no port between 1 and 65535, or no address.`, {
      hint: 'Write HOST:PORT, for example 192.168.1.20:5555.',
    });
  return port;
}
