import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '@holdfast/restic-format';
import { Database } from '../database/database.ts';
import type { FileFacts } from './told.ts';

/** Memory for its pages. */
const CACHE_KIB = 1000;

/** More files than any device has photos: then those learned first are forgotten. */
const MOST_FILES = 500_000;
const FORGOTTEN_AT_A_TIME = 10_000;

const SCHEMA = `
PRAGMA synchronous = OFF;
PRAGMA journal_mode = MEMORY;
CREATE TABLE IF NOT EXISTS fact (number INTEGER PRIMARY KEY, content TEXT NOT NULL UNIQUE, facts TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS again (snapshot TEXT PRIMARY KEY) WITHOUT ROWID;
`;

/**
 * What files say of themselves, by their content: read once, known for every backup they are in. It is a cache: where it cannot be read or written,
 * nothing is known.
 */
export class KnownFacts implements Disposable {
  readonly #folder: string;
  #database: Database | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What is known of a file with these blobs; `undefined` where nobody read it. */
  of(content: readonly Id[]): FileFacts | undefined {
    return this.#try((database) => {
      const row = database.get('SELECT facts FROM fact WHERE content = ?', keyOf(content));
      return row && (JSON.parse(String(row['facts'])) as FileFacts);
    });
  }

  learn(content: readonly Id[], { width, height, seconds, camera, taken }: FileFacts): void {
    this.#try((database) => {
      const facts = JSON.stringify({ width, height, seconds, camera, taken });
      const number = database.run(
        'INSERT INTO fact (content, facts) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET facts = ?2',
        keyOf(content),
        facts,
      );
      if (number % FORGOTTEN_AT_A_TIME === 0)
        database.run('DELETE FROM fact WHERE number <= ?', number - MOST_FILES);
    });
  }

  /** Notes that a backup's days are to be made anew before it is looked at, or that they were. */
  setAgain(snapshot: Id, isAgain: boolean): void {
    this.#try((database) =>
      isAgain
        ? database.run('INSERT OR IGNORE INTO again (snapshot) VALUES (?)', snapshot)
        : database.run('DELETE FROM again WHERE snapshot = ?', snapshot),
    );
  }

  /** Whether a backup's days are to be made anew. */
  isAgain(snapshot: Id): boolean {
    return (
      this.#try((database) => database.get('SELECT 1 FROM again WHERE snapshot = ?', snapshot)) !== undefined
    );
  }

  [Symbol.dispose](): void {
    this.#database?.[Symbol.dispose]();
    this.#database = undefined;
  }

  #try<T>(use: (database: Database) => T): T | undefined {
    const path = join(this.#folder, 'facts.db');
    try {
      if (this.#database === undefined) {
        mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
        this.#database = new Database(path, { cacheKiB: CACHE_KIB });
        this.#database.exec(SCHEMA);
      }
      return use(this.#database);
    } catch {
      // Whatever is wrong with it, another is begun with the next question.
      this[Symbol.dispose]();
      rmSync(path, { force: true });
      return undefined;
    }
  }
}

/** Names a file's content: what is read of it lies at its beginning and at its end. */
function keyOf(content: readonly Id[]): string {
  return `${content[0] ?? ''}${content.length > 1 ? content.at(-1) : ''}${content.length}`;
}
