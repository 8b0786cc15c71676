import type { AdbTransport, RemoteFilesOptions } from '@holdfast/adb';
import { encodeName, toHex } from '@holdfast/kernel';
import type { Device } from '#source.ts';
import { outputOf } from './facts/output.ts';
import { modelNameOf, nameOf, type PhoneFacts, phoneFacts } from './facts/phone-facts.ts';
import { parseProperties } from './facts/properties.ts';
import { valueOf } from './facts/told.ts';
import { type Volume, volumesOf } from './facts/volumes.ts';

/** A phone that was looked at. Its transport stays whoever's it was. */
export interface AndroidPhone {
  readonly transport: AdbTransport;
  readonly device: Device;
  readonly facts: PhoneFacts;
  /** What it is sold as: its name, where the person gave it none. */
  readonly modelName: string;
  readonly volumes: readonly Volume[];
}

/** Time, and how much of it a phone gets; and the abort of what asks it. */
export interface OpenPhoneOptions extends RemoteFilesOptions {
  readonly signal?: AbortSignal;
}

/** Serial numbers that many phones of cheap makers share. */
const SHARED_SERIAL = /^(unknown|0123456789abcdef|(.)\2*|0*1234567890*)$/i;

/**
 * Asks a phone what it is and what storage it has. What it does not say, or not in words we know, is so in the facts and
 * fails nothing; only the link can, with `adb/…`.
 */
export async function openPhone(
  transport: AdbTransport,
  { signal, ...options }: OpenPhoneOptions = {},
): Promise<AndroidPhone> {
  const { stdout, stderr } = await outputOf(transport, ['getprop'], options, signal);
  const properties = parseProperties(stdout === '' ? stderr : stdout);
  const facts = phoneFacts(properties, await deviceNameOf(transport, options, signal));
  const serial = valueOf(facts.serial);
  const isShared = serial === undefined || SHARED_SERIAL.test(serial);
  // Set when the phone is first set up, and again when all of it is erased.
  const androidId = isShared ? await androidIdOf(transport, options, signal) : undefined;
  const named = androidId === undefined ? (serial ?? transport.serial) : `${serial ?? ''}\0${androidId}`;
  return {
    transport,
    device: { id: await deviceId(named), name: nameOf(facts), kind: 'android' },
    facts,
    modelName: modelNameOf(facts),
    volumes: await volumesOf(transport, options, signal),
  };
}

async function deviceNameOf(
  transport: AdbTransport,
  options: RemoteFilesOptions,
  signal: AbortSignal | undefined,
): Promise<string> {
  const words = ['settings', 'get', 'global', 'device_name'];
  const { stdout, exitCode } = await outputOf(transport, words, options, signal);
  // Some write what went wrong where the value should be.
  return exitCode === 0 || exitCode === undefined ? stdout : '';
}

async function androidIdOf(
  transport: AdbTransport,
  options: RemoteFilesOptions,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const words = ['settings', 'get', 'secure', 'android_id'];
  const { stdout } = await outputOf(transport, words, options, signal);
  return /^([0-9a-f]{8,16})\s*$/i.exec(stdout)?.[1];
}

/** The same by cable, over Wi-Fi and after a new Android; not the serial number itself, which need not be in every backup's tags. */
async function deviceId(named: string): Promise<string> {
  const bytes = Uint8Array.from(encodeName(`android\0${named}`));
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return `android-${toHex(new Uint8Array(hash)).slice(0, 16)}`;
}
