import type { Id } from '@holdfast/restic-format';
import { Database } from './database/database.ts';
import type { Entry } from './entry.ts';
import { entryAt } from './queries/entries.ts';

/** Memory for pages of an index that is looked at. */
const CACHE_KIB = 6000;

/**
 * What is in a backup, to be looked at: whatever is asked for is there at once. Times are milliseconds since 1970.
 *
 * It stays readable while it is held, though it may be no longer among those that are kept.
 */
export class BackupIndex {
  /** Of the snapshot. */
  readonly snapshot: Id;
  /** For the queries of this package. */
  readonly database: Database;
  #holders = 0;
  #isLeft = false;

  constructor(snapshot: Id, path: string) {
    this.snapshot = snapshot;
    this.database = new Database(path, { cacheKiB: CACHE_KIB, readOnly: true });
  }

  /** The entry with a number: the same for this backup, whenever it is asked for. Fails with `contents/no-entry`. */
  entry(number: number): Entry {
    return entryAt(this.database, number);
  }

  /** Keeps it readable until the result is disposed of: for what goes on after the call that asked for it. */
  hold(): Disposable {
    this.#holders += 1;
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#holders -= 1;
        this.#closeIfUnused();
      },
    };
  }

  /** Closes it once nobody holds it. */
  leave(): void {
    this.#isLeft = true;
    this.#closeIfUnused();
  }

  #closeIfUnused(): void {
    if (this.#isLeft && this.#holders === 0) this.database[Symbol.dispose]();
  }
}
