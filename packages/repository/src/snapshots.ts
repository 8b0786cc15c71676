import { isFailure, mapOrdered } from '@holdfast/kernel';
import {
  formatSnapshot,
  type Id,
  isId,
  parseSnapshot,
  parseTime,
  type Snapshot,
} from '@holdfast/restic-format';
import { ambiguousDevice, ambiguousId, noSnapshot } from './failures.ts';
import { loadDocument } from './load-document.ts';
import type { OpenRepository } from './repository.ts';

/** A snapshot with its name. */
export interface SnapshotEntry {
  readonly id: Id;
  readonly snapshot: Snapshot;
  /** The snapshot's time in nanoseconds since 1970. */
  readonly timeNs: bigint;
}

/** The snapshots of a repository. */
export interface SnapshotList {
  /** Oldest first; those of the same time by id. */
  readonly entries: readonly SnapshotEntry[];
  /** Snapshot files that are damaged, each with its failure; empty unless they were tolerated. */
  readonly unreadable: readonly { readonly name: Id; readonly error: unknown }[];
}

/** What a snapshot is of. */
export interface SnapshotDevice {
  /** From the tag `device:<id>`; snapshots made by restic have none. */
  readonly id: string | undefined;
  /** The snapshot's hostname. */
  readonly name: string;
}

/** Snapshots are small: this many at once hide the latency of a store that is far away. */
const MOST_LOADS = 8;

/** Fewer digits than this are too easily typed by mistake. */
const SHORTEST_PREFIX = 4;

const DEVICE_TAG = 'device:';
const LATEST = 'latest';

/**
 * All snapshots. A damaged one fails the call (`repository/damaged`), or with `tolerate` is listed as unreadable; one
 * that is removed meanwhile is left out.
 */
export async function listSnapshots(
  repository: OpenRepository,
  { tolerate = false, signal }: { readonly tolerate?: boolean; readonly signal?: AbortSignal } = {},
): Promise<SnapshotList> {
  const entries: SnapshotEntry[] = [];
  const unreadable: { name: Id; error: unknown }[] = [];
  const load = async ({ name }: { name: Id }, stop: AbortSignal): Promise<void> => {
    try {
      entries.push(await loadSnapshot(repository, name, stop));
    } catch (error) {
      if (isFailure(error, 'store/missing')) return;
      if (!tolerate || !isFailure(error, 'repository/damaged')) throw error;
      unreadable.push({ name, error });
    }
  };
  for await (const _ of mapOrdered(repository.files.list('snapshot', signal), MOST_LOADS, load, signal));
  return {
    entries: entries.sort(compareEntries),
    unreadable: unreadable.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** One snapshot. Fails with `store/missing` and `repository/damaged`. */
export async function loadSnapshot(
  repository: OpenRepository,
  id: Id,
  signal?: AbortSignal,
): Promise<SnapshotEntry> {
  const snapshot = await loadDocument(repository.files, 'snapshot', id, parseSnapshot, signal);
  return { id, snapshot, timeNs: parseTime(snapshot.time) ?? 0n };
}

/**
 * The snapshot that `text` names: an id, the first digits (4 or more) of one, `latest`, or `latest@DEVICE`, where DEVICE
 * is a device's id or name, in any case if it is unique then.
 *
 * Fails with `repository/no-snapshot` and `repository/ambiguous`, whose hints list what there is, and with
 * `repository/damaged`: while a snapshot cannot be read, nobody knows which is the latest.
 */
export async function findSnapshot(
  repository: OpenRepository,
  text: string,
  signal?: AbortSignal,
): Promise<SnapshotEntry> {
  const options = signal === undefined ? {} : { signal };
  if (text !== LATEST && !text.startsWith(`${LATEST}@`)) return findById(repository, text, signal);
  const { entries } = await listSnapshots(repository, options);
  const found = text === LATEST ? entries : ofDevice(entries, text.slice(LATEST.length + 1));
  const latest = found.at(-1);
  if (latest === undefined) throw noSnapshot(text, describeDevices(entries));
  return latest;
}

/** Saves a snapshot and gives its id. What it names should be listed in an index file before. */
export function saveSnapshot(
  repository: OpenRepository,
  snapshot: Snapshot,
  signal?: AbortSignal,
): Promise<Id> {
  return repository.files.save('snapshot', formatSnapshot(snapshot), signal);
}

/** Removes a snapshot; its blobs stay until they are pruned. Fails with `store/missing`. */
export function removeSnapshot(repository: OpenRepository, id: Id, signal?: AbortSignal): Promise<void> {
  return repository.files.remove('snapshot', id, signal);
}

/** What a snapshot is of. */
export function deviceOf({ tags, hostname = '' }: Snapshot): SnapshotDevice {
  const tag = tags?.find((candidate) => candidate.startsWith(DEVICE_TAG));
  return { id: tag?.slice(DEVICE_TAG.length), name: hostname };
}

async function findById(
  repository: OpenRepository,
  text: string,
  signal?: AbortSignal,
): Promise<SnapshotEntry> {
  const prefix = text.toLowerCase();
  if (!/^[0-9a-f]+$/.test(prefix) || prefix.length < SHORTEST_PREFIX) throw noSnapshot(text);
  const names = isId(prefix) ? [prefix] : await namesThatStart(repository, prefix, signal);
  const [name] = names;
  if (name === undefined) throw noSnapshot(text);
  if (names.length > 1) throw ambiguousId('snapshot', text, names);
  try {
    return await loadSnapshot(repository, name, signal);
  } catch (error) {
    throw isFailure(error, 'store/missing') ? noSnapshot(text) : error;
  }
}

async function namesThatStart(
  { files }: OpenRepository,
  prefix: string,
  signal?: AbortSignal,
): Promise<Id[]> {
  const names: Id[] = [];
  for await (const { name } of files.list('snapshot', signal)) if (name.startsWith(prefix)) names.push(name);
  return names.sort();
}

/** The device's snapshots: an id is meant before a name, the very same letters before letters of another case. */
function ofDevice(entries: readonly SnapshotEntry[], wanted: string): readonly SnapshotEntry[] {
  const lower = wanted.toLowerCase();
  const ways: readonly ((device: SnapshotDevice) => boolean)[] = [
    ({ id }) => id === wanted,
    ({ name }) => name === wanted,
    ({ id, name }) => id?.toLowerCase() === lower || name.toLowerCase() === lower,
  ];
  for (const isMeant of ways) {
    const found = entries.filter(({ snapshot }) => isMeant(deviceOf(snapshot)));
    const devices = describeDevices(found);
    if (devices.length > 1) throw ambiguousDevice(wanted, devices);
    const [first] = found;
    if (first === undefined) continue;
    const { id } = deviceOf(first.snapshot);
    // One that was called that, and has another name by now, is meant with all it has.
    return id === undefined ? found : entries.filter(({ snapshot }) => deviceOf(snapshot).id === id);
  }
  return [];
}

/** Each device once: its newest name, and its id where it has one. */
function describeDevices(entries: readonly SnapshotEntry[]): string[] {
  const devices = new Map<string, string>();
  for (const { snapshot } of entries) {
    const { id, name } = deviceOf(snapshot);
    devices.set(id ?? `@${name}`, id === undefined ? name : `${name} (${id})`);
  }
  return [...devices.values()];
}

const compareEntries = (a: SnapshotEntry, b: SnapshotEntry): number =>
  a.timeNs === b.timeNs ? (a.id < b.id ? -1 : 1) : a.timeNs < b.timeNs ? -1 : 1;
