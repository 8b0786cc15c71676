import type { ItemKind, ReasonCode } from '@holdfast/contract';
import type { Database } from '../database/database.ts';
import { storedSize, storedTime } from '../database/stored-numbers.ts';
import { storedText } from '../database/stored-text.ts';
import { type NewItem, NewItems } from './new-items.ts';
import type { PathRange } from './paths.ts';
import { RULE_REASONS } from './rule-reasons.ts';
import type { NumberedStanding, Standings } from './standings.ts';

/** What deciding about an item needs of its row. */
export interface ItemRow {
  readonly number: number;
  readonly path: string;
  readonly standing: NumberedStanding;
  readonly size: bigint | undefined;
  readonly mtimeNs: bigint | undefined;
}

/** Of content that is stored. */
export interface ContentFacts {
  readonly sizeBytes: number;
  readonly mtimeNs?: bigint | undefined;
  readonly sha256?: Uint8Array | undefined;
}

const COLUMNS = 'number, path, standing, size, mtime_ns';

/** The rows of a device's items; every call is made inside a transaction. */
export class ItemRows {
  readonly standings: Standings;
  readonly #database: Database;
  readonly #device: number;
  readonly #new: NewItems;

  constructor(database: Database, device: number, standings: Standings) {
    this.#database = database;
    this.#device = device;
    this.standings = standings;
    this.#new = new NewItems(database, device, standings);
  }

  /** The row at a path, as `storedText` has it. */
  at(path: string): ItemRow | undefined {
    const sql = `SELECT ${COLUMNS} FROM items WHERE device = ? AND path = ?`;
    const [row] = this.#database.exactly(sql, this.#device, path);
    return row && this.#rowOf(row);
  }

  /** Direct children of a folder, or the records of a made file, by path. */
  in(folder: number): Map<string, ItemRow> {
    const rows = this.#database.exactly(`SELECT ${COLUMNS} FROM items WHERE folder = ?`, folder);
    return new Map(rows.map((row) => [row[1] as string, this.#rowOf(row)]));
  }

  /** Those of one standing in a range of paths. */
  ofStanding(standing: number, [from, to]: PathRange): ItemRow[] {
    const sql = `SELECT ${COLUMNS} FROM items WHERE standing = ? AND path >= ? AND path < ?`;
    return this.#database.exactly(sql, standing, from, to).map((row) => this.#rowOf(row));
  }

  content(item: ItemRow): Uint8Array | undefined {
    const row = this.#database.get('SELECT content FROM items WHERE number = ?', item.number);
    return (row?.['content'] ?? undefined) as Uint8Array | undefined;
  }

  /** What is stored of a file of that size and time. */
  contentOf(path: string, sizeBytes: number, mtimeNs: bigint): Uint8Array | undefined {
    const row = this.#database.get(
      'SELECT content FROM items WHERE device = ? AND path = ? AND size = ? AND mtime_ns = ?',
      this.#device,
      path,
      storedSize(sizeBytes),
      storedTime(mtimeNs),
    );
    return (row?.['content'] ?? undefined) as Uint8Array | undefined;
  }

  insert(item: NewItem): void {
    this.#new.insert(item);
  }

  /** New rows, none of which was there. */
  insertAll(items: readonly NewItem[]): void {
    this.#new.insertAll(items);
  }

  remove(item: ItemRow): void {
    this.#database.run('DELETE FROM items WHERE number = ?', item.number);
  }

  /** It is there again, or has another kind, and is otherwise as it was. */
  isHere(item: ItemRow, kind: ItemKind): void {
    const { number } = this.standings.for(kind, item.standing.reason);
    this.#database.run(
      'UPDATE items SET standing = ?, gone_since = NULL WHERE number = ?',
      number,
      item.number,
    );
  }

  /** It is not what it was: nothing of what it is now is stored. What was proved of it before stays its receipt. */
  changed(item: ItemRow, kind: ItemKind, size: number, mtimeNs: bigint, since: number): void {
    this.#database.run(
      `UPDATE items SET standing = ?, size = ?, mtime_ns = ?, detail = NULL, since = ?, gone_since = NULL,
       content = NULL, sha256 = NULL, on_its_way_in = NULL WHERE number = ?`,
      this.standings.for(kind, 'discovered').number,
      storedSize(size),
      storedTime(mtimeNs),
      since,
      item.number,
    );
  }

  /** It is stored or on its way, and waits to be proved: since it began to wait, or else since `since`. */
  onItsWay(item: ItemRow, run: number, since: number): void {
    this.#waits(item, since);
    this.#database.run(
      'UPDATE items SET on_its_way_in = ?, detail = NULL, gone_since = NULL WHERE number = ?',
      run,
      item.number,
    );
  }

  /** As {@link onItsWay}, with what is stored of it, in hexadecimal digits. */
  stored(item: ItemRow, run: number, since: number, content: string, facts: ContentFacts): void {
    const { sizeBytes, mtimeNs, sha256 } = facts;
    this.#waits(item, since);
    this.#database.run(
      `UPDATE items SET on_its_way_in = ?, detail = NULL, gone_since = NULL,
       content = unhex(?), size = ?, mtime_ns = coalesce(?, mtime_ns), sha256 = ? WHERE number = ?`,
      run,
      content,
      storedSize(sizeBytes),
      mtimeNs === undefined ? null : storedTime(mtimeNs),
      sha256 ?? null,
      item.number,
    );
  }

  /** As {@link stored}, for what waits already, without looking at it first; false where it does not wait, or is not there. */
  storedIfWaiting(path: string, run: number, content: string, facts: ContentFacts): boolean {
    const { sizeBytes, mtimeNs, sha256 } = facts;
    const changed = this.#database.change(
      `UPDATE items SET on_its_way_in = ?, detail = NULL,
       content = unhex(?), size = ?, mtime_ns = coalesce(?, mtime_ns), sha256 = ? WHERE device = ? AND path = ?
       AND (SELECT state = 'waiting' AND is_gone = 0 FROM standings WHERE standings.number = items.standing)`,
      run,
      content,
      storedSize(sizeBytes),
      mtimeNs === undefined ? null : storedTime(mtimeNs),
      sha256 ?? null,
      this.#device,
      path,
    );
    return changed > 0;
  }

  /** Most items wait already, and naming their standing would cost its index and trigger though it stays what it is. */
  #waits(item: ItemRow, since: number): void {
    const { kind, state, reason } = item.standing;
    const isWaiting = state === 'waiting';
    const { number } = this.standings.for(kind, isWaiting ? reason : 'discovered');
    if (number === item.standing.number) return;
    this.#database.run(
      'UPDATE items SET standing = ?, since = coalesce(?, since) WHERE number = ?',
      number,
      isWaiting ? null : since,
      item.number,
    );
  }

  /** A row that was made before it was known what it belongs to. */
  adopt(item: ItemRow, folder: number): void {
    this.#database.run('UPDATE items SET folder = ? WHERE number = ?', folder, item.number);
  }

  /** What a person sees of a record. */
  titled(item: ItemRow, title: string): void {
    this.#database.run('UPDATE items SET title = ? WHERE number = ?', storedText(title), item.number);
  }

  /** No longer on the device; all else stays. */
  gone(item: ItemRow, since: number): void {
    this.#database.run(
      'UPDATE items SET standing = ?, gone_since = ? WHERE number = ?',
      this.standings.gone(item.standing, true).number,
      since,
      item.number,
    );
  }

  /** All of a range are no longer on the device. */
  allGone([from, to]: PathRange, since: number): void {
    for (const standing of this.standings.inUse()) {
      if (standing.isGone) continue;
      this.#database.run(
        'UPDATE items SET standing = ?, gone_since = ? WHERE standing = ? AND path >= ? AND path < ?',
        this.standings.gone(standing, true).number,
        since,
        standing.number,
        from,
        to,
      );
    }
  }

  /** All of a range that are on the device are set aside for a reason; what is stored of them, and their receipts, stay known. */
  allSetAside([from, to]: PathRange, reason: ReasonCode, detail: string | undefined, since: number): void {
    for (const standing of this.standings.inUse()) {
      if (standing.isGone || standing.reason === reason) continue;
      this.#database.run(
        `UPDATE items SET standing = ?, detail = ?, since = ?, on_its_way_in = NULL
         WHERE standing = ? AND path >= ? AND path < ?`,
        this.standings.for(standing.kind, reason).number,
        detail === undefined ? null : storedText(detail),
        since,
        standing.number,
        from,
        to,
      );
    }
  }

  /** No rule leaves it out any more: it waits to be saved, and what is stored of it stays known. */
  letIn(item: ItemRow, kind: ItemKind, since: number): void {
    this.#database.run(
      'UPDATE items SET standing = ?, detail = NULL, since = ?, gone_since = NULL WHERE number = ?',
      this.standings.for(kind, 'discovered').number,
      since,
      item.number,
    );
  }

  /** It is in a state for a reason, and nothing of it is on its way. Only for a rule's reason does what is stored of it stay known. */
  settle(item: ItemRow, reason: ReasonCode, detail: string | undefined, since: number | undefined): void {
    const stored = RULE_REASONS.has(reason) ? '' : 'content = NULL, sha256 = NULL,';
    this.#database.run(
      `UPDATE items SET standing = ?, detail = ?, since = coalesce(?, since), gone_since = NULL,
       ${stored} on_its_way_in = NULL WHERE number = ?`,
      this.standings.for(item.standing.kind, reason).number,
      detail === undefined ? null : storedText(detail),
      since ?? null,
      item.number,
    );
  }

  #rowOf([number, path, standing, size, mtime]: readonly unknown[]): ItemRow {
    return {
      number: Number(number),
      path: path as string,
      standing: this.standings.at(Number(standing)),
      size: (size ?? undefined) as bigint | undefined,
      mtimeNs: (mtime ?? undefined) as bigint | undefined,
    };
  }
}
