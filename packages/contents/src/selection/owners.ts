import { originalText } from '@holdfast/kernel';
import type { Database } from '../database/database.ts';

/** Folders in which files lie that belong to one with records, by path: where that one is, and its name. */
const WITH_BELONGINGS: readonly (readonly [folder: RegExp, place: 'inside' | 'beside', made: string])[] = [
  [/^messages\/parts$/, 'beside', 'messages.ndjson'],
  [/^apps\/[^/]+$/, 'inside', 'app.json'],
];

/** Says which file with records another one belongs to, by numbers. Asks for each folder once. */
export class Owners {
  readonly #database: Database;
  /** By folder: `itself` where each file is its own. */
  readonly #byFolder = new Map<number, number | 'itself' | undefined>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The number itself for a file with records; `undefined` for what is neither such a file nor belongs to one. */
  of(n: number): number | undefined {
    const folder = this.#parentOf(n);
    if (folder === 0) return undefined;
    if (!this.#byFolder.has(folder)) this.#byFolder.set(folder, this.#find(folder));
    const owner = this.#byFolder.get(folder);
    return owner === 'itself' ? n : owner;
  }

  #find(folder: number): number | 'itself' | undefined {
    const path = originalText(
      String(this.#database.get('SELECT path FROM folder WHERE n = ?', folder)?.['path'] ?? ''),
    );
    for (const [pattern, place, made] of WITH_BELONGINGS) {
      if (!pattern.test(path)) continue;
      const row = this.#database.get(
        'SELECT n FROM entry WHERE parent = ? AND (what > 0) = 1 AND name = ? COLLATE NOCASE AND name = ? AND what = 1',
        place === 'inside' ? folder : this.#parentOf(folder),
        made,
        made,
      );
      return row === undefined ? undefined : Number(row['n']);
    }
    return 'itself';
  }

  #parentOf(n: number): number {
    return Number(this.#database.get('SELECT parent FROM entry WHERE n = ?', n)?.['parent'] ?? 0);
  }
}
