import type { ReasonCode } from '@holdfast/contract';
import { toHex } from '@holdfast/kernel';
import type { Database } from '../database/database.ts';
import { storedSize, storedTime } from '../database/stored-numbers.ts';
import { storedText } from '../database/stored-text.ts';
import type { ListedRecord, SettledOptions } from './entries.ts';
import { FolderRows } from './folder-rows.ts';
import { type ContentFacts, ItemRows } from './item-rows.ts';
import { type ChangedListing, compareListing } from './listing.ts';
import { below, childPath, parentOf } from './paths.ts';
import { compareRecords } from './records.ts';
import { Standings } from './standings.ts';

/** Numbers of a run and its device. */
export interface RunNumbers {
  readonly device: number;
  readonly run: number;
  /** Milliseconds since 1970. */
  readonly began: number;
  /** Other runs change no items. */
  readonly isBackup: boolean;
  /** Before it the device had no items: then there is nothing to look for. */
  readonly isFirst: boolean;
}

/** What happens to items in a run, as changes of rows. Every call but {@link known} and {@link folder} is made inside a transaction. */
export class RunWriter {
  readonly standings: Standings;
  readonly #database: Database;
  readonly #numbers: RunNumbers;
  readonly #items: ItemRows;
  readonly #folders: FolderRows;

  constructor(database: Database, numbers: RunNumbers) {
    this.#database = database;
    this.#numbers = numbers;
    this.standings = new Standings(database, numbers.device);
    this.#items = new ItemRows(database, numbers.device, this.standings);
    this.#folders = new FolderRows(database, numbers.device, numbers.run);
  }

  /** The folder as it was last listed. */
  folder(path: string): { readonly number: number; readonly fingerprint: string | undefined } | undefined {
    return this.#folders.at(storedText(path));
  }

  /** What an earlier run stored of a file of that size and time. */
  known(path: string, sizeBytes: number, mtimeNs: bigint): Uint8Array | undefined {
    if (this.#numbers.isFirst) return undefined;
    return this.#items.contentOf(storedText(path), sizeBytes, mtimeNs);
  }

  listedAgain(folder: number, fingerprint: string): void {
    this.#folders.listed(folder, fingerprint);
  }

  listed(listing: ChangedListing): void {
    compareListing(this.#items, this.#folders, listing, this.#numbers.began);
  }

  /** `content` is ids in lower-case hexadecimal digits, one after another. */
  saved(path: string, content: string, { sizeBytes, mtimeNs, sha256 }: ContentFacts): void {
    const { run, began } = this.#numbers;
    const stored = storedText(path);
    if (this.#items.storedIfWaiting(stored, run, content, { sizeBytes, mtimeNs, sha256 })) return;
    const row = this.#items.at(stored);
    if (row?.standing.state === 'verified' && row.size === BigInt(storedSize(sizeBytes))) {
      const before = this.#items.content(row);
      const isSameTime = mtimeNs === undefined || row.mtimeNs === storedTime(mtimeNs);
      if (before !== undefined && isSameTime && toHex(before) === content) {
        if (row.standing.isGone) this.#items.isHere(row, row.standing.kind);
        return;
      }
    }
    if (row === undefined) this.#insert(stored, 'discovered');
    const item = row ?? this.#items.at(stored);
    if (item === undefined) throw new Error('an item that was inserted is not there');
    this.#items.stored(item, run, began, content, { sizeBytes, mtimeNs, sha256 });
  }

  records(made: string, records: Iterable<ListedRecord>): void {
    compareRecords(this.#items, this.#folders, made, records, this.#numbers);
  }

  settled(path: string, reason: ReasonCode, { detail, since }: SettledOptions): void {
    const { began } = this.#numbers;
    const stored = storedText(path);
    const row = this.#items.at(stored);
    const facts = detail === undefined ? {} : { detail };
    if (row === undefined) {
      this.#insert(stored, reason, { ...facts, since: since?.epochMilliseconds ?? began });
    } else {
      const isSame = row.standing.reason === reason;
      this.#items.settle(row, reason, detail, since?.epochMilliseconds ?? (isSame ? undefined : began));
    }
  }

  /** Items of a folder that the last backup has as they are. Those that are known to be proved need nothing. */
  unchanged(folder: string, names: Iterable<string>): void {
    const { run, began } = this.#numbers;
    let paths: Set<string> | undefined;
    for (const { number, state, isGone } of this.standings.inUse()) {
      if (state === 'verified' || isGone) continue;
      for (const row of this.#items.ofStanding(number, below(storedText(folder)))) {
        paths ??= new Set(Array.from(names, (name) => storedText(childPath(folder, name))));
        if (paths.has(row.path)) this.#items.onItsWay(row, run, began);
      }
    }
  }

  /** What was set aside and is not any more, though its folder is as it was: it is gone. `isUnseen` says what was not looked at. */
  noLongerSetAside(isUnseen: (path: string) => boolean): void {
    for (const { number, state, reason, isGone } of this.standings.inUse()) {
      if (isGone || (state !== 'skipped' && state !== 'failed')) continue;
      // It was not the device that said so.
      if (reason === 'damaged-in-backup') continue;
      for (const row of this.#items.ofStanding(number, below(''))) {
        if (isUnseen(row.path)) continue;
        if (this.#folders.at(row.path)?.isMade === true) this.#items.remove(row);
        else this.#items.gone(row, this.#numbers.began);
      }
    }
  }

  /** All that is on its way is proved. */
  proved(): void {
    const { run, began } = this.#numbers;
    // A file that is on its way without content that was saved now was taken over from the last backup.
    const isOld = '(content IS NULL AND size IS NOT NULL)';
    const groups = this.#database.all(
      `SELECT standing, ${isOld} AS is_old FROM items WHERE on_its_way_in = ? GROUP BY standing, is_old`,
      run,
    );
    for (const { standing, is_old } of groups) {
      const { kind, isGone } = this.standings.at(Number(standing));
      this.#database.run(
        `UPDATE items SET standing = ?, since = ?, detail = NULL, receipt = ?, on_its_way_in = NULL
         WHERE on_its_way_in = ? AND standing = ? AND ${isOld} = ?`,
        this.standings.for(kind, is_old === 1 ? 'unchanged' : 'stored', isGone).number,
        began,
        run,
        run,
        Number(standing),
        Number(is_old),
      );
    }
  }

  /** What waits goes on waiting, and what is stored of it stays known. */
  interrupted(): void {
    const { run } = this.#numbers;
    this.#database.run('UPDATE items SET on_its_way_in = NULL WHERE on_its_way_in = ?', run);
    for (const { number, kind, isGone, reason } of this.standings.inUse()) {
      if (reason !== 'discovered') continue;
      const { number: next } = this.standings.for(kind, 'interrupted', isGone);
      this.#database.run('UPDATE items SET standing = ? WHERE standing = ?', next, number);
    }
  }

  #insert(path: string, reason: ReasonCode, facts: { detail?: string; since?: number } = {}): void {
    const folder = this.#folders.numberOf(parentOf(path) ?? '');
    const { since = this.#numbers.began, ...rest } = facts;
    this.#items.insert({ folder, path, kind: 'file', reason, since, ...rest });
  }
}
