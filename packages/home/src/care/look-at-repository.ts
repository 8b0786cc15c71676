import { isFailure } from '@holdfast/kernel';
import { isThere, listKeys, listSnapshots } from '@holdfast/repository';
import { LocalStore } from '@holdfast/store';
import type { Host } from '#host.ts';
import { freeBytes } from '#place/free-bytes.ts';
import { repositoryPlace } from '#place/home.ts';
import type { Opened } from '#repository/open.ts';
import { keyOfKit } from './recovery-kit.ts';

/** How a repository is, at a look. */
export interface RepositoryFacts {
  /** Its folder. */
  readonly place: string;
  /** False when there is none: not yet, or its drive is away. All else is nothing then. */
  readonly isThere: boolean;
  readonly usedBytes: number;
  /** How many there are of the files that hold what was backed up. */
  readonly packs: number;
  /** Where somebody says. */
  readonly freeBytes?: number;
  readonly backups: number;
  readonly firstBackup?: Temporal.Instant;
  readonly keys: number;
  /** True when the last recovery kit opens it. */
  readonly hasRecoveryKit: boolean;
}

/** True when the host's repository is where it is kept, as far as a look at one file tells: false while its drive is away. */
export async function isRepositoryThere(host: Host): Promise<boolean> {
  return await isThere(new LocalStore(repositoryPlace(host).path), host.signal).catch(notThere);
}

/** True when the host's repository has backups, of whichever program, as far as the names of its files tell; false where they cannot be listed. */
export async function hasBackupsHere(host: Host): Promise<boolean> {
  try {
    for await (const _ of new LocalStore(repositoryPlace(host).path).list('snapshot', host.signal))
      return true;
  } catch (error) {
    if (!isFailure(error)) throw error;
  }
  return false;
}

/** Looks at the host's repository; `open` is called only when there is one. Fails where it cannot be opened. */
export async function lookAtRepository(host: Host, open: () => Promise<Opened>): Promise<RepositoryFacts> {
  const { signal } = host;
  const { path: place } = repositoryPlace(host);
  const store = new LocalStore(place);
  const free = await freeBytes(place);
  const nothing = {
    place,
    isThere: false,
    usedBytes: 0,
    packs: 0,
    ...(free !== undefined && { freeBytes: free }),
    backups: 0,
    keys: 0,
    hasRecoveryKit: false,
  };
  if (!(await isRepositoryThere(host))) return nothing;
  const { repository } = await open();
  let usedBytes = 0;
  let packs = 0;
  for (const kind of ['pack', 'index', 'snapshot'] as const)
    for await (const { sizeBytes } of store.list(kind, signal)) {
      usedBytes += sizeBytes;
      if (kind === 'pack') packs += 1;
    }
  const { entries } = await listSnapshots(repository, { tolerate: true, signal });
  const [first] = entries;
  return {
    ...nothing,
    isThere: true,
    usedBytes,
    packs,
    backups: entries.length,
    ...(first && { firstBackup: Temporal.Instant.fromEpochNanoseconds(first.timeNs) }),
    keys: (await listKeys(repository, signal)).length,
    hasRecoveryKit: (await keyOfKit(host)) === repository.keyId,
  };
}

/** A drive that cannot be read is away, for who only looks. */
function notThere(error: unknown): false {
  if (!isFailure(error)) throw error;
  return false;
}
