import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type Catalog, openCatalog } from '@holdfast/catalog';
import { ITEM_KINDS, REASONS, type ReasonCode } from '@holdfast/contract';
import { createHere, type Host, homeOf } from '@holdfast/home';
import { systemClock } from '@holdfast/kernel';
import { BlobSaver, loadIndex, saveSnapshot } from '@holdfast/repository';
import type { Id, Node } from '@holdfast/restic-format';
import { type Keeper, type LargeBackup, type MadeBackup, makeLargeBackup } from './large-backup.ts';
import { photo, withComment } from './photo.ts';

/** A home folder to look at. */
export interface MadeHome {
  readonly device: string;
  readonly snapshot: Id;
  /** A folder of photos, as the ledger names it. */
  readonly photoFolder: string;
}

/** What {@link makeHome} may be told. */
export interface MadeHomeOptions {
  readonly folder: string;
  readonly sizes: LargeBackup;
  /** So many of the newest photos have 12 megapixels; the others are small. */
  readonly whole: number;
  /** A HEIC that stands for the {@link HEICS} oldest photos. */
  readonly heic?: Uint8Array | undefined;
}

/** So many of the oldest photos are HEICs, each with a content of its own. */
export const HEICS = 12;

const DEVICE = { id: 'large', kind: 'android', name: 'Large' } as const;
const KINDS_OF_PHOTOS = 8;
/** Every so many photos one is not in the backup, for one of all the reasons in turn. */
const SET_ASIDE_EVERY = 40;
/** So many are gone from the phone when it is looked at again. */
const GONE = 1000;

/** Makes a repository, a backup in it and the ledger of two runs: one that stored everything, and one after photos were deleted. */
export async function makeHome({ folder, sizes, whole, heic }: MadeHomeOptions): Promise<MadeHome> {
  const signal = new AbortController().signal;
  const host: Host = {
    env: { HOLDFAST_HOME: folder },
    cwd: folder,
    platform: process.platform,
    homeFolder: folder,
    clock: systemClock,
    timeZone: 'Europe/Lisbon',
    random: (length) => new Uint8Array(randomBytes(length)),
    identity: { hostname: hostname(), username: 'bench', pid: process.pid, uid: 0, gid: 0 },
    isProcessAlive: () => true,
    signal,
    tell: { note: () => {}, trouble: () => {} },
  };
  const { repository } = await createHere(host, {});
  await using indexed = await loadIndex(repository);
  const saver = new BlobSaver(indexed, { signal });
  const made = await makeLargeBackup(sizes, await keeperOf(saver, sizes.photos - whole, heic));
  await saver.finish();
  const snapshot = await saveSnapshot(indexed, made.snapshot, signal);
  using catalog = openCatalog(homeOf(host).catalog, { clock: systemClock });
  tellLedger(catalog, made, snapshot);
  const [photoFolder = ''] = [...made.folders.keys()].filter((path) => path.includes('Camera '));
  return { device: DEVICE.id, snapshot, photoFolder };
}

async function keeperOf(saver: BlobSaver, smallOnes: number, heic: Uint8Array | undefined): Promise<Keeper> {
  const kinds = Array.from({ length: KINDS_OF_PHOTOS }, (_, kind) => kind * 7919 + 1);
  const size = { width: 320, height: 240, shapes: 12, grain: 1, quality: 50 };
  const small = await Promise.all(kinds.map((seed) => photo(seed, size)));
  const whole = [
    await photo(1, { width: 4032, height: 3024 }),
    await photo(2, { width: 4032, height: 3024 }),
  ];
  return {
    saveBlob: (type, bytes) => saver.saveBlob(type, bytes),
    async savePhoto(place, name) {
      const some = place < smallOnes ? small : whole;
      const jpeg = some[place % some.length] ?? new Uint8Array();
      const bytes =
        place < HEICS && heic !== undefined ? Buffer.concat([heic, freeBox(place)]) : withComment(jpeg, name);
      const { length } = bytes;
      return { content: [await saver.saveBlob('data', bytes, false)], size: length };
    },
  };
}

function tellLedger(catalog: Catalog, { folders, records }: MadeBackup, snapshot: Id): void {
  const began = Temporal.Now.instant().subtract({ hours: 2 });
  const first = catalog.beginRun(DEVICE, { kind: 'backup', began });
  const reasons = (Object.keys(REASONS) as ReasonCode[]).filter((code) => REASONS[code].state !== 'verified');
  const isMade = (path: string): boolean => records.has(path);
  const listing = (path: string, nodes: readonly Node[]) =>
    nodes.map(({ name, type, size = 0, mtime }) => ({
      name,
      kind: type === 'dir' ? ('folder' as const) : kindOf(name),
      sizeBytes: size,
      mtimeNs: Temporal.Instant.from(mtime).epochNanoseconds,
      isMade: isMade(within(path, name)),
    }));
  let place = 0;
  for (const [path, nodes] of folders) {
    first.listed(path, listing(path, nodes));
    for (const { name, type, size = 0, content = [] } of nodes) {
      if (type === 'dir') continue;
      const at = within(path, name);
      const list = records.get(at);
      if (list !== undefined) first.records(at, list);
      else if (++place % SET_ASIDE_EVERY > 0) first.saved(at, { content, sizeBytes: size });
      else first.settled(at, reasons[(place / SET_ASIDE_EVERY) % reasons.length] ?? 'excluded');
    }
  }
  first.finished({ snapshot, proved: 'cache' });
  const second = catalog.beginRun(DEVICE, { kind: 'backup', began: began.add({ hours: 1 }) });
  for (const [path, nodes] of folders)
    if (path.endsWith('Camera 001')) second.listed(path, listing(path, nodes.slice(GONE)));
  second.finished({ snapshot, proved: 'cache' });
}

/** What makes a HEIC another one, and nothing else of it. */
const freeBox = (place: number): Buffer =>
  Buffer.concat([Buffer.from('\0\0\0\x09free', 'latin1'), Buffer.of(place)]);

const within = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

const kindOf = (name: string): (typeof ITEM_KINDS)[number] => (name.endsWith('.jpg') ? 'photo' : 'video');
