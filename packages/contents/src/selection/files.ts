import type { Selection } from '@holdfast/contract/api';
import { excerptOf } from '@holdfast/engine';
import type { ByteSource } from '@holdfast/kernel';
import { type BlobReader, readContent } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import type { Database, Row } from '../database/database.ts';
import { WHAT } from '../database/schema.ts';
import { attachmentsIn } from '../queries/attachments.ts';
import { entryOf, keyIn } from '../queries/entries.ts';
import { turn } from '../turn.ts';
import { choose } from './chosen.ts';

/** A file of a selection, to be downloaded. */
export interface ChosenFile {
  /** Names from the backup's root, joined by `/`. */
  readonly path: string;
  /** Absent where it is known only when it is written: of a file with some of the records only. */
  readonly sizeBytes?: number;
  /** Milliseconds since 1970. */
  readonly mtime: number;
  readonly content: readonly Id[];
  /** Keys of the records it is to have; absent: it is as it is in the backup. */
  readonly only?: ReadonlySet<string>;
}

/** A selection's files, one after another, and what they come to. */
export interface ChosenFiles {
  readonly items: number;
  readonly bytes: number;
  /** Read from the index as they are asked for. */
  readonly files: AsyncIterable<ChosenFile>;
}

const ROWS_AT_A_TIME = 500;

/** The files that a selection means. A record alone comes in a file of its type with the others that are chosen; an app with its package files. */
export async function chosenFiles(
  database: Database,
  hold: () => Disposable,
  selection: Selection,
  signal: AbortSignal,
): Promise<ChosenFiles> {
  const { marks, records, items, bytes } = await choose(database, selection, signal);
  const partial: { readonly made: Row; readonly keys: ReadonlySet<string> }[] = [];
  for (const [made, numbers] of records) {
    const row = database.get('SELECT * FROM entry WHERE n = ?', made);
    if (row === undefined) continue;
    if (row['name'] === 'app.json') markAll(database, marks, Number(row['parent']));
    else partial.push({ made: row, keys: await keysOf(database, marks, numbers, signal) });
  }
  return { items, bytes, files: listed(database, hold, marks, partial, signal) };
}

function markAll(database: Database, marks: Uint8Array, folder: number): void {
  const row = database.get('SELECT first, count FROM folder WHERE n = ?', folder);
  const first = Number(row?.['first'] ?? 0);
  marks.fill(1, first, first + Number(row?.['count'] ?? 0));
}

/** Keys of records; what belongs to them is marked. */
async function keysOf(
  database: Database,
  marks: Uint8Array,
  numbers: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<Set<string>> {
  const keys = new Set<string>();
  let looked = 0;
  for (const n of numbers) {
    if (++looked % ROWS_AT_A_TIME === 0) await turn(signal);
    keys.add(keyIn(database.get('SELECT content FROM entry WHERE n = ?', n) ?? {}));
    const attachments = database.get('SELECT attachments FROM message WHERE n = ?', n)?.['attachments'];
    for (const { entry } of attachmentsIn(attachments)) if (entry !== undefined) marks[entry] = 1;
  }
  return keys;
}

async function* listed(
  database: Database,
  hold: () => Disposable,
  marks: Uint8Array,
  partial: readonly { readonly made: Row; readonly keys: ReadonlySet<string> }[],
  signal: AbortSignal,
): AsyncGenerator<ChosenFile, void, undefined> {
  using _held = hold();
  for (const { made, keys } of partial) {
    const { path, mtime, content } = entryOf(database, made);
    yield { path, mtime, content, only: keys };
  }
  for (let from = marks.indexOf(1); from >= 0; from = marks.indexOf(1, from + ROWS_AT_A_TIME)) {
    await turn(signal);
    const rows = database.all(
      'SELECT * FROM entry WHERE n >= ? AND n < ? AND what = ?',
      from,
      from + ROWS_AT_A_TIME,
      WHAT.file,
    );
    for (const row of rows) {
      if (marks[Number(row['n'])] !== 1) continue;
      const { path, mtime, content, sizeBytes } = entryOf(database, row);
      yield { path, mtime, content, sizeBytes };
    }
  }
}

/** The bytes of a chosen file. Fails as reading does; records that cannot be read are left out of a file with only some. */
export function chosenBytes(
  repository: { readonly blobs: Pick<BlobReader, 'loadBlob'> },
  { path, content, only }: ChosenFile,
  signal?: AbortSignal,
): ByteSource {
  const bytes = readContent(repository, content, signal);
  return only === undefined ? bytes : excerptOf(path, bytes, { only });
}
