import type { Database } from '../database/database.ts';
import { below, parentOf } from './paths.ts';

/** A folder that was listed, or a file made of records. */
export interface FolderRow {
  readonly number: number;
  readonly path: string;
  readonly isMade: boolean;
  /** Of its last listing, where that was complete. */
  readonly fingerprint: string | undefined;
}

const COLUMNS = 'number, path, is_made, fingerprint';

/** The rows of a device's folders. Paths are as `storedText` has them. */
export class FolderRows {
  readonly #database: Database;
  readonly #device: number;
  readonly #run: number;

  constructor(database: Database, device: number, run: number) {
    this.#database = database;
    this.#device = device;
    this.#run = run;
  }

  at(path: string): FolderRow | undefined {
    const sql = `SELECT ${COLUMNS} FROM folders WHERE device = ? AND path = ?`;
    return folderOf(this.#database.get(sql, this.#device, path));
  }

  /** The folder's number; it gets a row when it has none. */
  numberOf(path: string, isMade = false): number {
    const known = this.at(path);
    if (known !== undefined && known.isMade === isMade) return known.number;
    if (known !== undefined) {
      const sql = 'UPDATE folders SET is_made = ?, fingerprint = NULL WHERE number = ?';
      this.#database.run(sql, isMade ? 1 : 0, known.number);
      return known.number;
    }
    const parent = parentOf(path);
    return this.#database.run(
      'INSERT INTO folders (device, path, parent, is_made, seen_in) VALUES (?, ?, ?, ?, ?)',
      this.#device,
      path,
      parent === undefined ? null : this.numberOf(parent),
      isMade ? 1 : 0,
      this.#run,
    );
  }

  /** Folders and made files right inside a folder. */
  in(folder: number): FolderRow[] {
    const rows = this.#database.all(`SELECT ${COLUMNS} FROM folders WHERE parent = ?`, folder);
    return rows.map((row) => folderOf(row)).filter((row) => row !== undefined);
  }

  /** It was looked at in this run; `fingerprint` is absent when not all of it was seen. */
  listed(folder: number, fingerprint: string | undefined): void {
    const sql = 'UPDATE folders SET fingerprint = ?, seen_in = ? WHERE number = ?';
    this.#database.run(sql, fingerprint ?? null, this.#run, folder);
  }

  /** Its next listing is to be compared name by name, and those of all folders in it. */
  forgetListings(path: string): void {
    const [from, to] = below(path);
    const clear = 'UPDATE folders SET fingerprint = NULL WHERE device = ?';
    this.#database.run(`${clear} AND path = ?`, this.#device, path);
    this.#database.run(`${clear} AND path >= ? AND path < ?`, this.#device, from, to);
  }
}

function folderOf(row: Record<string, unknown> | undefined): FolderRow | undefined {
  return (
    row && {
      number: Number(row['number']),
      path: row['path'] as string,
      isMade: row['is_made'] === 1,
      fingerprint: (row['fingerprint'] ?? undefined) as string | undefined,
    }
  );
}
