import type { ListedRecord } from '@holdfast/catalog';
import {
  contact,
  formatCalls,
  formatContacts,
  formatMessages,
  type PhoneRecord,
  recordKey,
  recordTitle,
} from '@holdfast/records';
import {
  type BlobType,
  formatTimeOf,
  formatTree,
  goMode,
  type Id,
  type Node,
  type Snapshot,
} from '@holdfast/restic-format';

/** How much a made-up backup holds. */
export interface LargeBackup {
  readonly photos: number;
  /** Of them, every so many is a video; 0: none. */
  readonly videoEvery: number;
  readonly messages: number;
  readonly calls: number;
  readonly contacts: number;
}

/** A phone with 100,000 photos and 300,000 other items. */
export const LARGE: LargeBackup = {
  photos: 100_000,
  videoEvery: 12,
  messages: 250_000,
  calls: 45_000,
  contacts: 5000,
};

/** Where the bytes of a made-up backup go. */
export interface Keeper {
  saveBlob(type: BlobType, bytes: Uint8Array): Promise<Id>;
  /** The bytes of the photo at a place in time, 0 is the oldest. */
  savePhoto(place: number, name: string): Promise<{ readonly content: readonly Id[]; readonly size: number }>;
}

/** What a made-up backup holds, as a ledger wants to know it; `''` is the root. */
export interface MadeBackup {
  readonly snapshot: Snapshot;
  readonly folders: ReadonlyMap<string, readonly Node[]>;
  /** Records by the file they are in. */
  readonly records: ReadonlyMap<string, readonly ListedRecord[]>;
}

const PHOTOS_A_FOLDER = 5000;
const PHOTOS_AT_ONCE = 500;
const BEGAN = 1_500_000_000;

const WORDS =
  'the sea is calm tonight we leave at eight bring bread and olives call me when you get here thanks for the photos see you on Sunday São João'.split(
    ' ',
  );

const textOf = (at: number): string =>
  Array.from({ length: 5 + (at % 9) }, (_, word) => WORDS[(at * 7 + word * 3) % WORDS.length]).join(' ');

const numberOf = (person: number): string => `+3519${String(10_000_000 + person * 37).padStart(8, '0')}`;

/** Makes a phone's backup: trees, photos and records go to the keeper. */
export async function makeLargeBackup(sizes: LargeBackup, keeper: Keeper): Promise<MadeBackup> {
  const folders = new Map<string, readonly Node[]>();
  const records = new Map<string, readonly ListedRecord[]>();
  const folder = async (path: string, nodes: readonly Node[]): Promise<Node> => {
    folders.set(path, nodes);
    const subtree = await keeper.saveBlob('tree', formatTree(nodes));
    return { ...facts(nameOf(path), BEGAN), type: 'dir', mode: goMode(0o40755), subtree };
  };
  const made = async <R extends PhoneRecord>(
    path: string,
    rows: Iterable<R>,
    format: (records: Iterable<R>) => AsyncIterable<Uint8Array>,
  ): Promise<Node> => {
    const all = [...rows];
    records.set(path, all.map(listedRecord));
    const content: Id[] = [];
    let size = 0;
    for await (const chunk of format(all)) {
      size += chunk.length;
      content.push(await keeper.saveBlob('data', chunk));
    }
    return { ...facts(nameOf(path), BEGAN), type: 'file', size, content };
  };
  const cameras: Node[] = [];
  for (let from = 0; from < sizes.photos; from += PHOTOS_A_FOLDER) {
    const files: Node[] = [];
    const end = Math.min(from + PHOTOS_A_FOLDER, sizes.photos);
    for (let place = from; place < end; place += PHOTOS_AT_ONCE) {
      const some = Array.from({ length: Math.min(PHOTOS_AT_ONCE, end - place) }, (_, each) => place + each);
      files.push(...(await Promise.all(some.map((each) => photo(each, sizes, keeper)))));
    }
    const name = `Camera ${String(from / PHOTOS_A_FOLDER).padStart(3, '0')}`;
    cameras.push(await folder(`files/internal/DCIM/${name}`, files));
  }
  const dcim = await folder('files/internal/DCIM', cameras);
  const root = [
    await folder('calls', [await made('calls/calls.ndjson', callLog(sizes), formatCalls)]),
    await folder('contacts', [await made('contacts/contacts.vcf', everybody(sizes), formatContacts)]),
    await folder('files', [await folder('files/internal', [dcim])]),
    await folder('messages', [await made('messages/messages.ndjson', sms(sizes), formatMessages)]),
  ];
  const { subtree = '' } = await folder('', root);
  const snapshot = {
    time: formatTimeOf(BEGAN + 300_000_000, 0),
    tree: subtree,
    paths: ['/'],
    hostname: 'Large',
    tags: ['holdfast', 'device:large', 'kind:android'],
  };
  return { snapshot, folders, records };
}

async function photo(place: number, { videoEvery }: LargeBackup, keeper: Keeper): Promise<Node> {
  const seconds = BEGAN + place * 2400;
  const taken = formatTimeOf(seconds, 0).replaceAll(/[-:Z]/g, '').replace('T', '_');
  const isVideo = videoEvery > 0 && place % videoEvery === 5;
  const name = `${isVideo ? 'VID' : 'IMG'}_${taken}.${isVideo ? 'mp4' : 'jpg'}`;
  const { content, size } = await keeper.savePhoto(place, name);
  return { ...facts(name, seconds), type: 'file', size, content };
}

function* sms({ messages, contacts }: LargeBackup) {
  for (let at = 0; at < messages; at++) {
    const columns = {
      address: numberOf((at * at) % Math.max(1, contacts)),
      date: String((BEGAN + at * 900) * 1000),
      type: at % 3 === 0 ? '2' : '1',
      body: textOf(at),
      thread_id: '1',
      read: '1',
    };
    yield { kind: 'sms', columns } as const;
  }
}

function* callLog({ calls, contacts }: LargeBackup) {
  for (let at = 0; at < calls; at++) {
    const columns = {
      number: numberOf(at % Math.max(1, contacts)),
      date: String((BEGAN + at * 5000) * 1000),
      duration: String(at % 700),
      type: String(1 + (at % 3)),
    };
    yield { kind: 'call', columns } as const;
  }
}

function* everybody({ contacts }: LargeBackup) {
  for (let at = 0; at < contacts; at++)
    yield contact({
      name: { display: `${WORDS[at % WORDS.length]} ${WORDS[(at * 5) % WORDS.length]} ${at}` },
      phones: [{ value: numberOf(at), type: 'mobile' }],
    });
}

function listedRecord(record: PhoneRecord): ListedRecord {
  const kind = record.kind === 'sms' || record.kind === 'mms' ? 'message' : record.kind;
  return { key: recordKey(record), kind, title: recordTitle(record) };
}

function facts(name: string, seconds: number): Omit<Node, 'type'> {
  const time = formatTimeOf(seconds, 0);
  return { name, mode: 0o644, mtime: time, atime: time, ctime: time, uid: 0, gid: 0 };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
