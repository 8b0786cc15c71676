import type { Backup } from '@holdfast/contract/api';
import { MANIFEST_NAME, type Manifest, parseManifest, savedDevice } from '@holdfast/engine';
import { collect, isFailure } from '@holdfast/kernel';
import {
  deviceOf,
  findSnapshot,
  type IndexedRepository,
  listSnapshots,
  readContent,
  type SnapshotEntry,
} from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import type { Reader } from '../reading/reading-room.ts';

/** A manifest is a page of JSON, and a line for each item that was set aside. */
const MOST_MANIFEST_BYTES = 64 * 1024 * 1024;

/** What devices are called now, by their ids. */
export type DeviceNames = ReadonlyMap<string, string>;

/** Backups as the API tells them. What a manifest says is read once: a snapshot never changes. */
export class BackupList {
  readonly #counts = new Map<Id, Manifest['counts'] | undefined>();

  /** All that can be read, the newest first, and whether that is all there are. */
  async all(
    { repository, signal }: Pick<Reader, 'repository' | 'signal'>,
    names: DeviceNames,
    device?: string,
  ): Promise<{
    readonly backups: readonly Backup[];
    readonly ids: ReadonlySet<Id>;
    readonly isWhole: boolean;
  }> {
    const { entries, unreadable } = await listSnapshots(repository, { tolerate: true, signal });
    const ids = new Set(entries.map(({ id }) => id));
    for (const id of this.#counts.keys()) if (!ids.has(id)) this.#counts.delete(id);
    const wanted = entries.filter((entry) => device === undefined || savedDevice(entry)?.id === device);
    const backups: Backup[] = [];
    for (const entry of wanted.toReversed()) backups.push(await this.#tell(repository, names, entry, signal));
    return { backups, ids, isWhole: unreadable.length === 0 };
  }

  /** One of them. Fails with `repository/no-snapshot`. */
  async one(
    { repository, signal }: Pick<Reader, 'repository' | 'signal'>,
    names: DeviceNames,
    id: Id,
  ): Promise<Backup> {
    return await this.#tell(repository, names, await findSnapshot(repository, id, signal), signal);
  }

  async #tell(
    repository: IndexedRepository,
    names: DeviceNames,
    entry: SnapshotEntry,
    signal: AbortSignal,
  ): Promise<Backup> {
    const { id, snapshot } = entry;
    const device = savedDevice(entry);
    if (device !== undefined && !this.#counts.has(id))
      this.#counts.set(id, await countsOf(repository, entry, signal));
    const counts = this.#counts.get(id);
    const totalBytes = snapshot.summary?.totalBytesProcessed;
    const name = names.get(device?.id ?? '') ?? deviceOf(snapshot).name;
    return {
      id,
      ...(device && { device: { id: device.id, name, kind: device.kind } }),
      name,
      time: snapshot.time,
      ...(counts && { counts: { ...counts } }),
      ...(totalBytes !== undefined && { totalBytes }),
    };
  }
}

/** What a backup says of itself; a damaged one says nothing. */
async function countsOf(
  repository: IndexedRepository,
  { snapshot }: SnapshotEntry,
  signal: AbortSignal,
): Promise<Manifest['counts'] | undefined> {
  try {
    const root = await repository.blobs.loadTree(snapshot.tree, signal);
    const content = root.find(({ name, type }) => name === MANIFEST_NAME && type === 'file')?.content;
    if (content === undefined) return undefined;
    return parseManifest(await collect(readContent(repository, content, signal), MOST_MANIFEST_BYTES))
      ?.counts;
  } catch (error) {
    if (!isFailure(error) || error.retry === 'later') throw error;
    return undefined;
  }
}
