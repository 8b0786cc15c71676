import type {
  Catalog,
  ListedEntry,
  SnapshotEntry,
  SnapshotFolder,
  SnapshotSetAside,
} from '@holdfast/catalog';
import type { ReasonCode } from '@holdfast/contract';
import { blob, hour, PHONE } from './catalogs.ts';

/** A file on the phone. */
export interface PhoneFile {
  readonly size: number;
  /** Never the same again after a change. */
  readonly mtime: number;
  readonly trouble?: ReasonCode | undefined;
}

/** What is on the phone: every folder with its files; `''` is the root. */
export interface Phone {
  readonly folders: ReadonlyMap<string, ReadonlyMap<string, PhoneFile>>;
  readonly unreadable: ReadonlySet<string>;
  /** Keys of the contacts, which come in a made file of the root; `undefined`: they cannot be read. */
  readonly contacts: readonly string[] | undefined;
}

/** What the repository knows of a backup. */
export interface Snapshot {
  readonly id: string;
  readonly hours: number;
  readonly folders: ReadonlyMap<string, readonly SnapshotEntry[]>;
  readonly setAside: readonly SnapshotSetAside[];
}

const CONTACTS = 'contacts.vcf';

/** Backs the phone up as the engine does: tells the ledger, and makes a snapshot of what was not set aside. */
export function backUp(catalog: Catalog, phone: Phone, hours: number, last: Snapshot | undefined): Snapshot {
  const ledger = catalog.beginRun(PHONE, { kind: 'backup', began: hour(hours) });
  const folders = new Map<string, SnapshotEntry[]>();
  const setAside: SnapshotSetAside[] = [];
  const settle = (path: string, reason: ReasonCode, kind: 'photo' | 'file'): void => {
    const before = last?.setAside.find((one) => one.path === path && one.reason === reason);
    const since = before?.since ?? hour(hours);
    setAside.push({ path, kind, state: reason === 'excluded' ? 'skipped' : 'failed', reason, since });
    ledger.settled(path, reason, { since });
  };
  const walk = (path: string): void => {
    const within = (name: string): string => (path === '' ? name : `${path}/${name}`);
    const nodes: SnapshotEntry[] = [];
    folders.set(path, nodes);
    if (phone.unreadable.has(path)) {
      ledger.listed(path, [], { isPartial: true });
      settle(path, 'access-denied', 'file');
      return;
    }
    const files = phone.folders.get(path) ?? new Map<string, PhoneFile>();
    const subfolders = [...phone.folders.keys()].filter((one) => one !== '' && one === within(nameOf(one)));
    const listed: ListedEntry[] = [
      ...subfolders.map((one) => ({ name: nameOf(one), kind: 'folder' }) as const),
      ...Array.from(files, ([name, { size, mtime }]) => ({
        name,
        kind: 'photo' as const,
        sizeBytes: size,
        mtimeNs: BigInt(mtime),
      })),
    ];
    if (path === '') listed.push({ name: CONTACTS, kind: 'contact', isMade: true });
    ledger.listed(path, listed);
    const unchanged: string[] = [];
    for (const [name, { size, mtime, trouble }] of files) {
      if (trouble !== undefined) {
        settle(within(name), trouble, 'photo');
        continue;
      }
      const content = [blob(mtime)];
      const before = last?.folders.get(path)?.find((node) => node.name === name);
      if (before?.mtimeNs === BigInt(mtime)) unchanged.push(name);
      else ledger.saved(within(name), { content, sizeBytes: size });
      nodes.push({ name, kind: 'photo', sizeBytes: size, mtimeNs: BigInt(mtime), content });
    }
    if (unchanged.length > 0) ledger.unchanged(path, unchanged);
    if (path === '' && phone.contacts === undefined) settle(CONTACTS, 'read-error', 'file');
    if (path === '' && phone.contacts !== undefined) {
      const records = phone.contacts.map((key) => ({ key, kind: 'contact' as const, title: key }));
      ledger.saved(CONTACTS, { content: [], sizeBytes: 0, records });
      nodes.push({ name: CONTACTS, kind: 'contact', records });
    }
    for (const subfolder of subfolders) {
      nodes.push({ name: nameOf(subfolder), kind: 'folder' });
      walk(subfolder);
    }
  };
  walk('');
  const id = blob(1000 + hours);
  ledger.finished({ snapshot: id, proved: 'cache' });
  return { id, hours, folders, setAside };
}

/** Adds a snapshot to a catalog, as a rebuild does; folders that are as they were in the snapshot before are left out. */
export function ingest(catalog: Catalog, snapshot: Snapshot, last: Snapshot | undefined, failAt = -1) {
  const { id, hours, setAside } = snapshot;
  const facts = { id, began: hour(hours), proved: 'cache', setAside };
  return catalog.ingest(PHONE, facts, changedFolders(snapshot, last, failAt));
}

async function* changedFolders(
  { folders }: Snapshot,
  last: Snapshot | undefined,
  failAt: number,
): AsyncGenerator<SnapshotFolder> {
  let at = 0;
  for (const [path, entries] of folders) {
    if (branch(folders, path) === branch(last?.folders, path)) continue;
    if (at++ === failAt) throw new Error('interrupted');
    yield { path, entries };
  }
}

/** A folder and all that is in it, as text: what a tree's id stands for. */
function branch(folders: Snapshot['folders'] | undefined, path: string): string | undefined {
  const entries = folders?.get(path);
  if (entries === undefined) return undefined;
  const within = [...(folders?.keys() ?? [])].filter(
    (one) => path === '' || one === path || one.startsWith(`${path}/`),
  );
  return JSON.stringify(
    within.map((one) => [one, folders?.get(one)]),
    (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
