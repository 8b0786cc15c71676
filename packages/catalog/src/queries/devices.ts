import type { Balance, DeviceKind, ItemKind } from '@holdfast/contract';
import type { Asking } from '../database/asking.ts';
import { originalText, storedText } from '../database/stored-text.ts';
import type { RunKind, SeenDevice } from '../ledger/begin.ts';
import { presentByKind } from '../ledger/run-rows.ts';
import { instant } from './item.ts';

/** A device that was seen at any time. */
export interface KnownDevice extends Required<SeenDevice> {
  readonly firstSeen: Temporal.Instant;
  readonly lastSeen: Temporal.Instant;
}

/** A run, as the history has it. One of before the last rebuild is there when it made a snapshot. */
export interface Run {
  readonly number: number;
  readonly kind: RunKind;
  readonly began: Temporal.Instant;
  /** Absent while it runs, and where nobody wrote it down. */
  readonly ended?: Temporal.Instant;
  /** A run of a process that died stays `running` until the device's next backup begins. */
  readonly state: 'running' | 'finished' | 'stopped';
  readonly snapshot?: string;
  readonly proved?: string;
  /** Of a backup: the device's items when it ended. */
  readonly counts?: Balance;
  readonly failure?: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** Far less of something is on the device than when a run began. It ends by itself when that is no longer so. */
export interface Alarm {
  /** `all` for items of any kind. */
  readonly kind: ItemKind | 'all';
  readonly before: number;
  readonly now: number;
  /** The run that saw it first. */
  readonly run: number;
  readonly since: Temporal.Instant;
}

/** The number of a device; `undefined` for one that was never seen. */
export async function deviceNumber({ query }: Asking, id: string): Promise<number | undefined> {
  const row = await query
    .selectFrom('devices')
    .select('number')
    .where('id', '=', storedText(id))
    .executeTakeFirst();
  return row?.number;
}

/** All devices, the one seen last first. */
export async function knownDevices({ query }: Asking): Promise<KnownDevice[]> {
  const rows = await query
    .selectFrom('devices')
    .selectAll()
    .orderBy('last_seen', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: originalText(row.id),
    kind: row.kind as DeviceKind,
    name: originalText(row.name),
    facts: JSON.parse(originalText(row.facts)) as KnownDevice['facts'],
    firstSeen: instant(row.first_seen),
    lastSeen: instant(row.last_seen),
  }));
}

/** A device's runs, the newest first. */
export async function runsOf({ query }: Asking, device: number, limit: number): Promise<Run[]> {
  const rows = await query
    .selectFrom('runs')
    .selectAll()
    .where('device', '=', device)
    .orderBy('began', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ number, kind, began, ended, state, snapshot, proved, counts, failure }) => ({
    number,
    kind: kind as RunKind,
    began: instant(began),
    state: state as Run['state'],
    ...(ended !== null && { ended: instant(ended) }),
    ...(snapshot !== null && state === 'finished' && { snapshot }),
    ...(proved !== null && { proved }),
    ...(counts !== null && { counts: JSON.parse(counts) as Balance }),
    ...(failure !== null && { failure: JSON.parse(originalText(failure)) as NonNullable<Run['failure']> }),
  }));
}

/** A device's alarms, in order of kind. */
export async function alarmsOf(asking: Asking, device: number): Promise<Alarm[]> {
  const now = presentByKind(asking.database, device);
  const rows = await asking.query
    .selectFrom('alarms')
    .selectAll()
    .where('device', '=', device)
    .orderBy('kind')
    .execute();
  return rows.map(({ kind, before, run, since }) => {
    const known = kind as Alarm['kind'];
    return { kind: known, before, now: now[known] ?? 0, run, since: instant(since) };
  });
}
