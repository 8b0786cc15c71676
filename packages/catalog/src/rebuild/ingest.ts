import { type ItemKind, type ItemState, REASONS, type ReasonCode } from '@holdfast/contract';
import type { Clock } from '@holdfast/kernel';
import type { Database } from '../database/database.ts';
import { storedText } from '../database/stored-text.ts';
import { beginRun, type SeenDevice } from '../ledger/begin.ts';
import type { ListedEntry, ListedRecord, Problem } from '../ledger/entries.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { childPath, parentOf } from '../ledger/paths.ts';

/** What a snapshot and its manifest say. */
export interface SnapshotFacts {
  readonly id: string;
  /** When its backup began. */
  readonly began: Temporal.Instant;
  /** How it was proved, as far as the manifest says. */
  readonly proved?: string;
  /** Every item that was skipped or failed. */
  readonly setAside: Iterable<SnapshotSetAside>;
}

/** An item that a manifest says is not in its snapshot. */
export interface SnapshotSetAside {
  readonly path: string;
  /** Default `file`. */
  readonly kind?: ItemKind;
  readonly state: ItemState;
  /** A newer program may have reasons we do not know. */
  readonly reason: string;
  readonly detail?: string;
  readonly since: Temporal.Instant;
}

/** A folder of a snapshot. One that is as it was in the device's previous snapshot may be left out, with all that is in it. */
export interface SnapshotFolder {
  readonly path: string;
  readonly entries: Iterable<SnapshotEntry>;
  /** Set when the backup was not asked for all that is in it. */
  readonly isPartial?: boolean;
}

/** A node of a snapshot's tree. */
export interface SnapshotEntry {
  readonly name: string;
  readonly kind: ItemKind | 'folder';
  readonly sizeBytes?: number;
  readonly mtimeNs?: bigint;
  /** Ids of its blobs; none for a folder or a link. */
  readonly content?: readonly string[];
  /** Of a file made of records: then they are the items. */
  readonly records?: readonly ListedRecord[];
  /** Set when the repository has not, or not any more, all of it. */
  readonly problem?: Problem;
}

/** What became of a snapshot: `known` was there already, `late` is older than one that is. */
export type Ingested = 'ingested' | 'known' | 'late';

/**
 * Repeats in the ledger the run that a snapshot is of, from what the repository has of it. A device's snapshots come in
 * order of time; one that was repeated already, or comes late, changes nothing, and its folders are not asked for.
 */
export async function ingest(
  database: Database,
  device: SeenDevice,
  snapshot: SnapshotFacts,
  folders: AsyncIterable<SnapshotFolder>,
  clock: Clock,
): Promise<Ingested> {
  const place = placeOf(database, device.id, snapshot);
  if (place !== undefined) return place;
  // What an interrupted rebuild left of it.
  database.run(`DELETE FROM runs WHERE snapshot = ? AND state <> 'finished'`, snapshot.id);
  const ledger = beginRun(database, device, { kind: 'backup', began: snapshot.began }, clock);
  database.run('UPDATE runs SET snapshot = ? WHERE number = ?', snapshot.id, ledger.run);
  const setAside = byPath(snapshot.setAside);
  const partial = new Set<string>();
  for await (const folder of folders) {
    if (folder.isPartial === true) partial.add(folder.path);
    repeat(ledger, folder, setAside);
  }
  for (const { path, reason, detail, since } of setAside.all.values())
    ledger.settled(path, reason, { since, ...(detail !== undefined && { detail }) });
  const unseen = new Set([...partial, ...setAside.all.keys()].map(storedText));
  ledger.noLongerSetAside((path) => hasAncestor(path, unseen));
  const { id, proved } = snapshot;
  ledger.finished({ snapshot: id, ...(proved !== undefined && { proved }) });
  // When it ended nobody wrote down.
  database.run('UPDATE runs SET ended = NULL WHERE number = ?', ledger.run);
  return 'ingested';
}

function placeOf(
  database: Database,
  device: string,
  { id, began }: SnapshotFacts,
): 'known' | 'late' | undefined {
  const finished = `SELECT 1 FROM runs JOIN devices ON devices.number = runs.device
    WHERE runs.state = 'finished' AND runs.snapshot IS NOT NULL AND devices.id = ?`;
  const known = database.get(`${finished} AND runs.snapshot = ?`, storedText(device), id);
  if (known !== undefined) return 'known';
  const later = `${finished} AND runs.began > ? LIMIT 1`;
  return database.get(later, storedText(device), began.epochMilliseconds) === undefined ? undefined : 'late';
}

interface KnownSetAside {
  readonly path: string;
  readonly kind: ItemKind;
  readonly reason: ReasonCode;
  readonly detail?: string;
  readonly since: Temporal.Instant;
}

interface SetAsideByPath {
  readonly all: ReadonlyMap<string, KnownSetAside>;
  readonly byFolder: ReadonlyMap<string, readonly KnownSetAside[]>;
}

function byPath(setAside: Iterable<SnapshotSetAside>): SetAsideByPath {
  const all = new Map<string, KnownSetAside>();
  for (const one of setAside) all.set(one.path, known(one));
  const byFolder = Map.groupBy(all.values(), ({ path }) => parentOf(path) ?? '');
  return { all, byFolder };
}

function known({ path, kind = 'file', state, reason, detail, since }: SnapshotSetAside): KnownSetAside {
  const code = Object.hasOwn(REASONS, reason) ? (reason as ReasonCode) : undefined;
  if (code !== undefined && REASONS[code].state === state)
    return { path, kind, reason: code, since, ...(detail !== undefined && { detail }) };
  return {
    path,
    kind,
    reason: 'newer-program',
    since,
    detail: detail === undefined ? reason : `${reason}: ${detail}`,
  };
}

/** A folder's listing as the device gave it: what is in the tree, and what was set aside. */
function repeat(ledger: Ledger, folder: SnapshotFolder, { all, byFolder }: SetAsideByPath): void {
  const nodes = [...folder.entries];
  const names = new Set(nodes.map(({ name }) => name));
  const isRecord = (name: string): boolean =>
    name.includes('#') && names.has(name.slice(0, name.indexOf('#')));
  const listed: ListedEntry[] = nodes.map(
    ({ name, kind, sizeBytes = 0, mtimeNs = 0n, records, problem }) => ({
      name,
      kind,
      sizeBytes,
      mtimeNs,
      isMade: records !== undefined,
      ...(problem && { problem }),
    }),
  );
  for (const { path, kind, reason, detail } of byFolder.get(folder.path) ?? []) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path === '' || names.has(name) || isRecord(name)) continue;
    listed.push({ name, kind, problem: { reason, ...(detail !== undefined && { detail }) } });
  }
  ledger.listed(folder.path, listed, { isPartial: folder.isPartial === true || all.has(folder.path) });
  for (const { name, kind, sizeBytes = 0, content = [], records, problem } of nodes) {
    const path = childPath(folder.path, name);
    if (problem !== undefined) continue;
    if (records !== undefined) ledger.records(path, records);
    else if (kind !== 'folder') ledger.saved(path, { content, sizeBytes });
  }
}

function hasAncestor(path: string, unseen: ReadonlySet<string>): boolean {
  for (let at: string | undefined = path; at !== undefined; at = parentOf(at))
    if (unseen.has(at)) return true;
  return false;
}
