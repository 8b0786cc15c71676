import type { ItemKind } from '@holdfast/contract';
import { fileKindOf, TYPE_OF_FILE } from '@holdfast/devices';
import { damageOf, MANIFEST_NAME, recordFileAt } from '@holdfast/engine';
import { originalText, storedText } from '@holdfast/kernel';
import type { IndexedRepository } from '@holdfast/repository';
import { type Id, type Node, parseTime } from '@holdfast/restic-format';
import { WHAT } from '../database/schema.ts';
import { inRange } from '../words/zone.ts';
import type { Draft } from './draft.ts';
import { isToldByName, takenAt } from './taken.ts';
import { treeNodes } from './tree-nodes.ts';

/** What is walked. */
export interface Walked {
  readonly repository: Pick<IndexedRepository, 'blobs' | 'index'>;
  readonly tree: Id;
  /** Laid out as a device is: some files are made of records. */
  readonly isDevice: boolean;
  /** It was made by us: `holdfast.json` in its root is no item. */
  readonly isOurs: boolean;
}

/** A path that is longer is none that a device has: nothing below is looked at. */
const LONGEST_PATH = 8192;

/** One tree may be in itself a million times over, by other names: more entries than any device has are not laid out. */
const MOST_ENTRIES = 5_000_000;

const FOLDERS_AT_A_TIME = 32;

/**
 * Adds all folders, files and links, the outer ones first. The folders still to be read wait in the index itself: however many there are, no memory is
 * taken by them.
 */
export async function walk(draft: Draft, walked: Walked, signal: AbortSignal): Promise<void> {
  const { database } = draft;
  const root = draft.add({
    parent: 0,
    name: '',
    what: WHAT.folder,
    content: Buffer.from(walked.tree, 'hex'),
  });
  addFolder(draft, root, '', 0);
  for (let last = -1; ; ) {
    const waiting = database.all(
      'SELECT n, path, depth FROM folder WHERE n > ? ORDER BY n LIMIT ?',
      last,
      FOLDERS_AT_A_TIME,
    );
    if (waiting.length === 0) return;
    for (const { n, path, depth } of waiting) {
      last = Number(n);
      await addFolderEntries(
        draft,
        walked,
        { n: last, path: originalText(String(path)), depth: Number(depth) },
        signal,
      );
    }
  }
}

interface Folder {
  readonly n: number;
  readonly path: string;
  readonly depth: number;
}

function addFolder(draft: Draft, n: number, path: string, depth: number): void {
  draft.database.run('INSERT INTO folder (n, path, depth) VALUES (?, ?, ?)', n, storedText(path), depth);
}

async function addFolderEntries(
  draft: Draft,
  walked: Walked,
  folder: Folder,
  signal: AbortSignal,
): Promise<void> {
  const tree = draft.database.get('SELECT content FROM entry WHERE n = ?', folder.n)?.['content'];
  const id = tree instanceof Uint8Array ? Buffer.from(tree).toString('hex') : '';
  if (id === '' || folder.path.length > LONGEST_PATH || draft.entries > MOST_ENTRIES) {
    draft.damaged += 1;
    draft.didMore(1);
    await draft.pause(signal);
    return;
  }
  const first = draft.entries;
  let items = 0;
  let leaves = 0;
  try {
    const plaintext = await walked.repository.blobs.loadBlob('tree', id, signal);
    for (const nodes of treeNodes(plaintext)) {
      for (const node of nodes) {
        items += addNode(draft, walked, folder, node);
        if (node.type !== 'dir') leaves += 1;
        await draft.pause(signal);
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    damageOf(error);
    draft.damaged += 1;
  }
  draft.database.run(
    'UPDATE folder SET first = ?, count = ?, items = ?, leaves = ? WHERE n = ?',
    first,
    draft.entries - first,
    items,
    leaves,
    folder.n,
  );
}

/** Adds a node; gives how many files that makes. */
function addNode(draft: Draft, walked: Walked, { n: parent, path: above, depth }: Folder, node: Node): 0 | 1 {
  const { name, type, content = [], subtree, size = 0 } = node;
  const path = above === '' ? name : `${above}/${name}`;
  const mtime = inRange(Number((parseTime(node.mtime) ?? 0n) / 1_000_000n));
  if (type === 'dir') {
    const n = draft.add({
      parent,
      name,
      what: WHAT.folder,
      mtime,
      ...(subtree !== undefined && { content: Buffer.from(subtree, 'hex') }),
    });
    addFolder(draft, n, path, depth + 1);
    return 0;
  }
  if (type !== 'file') {
    draft.add({ parent, name, what: type === 'symlink' ? WHAT.link : WHAT.special, mtime });
    return 0;
  }
  if (content.some((id) => !walked.repository.index.has('data', id))) draft.damaged += 1;
  const kind = fileKindOf(name);
  const entry = {
    parent,
    name,
    what: WHAT.file,
    kind,
    sizeBytes: size,
    mtime,
    content: Buffer.from(content.join(''), 'hex'),
  };
  const made = walked.isDevice ? recordFileAt(path) : undefined;
  if (made !== undefined) draft.database.run('INSERT INTO made (n) VALUES (?)', draft.add(entry));
  else if (walked.isOurs && path === MANIFEST_NAME) draft.add(entry);
  else addItem(draft, draft.add({ ...entry, type: TYPE_OF_FILE[kind] }), kind, node, mtime);
  return 1;
}

function addItem(draft: Draft, n: number, kind: ItemKind, { name, content = [] }: Node, mtime: number): void {
  if (kind !== 'photo' && kind !== 'video') return;
  const { wall, offset } = takenAt(name, mtime, draft.zone, draft.facts.of(content)?.taken);
  draft.database.run(
    'INSERT INTO media (n, age, ahead, kind, named) VALUES (?, ?, ?, ?, ?)',
    n,
    -inRange(wall),
    offset,
    kind === 'photo' ? 1 : 2,
    isToldByName(name) ? 1 : 0,
  );
}
