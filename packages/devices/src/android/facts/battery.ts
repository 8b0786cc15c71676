import type { AdbTransport } from '@holdfast/adb';
import type { Clock } from '@holdfast/kernel';
import { outputOf } from './output.ts';
import { ABSENT, type Told, told, unrecognised } from './told.ts';

/** What a phone says of its battery. */
export interface BatteryFacts {
  /** 0–100. */
  readonly percent: Told<number>;
  /** True when any cable or pad powers it. */
  readonly isCharging: Told<boolean>;
  readonly celsius: Told<number>;
}

/** Asks a phone for its battery. Fails with `adb/…` only. */
export async function batteryOf(
  transport: AdbTransport,
  options: { readonly clock?: Clock } = {},
  signal?: AbortSignal,
): Promise<BatteryFacts> {
  const { stdout } = await outputOf(transport, ['dumpsys', 'battery'], options, signal);
  return parseBattery(stdout);
}

const HEADING = 'Current Battery Service state:';

/** `BatteryManager.BATTERY_STATUS_*`. */
const STATUSES: Readonly<Record<string, boolean>> = { '2': true, '3': false, '4': false, '5': true };

/**
 * What `dumpsys battery` says: lines of two spaces, `key: value`, up to the first that begins with `[`; of a key twice the first. Vendors
 * add hundreds of others.
 */
export function parseBattery(output: string): BatteryFacts {
  const lines = output.split(/\r?\n/);
  const heading = lines.findIndex((line) => line.startsWith(HEADING));
  if (heading < 0) {
    const unknown = unrecognised(output);
    return { percent: unknown, isCharging: unknown, celsius: unknown };
  }
  const values = new Map<string, string>();
  for (const line of lines.slice(heading + 1)) {
    if (line.startsWith('[')) break;
    const [, key, value] = /^ {2}(\S[^:]*): *(.*?) *$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && !values.has(key)) values.set(key, value);
  }
  return { percent: percentOf(values), isCharging: chargingOf(values), celsius: celsiusOf(values) };
}

function percentOf(values: ReadonlyMap<string, string>): Told<number> {
  const level = values.get('level');
  const scale = values.get('scale') ?? '100';
  if (level === undefined) return ABSENT;
  const percent = (Number(level) * 100) / Number(scale);
  const isKnown = /^\d{1,6}$/.test(level) && /^\d{1,6}$/.test(scale) && percent <= 100;
  return isKnown ? told(Math.round(percent)) : unrecognised(`${level}/${scale}`);
}

function chargingOf(values: ReadonlyMap<string, string>): Told<boolean> {
  const powered = [...values].filter(([key]) => key.endsWith(' powered')).map(([, value]) => value);
  if (powered.includes('true')) return told(true);
  const status = values.get('status');
  if (status === undefined) return powered.length > 0 ? told(false) : ABSENT;
  const isCharging = STATUSES[status];
  return isCharging === undefined ? unrecognised(status) : told(isCharging);
}

/** Said in tenths of a degree. */
function celsiusOf(values: ReadonlyMap<string, string>): Told<number> {
  const tenths = values.get('temperature');
  if (tenths === undefined) return ABSENT;
  return /^-?\d{1,4}$/.test(tenths) ? told(Number(tenths) / 10) : unrecognised(tenths);
}
