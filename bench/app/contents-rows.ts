import { createHash } from 'node:crypto';
import type { Reading } from '@holdfast/contents';
import { contact, formatCalls, formatContacts, formatMessages } from '@holdfast/records';
import type { IndexedRepository } from '@holdfast/repository';
import {
  formatSnapshot,
  formatTimeOf,
  formatTree,
  goMode,
  type Id,
  type Node,
} from '@holdfast/restic-format';

/** How much a made-up backup holds. */
export interface LargeBackup {
  readonly photos: number;
  readonly messages: number;
  readonly calls: number;
  readonly contacts: number;
}

/** What an index of a phone with 100,000 photos and 300,000 other items is made of. */
export const LARGE: LargeBackup = { photos: 100_000, messages: 250_000, calls: 45_000, contacts: 5000 };

const PHOTOS_A_FOLDER = 5000;
const BEGAN = 1_500_000_000;

const idOf = (text: string): Id => createHash('sha256').update(text).digest('hex');

const WORDS =
  'the sea is calm tonight we leave at eight bring bread and olives call me when you get here thanks for the photos see you on Sunday São João'.split(
    ' ',
  );

const textOf = (at: number): string =>
  Array.from({ length: 5 + (at % 9) }, (_, word) => WORDS[(at * 7 + word * 3) % WORDS.length]).join(' ');

const numberOf = (person: number): string => `+3519${String(10_000_000 + person * 37).padStart(8, '0')}`;

/**
 * A backup that is in no repository: what reads one for `Contents` is given its trees and records as they are asked for. Its pictures cannot be read.
 */
export async function largeBackup({ photos, messages, calls, contacts }: LargeBackup): Promise<{
  readonly snapshot: Id;
  readonly read: (signal: AbortSignal) => Promise<Reading>;
}> {
  const trees = new Map<Id, readonly Node[]>();
  const blobs = new Map<Id, Uint8Array>();
  const node = (name: string, seconds: number): Omit<Node, 'type'> => {
    const time = formatTimeOf(seconds, 0);
    return { name, mode: 0o644, mtime: time, atime: time, ctime: time, uid: 0, gid: 0 };
  };
  const folder = (name: string, nodes: readonly Node[]): Node => {
    const id = idOf(`${name} ${trees.size}`);
    trees.set(id, nodes);
    return { ...node(name, BEGAN), type: 'dir', mode: goMode(0o40755), subtree: id };
  };
  const made = async (name: string, bytes: AsyncIterable<Uint8Array>): Promise<Node> => {
    const content: Id[] = [];
    let size = 0;
    for await (const chunk of bytes) {
      const id = idOf(`${name} ${content.length}`);
      blobs.set(id, chunk);
      content.push(id);
      size += chunk.length;
    }
    return { ...node(name, BEGAN), type: 'file', size, content };
  };
  const cameras: Node[] = [];
  for (let from = 0; from < photos; from += PHOTOS_A_FOLDER) {
    const count = Math.min(PHOTOS_A_FOLDER, photos - from);
    const files = Array.from({ length: count }, (_, each): Node => {
      const seconds = BEGAN + (from + each) * 2400;
      const taken = formatTimeOf(seconds, 0).replaceAll(/[-:Z]/g, '').replace('T', '_');
      const isVideo = each % 12 === 5;
      const name = `${isVideo ? 'VID' : 'IMG'}_${taken}.${isVideo ? 'mp4' : 'jpg'}`;
      return { ...node(name, seconds), type: 'file', size: 3_000_000 + each, content: [idOf(name)] };
    });
    cameras.push(folder(`Camera ${String(from / PHOTOS_A_FOLDER).padStart(3, '0')}`, files));
  }
  const people = Math.max(1, contacts);
  function* sms() {
    for (let at = 0; at < messages; at++) {
      const columns = {
        address: numberOf((at * at) % people),
        date: String((BEGAN + at * 900) * 1000),
        type: at % 3 === 0 ? '2' : '1',
        body: textOf(at),
        thread_id: '1',
        read: '1',
      };
      yield { kind: 'sms', columns } as const;
    }
  }
  function* callLog() {
    for (let at = 0; at < calls; at++) {
      const columns = {
        number: numberOf(at % people),
        date: String((BEGAN + at * 5000) * 1000),
        duration: String(at % 700),
        type: String(1 + (at % 3)),
      };
      yield { kind: 'call', columns } as const;
    }
  }
  function* everybody() {
    for (let at = 0; at < contacts; at++)
      yield contact({
        name: { display: `${WORDS[at % WORDS.length]} ${WORDS[(at * 5) % WORDS.length]} ${at}` },
        phones: [{ value: numberOf(at), type: 'mobile' }],
      });
  }
  const root = [
    folder('calls', [await made('calls.ndjson', formatCalls(callLog()))]),
    folder('contacts', [await made('contacts.vcf', formatContacts(everybody()))]),
    folder('files', [folder('internal', [folder('DCIM', cameras)])]),
    folder('messages', [await made('messages.ndjson', formatMessages(sms()))]),
  ];
  const { subtree = '' } = folder('', root);
  const snapshot = formatSnapshot({
    time: formatTimeOf(BEGAN + 300_000_000, 0),
    tree: subtree,
    paths: ['/'],
    hostname: 'Large',
    tags: ['holdfast', 'device:large', 'kind:android'],
  });
  const repository = {
    files: { load: async () => snapshot },
    index: { has: () => true },
    blobs: {
      loadBlob: async (type: string, id: Id) =>
        (type === 'tree' ? formatTree(trees.get(id) ?? []) : blobs.get(id)) ?? new Uint8Array(),
    },
  };
  return {
    snapshot: idOf('large'),
    read: async (signal) => ({
      // As much of a repository as the contents of a backup are read from.
      repository: repository as unknown as IndexedRepository,
      signal,
      [Symbol.asyncDispose]: async () => {},
    }),
  };
}
