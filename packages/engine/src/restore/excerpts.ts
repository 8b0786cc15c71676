import { createHash } from 'node:crypto';
import { type ByteSource, isFailure } from '@holdfast/kernel';
import { type PhoneRecord, recordKey, recordTitle } from '@holdfast/records';
import { type IndexedRepository, readContent } from '@holdfast/repository';
import type { Id, Node } from '@holdfast/restic-format';
import { noSuchPath } from '../failures.ts';
import { excerptOf } from '../saved/excerpt.ts';
import { recordFileAt } from '../saved/record-files.ts';
import type { RestoredRecord } from './events.ts';
import { type Chosen, find } from './select.ts';

/** A made file with some of its records only: no blob holds it, and it is made again whenever it is read. */
export interface Excerpt {
  readonly chosen: Chosen;
  /** Of the whole file, in the backup. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Its records. */
  readonly items: number;
  /** Names of files that belong to its records, each with the keys of those. */
  readonly attached: ReadonlyMap<string, readonly string[]>;
  readonly bytes: (signal?: AbortSignal) => ByteSource;
  /** Its records one after another, in its order. */
  readonly records: (signal?: AbortSignal) => AsyncIterable<RestoredRecord>;
}

/** The excerpt with the records of these keys. Fails as reading does, and with `engine/no-such-path` where one of them is not there. */
export async function readExcerpt(
  repository: IndexedRepository,
  chosen: Chosen,
  only: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<Excerpt> {
  const { folder, node } = chosen;
  const path = [...folder.path, node.name].join('/');
  const [first = ''] = only;
  if (node.type !== 'file' || recordFileAt(path) === undefined) throw noSuchPath(`${path}#${first}`);
  const read = (stop?: AbortSignal): ByteSource => readContent(repository, node.content ?? [], stop);
  const found = new Set<string>();
  const attached = new Map<string, string[]>();
  let items = 0;
  const onRecord = (record: PhoneRecord): void => {
    const key = recordKey(record);
    items += 1;
    found.add(key);
    for (const name of filesOf(record)) attached.set(name, [...(attached.get(name) ?? []), key]);
  };
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of excerptOf(path, read(signal), { only, onRecord })) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  for (const key of only) if (!found.has(key)) throw noSuchPath(`${path}#${key}`);
  return {
    chosen,
    path,
    sizeBytes,
    sha256: hash.digest('hex'),
    items,
    attached,
    bytes: (stop) => excerptOf(path, read(stop), { only }),
    records: (stop) => recordsOf(path, read(stop), only),
  };
}

/** Nodes of the files that belong to an excerpt's records, as far as the backup has them. Fails as reading does. */
export async function attachedNodes(
  { blobs }: IndexedRepository,
  tree: Id,
  { chosen, attached }: Excerpt,
  signal?: AbortSignal,
): Promise<readonly Node[]> {
  if (attached.size === 0) return [];
  try {
    const { subtree } = await find(blobs, tree, [...chosen.folder.path, PARTS], signal);
    const nodes = subtree === undefined ? [] : await blobs.loadTree(subtree, signal);
    return nodes.filter(({ name, type }) => type === 'file' && attached.has(name));
  } catch (error) {
    if (isFailure(error, 'engine/no-such-path')) return [];
    throw error;
  }
}

/** The folder beside messages that has what came with them. */
export const PARTS = 'parts';

function filesOf(record: PhoneRecord): ReadonlySet<string> {
  const files = record.kind === 'mms' ? record.parts.map(({ file }) => file) : [];
  return new Set(files.filter((file) => file !== undefined));
}

async function* recordsOf(
  path: string,
  bytes: ByteSource,
  only: ReadonlySet<string>,
): AsyncGenerator<RestoredRecord, void, undefined> {
  const file = recordFileAt(path);
  if (file === undefined) return;
  for await (const each of file.parse(bytes)) {
    if (each.kind === 'unreadable' || each.kind === 'calendar') continue;
    const key = recordKey(each);
    if (only.has(key)) yield { key, kind: file.kind, title: recordTitle(each) };
  }
}
