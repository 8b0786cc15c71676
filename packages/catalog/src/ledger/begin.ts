import type { DeviceKind } from '@holdfast/contract';
import type { Clock } from '@holdfast/kernel';
import type { Database } from '../database/database.ts';
import { storedText } from '../database/stored-text.ts';
import { Ledger } from './ledger.ts';
import { presentByKind } from './run-rows.ts';
import { RunWriter } from './run-writer.ts';

/** What a run does. */
export type RunKind = 'backup' | 'restore' | 'audit';

/** A device as a run knows it. */
export interface SeenDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly name: string;
  /** Model, serial number, version, …: replaces what was known, when given. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

/** What is known of a run when it begins. */
export interface RunBeginning {
  readonly kind: RunKind;
  readonly began: Temporal.Instant;
}

/** Writes down that a device was seen; gives its number. Inside a transaction. */
export function seeDevice(database: Database, { id, kind, name, facts }: SeenDevice, at: number): number {
  const json = facts === undefined ? null : storedText(JSON.stringify(facts));
  database.run(
    `INSERT INTO devices (id, kind, name, facts, first_seen, last_seen) VALUES (?, ?, ?, coalesce(?, '{}'), ?, ?)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, facts = coalesce(?, facts),
       first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)`,
    storedText(id),
    kind,
    storedText(name),
    json,
    at,
    at,
    json,
  );
  return Number(database.get('SELECT number FROM devices WHERE id = ?', storedText(id))?.['number']);
}

/** A new run of a device. Earlier backups of it that never ended were interrupted. */
export function beginRun(
  database: Database,
  device: SeenDevice,
  { kind, began }: RunBeginning,
  clock: Clock,
): Ledger {
  const beganMs = began.epochMilliseconds;
  const { numbers, before } = database.transaction(() => {
    const number = seeDevice(database, device, beganMs);
    const unended = `SELECT number FROM runs WHERE device = ? AND kind = 'backup' AND state = 'running'`;
    for (const row of kind === 'backup' ? database.all(unended, number) : []) {
      const run = Number(row['number']);
      new RunWriter(database, {
        device: number,
        run,
        began: beganMs,
        isBackup: true,
        isFirst: false,
      }).interrupted();
      database.run(`UPDATE runs SET state = 'stopped' WHERE number = ?`, run);
    }
    const counts = presentByKind(database, number);
    const run = database.run(
      `INSERT INTO runs (device, kind, began, state, before) VALUES (?, ?, ?, 'running', ?)`,
      number,
      kind,
      beganMs,
      JSON.stringify(counts),
    );
    const isFirst = database.get('SELECT 1 FROM items WHERE device = ? LIMIT 1', number) === undefined;
    const isBackup = kind === 'backup';
    return { numbers: { device: number, run, began: beganMs, isBackup, isFirst }, before: counts };
  });
  return new Ledger(database, numbers, before, clock);
}
