import type { Generated } from 'kysely';

/** The tables as Kysely sees them: what `migrations.ts` makes. Times are milliseconds since 1970, texts as `storedText` has them. */
export interface Tables {
  readonly devices: DevicesTable;
  readonly runs: RunsTable;
  readonly folders: FoldersTable;
  readonly standings: StandingsTable;
  readonly items: ItemsTable;
  readonly alarms: AlarmsTable;
  readonly settings: { readonly key: string; readonly value: string };
}

interface DevicesTable {
  readonly number: Generated<number>;
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** JSON. */
  readonly facts: string;
  readonly first_seen: number;
  readonly last_seen: number;
}

interface RunsTable {
  readonly number: Generated<number>;
  readonly device: number;
  readonly kind: string;
  readonly began: number;
  readonly ended: number | null;
  readonly state: string;
  readonly snapshot: string | null;
  readonly proved: string | null;
  /** JSON. */
  readonly counts: string | null;
  /** JSON: items on the device by kind, when the run began. */
  readonly before: string;
  /** JSON. */
  readonly failure: string | null;
}

interface FoldersTable {
  readonly number: Generated<number>;
  readonly device: number;
  readonly path: string;
  readonly parent: number | null;
  /** 1 for a file made of records, whose records are its items. */
  readonly is_made: number;
  /** Of the last listing, where that was complete. */
  readonly fingerprint: string | null;
  readonly seen_in: number;
}

interface StandingsTable {
  readonly number: Generated<number>;
  readonly device: number;
  readonly kind: string;
  readonly is_gone: number;
  readonly state: string;
  readonly reason: string;
  readonly items: Generated<number>;
}

interface ItemsTable {
  readonly number: Generated<number>;
  readonly device: number;
  readonly folder: number;
  readonly path: string;
  readonly standing: number;
  readonly title: string | null;
  readonly size: number | null;
  readonly mtime_ns: bigint | null;
  readonly detail: string | null;
  readonly since: number;
  readonly gone_since: number | null;
  readonly content: Uint8Array | null;
  readonly sha256: Uint8Array | null;
  /** The run that proved it. */
  readonly receipt: number | null;
  /** The run that stored it and has not proved it yet. */
  readonly on_its_way_in: number | null;
}

interface AlarmsTable {
  readonly device: number;
  /** An item kind, or `all`. */
  readonly kind: string;
  readonly before: number;
  readonly run: number;
  readonly since: number;
}
