import { ITEM_TYPES, type ItemType } from '@holdfast/contract';
import type { Answer, RecordDetail, Selection } from '@holdfast/contract/api';
import type { Id } from '@holdfast/restic-format';
import { takenAt } from './build/taken.ts';
import { compare, differencesPage } from './compare/compare.ts';
import type { Differences } from './compare/differences.ts';
import { Database } from './database/database.ts';
import type { Entry } from './entry.ts';
import type { KnownFacts } from './facts/known-facts.ts';
import { entryAt } from './queries/entries.ts';
import { filesIn } from './queries/files.ts';
import { daysOf, type MediaKinds, mediaSlice, newestMedia, undated } from './queries/media.ts';
import { type RecordQuery, recordOf, recordsOf } from './queries/records.ts';
import { type SearchFor, search } from './queries/search.ts';
import { messagesOf, threadsOf } from './queries/threads.ts';
import { type ChosenFiles, chosenFiles } from './selection/files.ts';
import { type Resolved, resolve } from './selection/resolve.ts';
import { clockText, inRange, type Zone } from './words/zone.ts';

/** Memory for pages of an index that is looked at. */
const CACHE_KIB = 6000;

interface Page {
  readonly after?: string | undefined;
  readonly limit: number;
}

/**
 * What is in a backup, to be looked at: whatever is asked for is there at once, as the API tells it.
 *
 * It stays readable while it is held, though it may be no longer among those that are kept.
 */
export class BackupIndex {
  /** Of the snapshot. */
  readonly snapshot: Id;
  readonly #database: Database;
  readonly #zone: Zone;
  readonly #facts: Pick<KnownFacts, 'of'>;
  #isSeen = false;
  #holders = 0;
  #isLeft = false;
  /** With the backup it was compared with last. */
  #compared: { readonly with: Id; readonly found: Promise<Differences> } | undefined;

  constructor(snapshot: Id, path: string, zone: Zone, facts: Pick<KnownFacts, 'of'>) {
    this.snapshot = snapshot;
    this.#facts = facts;
    this.#zone = zone;
    this.#database = new Database(path, { cacheKiB: CACHE_KIB, readOnly: true });
  }

  /** What there is, by type. */
  contents(): Extract<Answer<'contents'>, { kind: 'ready' }> {
    const rows = this.#database.all('SELECT type, items, bytes FROM total ORDER BY type');
    const types = rows.map(({ type, items, bytes }) => {
      const word: ItemType = ITEM_TYPES[Number(type)] ?? 'other';
      return { type: word, items: Number(items), ...(Number(bytes) > 0 && { bytes: Number(bytes) }) };
    });
    const damaged = this.#database.get("SELECT value FROM meta WHERE key = 'damaged'")?.['value'];
    return { kind: 'ready', types, damaged: Number(damaged ?? 0) };
  }

  /** The entry with a number: the same for this backup, whenever it is asked for. Fails with `contents/missing-entry`. */
  entry(number: number): Entry {
    return entryAt(this.#database, number);
  }

  /** Days with photos and videos, the newest first. */
  days(kinds: MediaKinds): Answer<'days'> {
    this.#isSeen = true;
    return daysOf(this.#database, kinds);
  }

  /** A slice of photos and videos, the newest first. */
  media(kinds: MediaKinds, from: number, limit: number): Answer<'media'> {
    this.#isSeen = true;
    return mediaSlice(this.#database, kinds, from, limit, this.#facts);
  }

  /** Somebody looks at its photos: they stay where they are. */
  get isSeen(): boolean {
    return this.#isSeen;
  }

  /** The newest photos and videos, for who makes pictures of them before anybody looks. */
  newest(limit: number): readonly Entry[] {
    return newestMedia(this.#database, limit).map((n) => this.entry(n));
  }

  /** Photos and videos that only their content can date, as far as nobody has read that yet; the newest first. */
  *undated(): Generator<Entry, void, undefined> {
    using _held = this.hold();
    for (const n of undated(this.#database, this.#facts)) yield this.entry(n);
  }

  /** What a photo or video says of itself, as far as it was read, and when it was taken. Fails with `contents/missing-entry`. */
  about(number: number): Answer<'about'> {
    const { name, mtime, content } = this.entry(number);
    const { taken: told, ...facts } = this.#facts.of(content) ?? {};
    const { wall, offset, by } = takenAt(name, mtime, this.#zone, told);
    return { taken: clockText(inRange(wall), offset), takenBy: by, ...facts };
  }

  /** A page of a folder; of the one that a person begins in where none is named. Fails with `contents/missing-entry`. */
  files(folder: number | undefined, page: Page): Answer<'files'> {
    return filesIn(this.#database, folder, page);
  }

  /** A page of threads, the one with the last message first. */
  threads(page: Page): Answer<'threads'> {
    return threadsOf(this.#database, page, this.#zone);
  }

  /** A page of a thread's messages, the newest first: fewer than asked for where they are long. Fails with `contents/missing-thread`. */
  messages(thread: number, page: Page): Answer<'messages'> {
    return messagesOf(this.#database, thread, page, this.#zone);
  }

  /** A page of records of a type. */
  records(query: RecordQuery): Answer<'records'> {
    return recordsOf(this.#database, query, this.#zone);
  }

  /** All that a record says; a message is told by `messages`. Fails with `contents/missing-entry`. */
  record(number: number): RecordDetail {
    return recordOf(this.#database, number, this.#zone);
  }

  /** What has all the words of a text. */
  search(query: SearchFor): Answer<'search'> {
    return search(this.#database, query, this.#zone);
  }

  /** How it differs from an older backup: found out once, then a page of it. */
  async compare(
    older: BackupIndex,
    query: Page & { readonly change?: 'added' | 'removed' | 'changed' | undefined },
  ): Promise<Answer<'compare'>> {
    using _held = this.hold();
    using _heldToo = older.hold();
    let compared = this.#compared;
    if (compared?.with !== older.snapshot) {
      const found = this.#compareWith(older);
      this.#compared = compared = { with: older.snapshot, found };
      const forget = (): void => {
        if (this.#compared?.found === found) this.#compared = undefined;
      };
      found.catch(forget);
    }
    const databases = { older: older.#database, newer: this.#database };
    return differencesPage(databases, await compared.found, query);
  }

  /** The work is for all who ask, so nobody's going away ends it. */
  async #compareWith(older: BackupIndex): Promise<Differences> {
    using _held = this.hold();
    using _heldToo = older.hold();
    return await compare(older.#database, this.#database);
  }

  /** A selection in the words of a restore. `inTypes`: the restore takes types, so that all of one needs no paths. */
  async resolve(
    selection: Selection,
    options: { readonly inTypes?: boolean },
    signal: AbortSignal,
  ): Promise<Resolved> {
    using _held = this.hold();
    return await resolve(this.#database, selection, options, signal);
  }

  /** The files of a selection, for a download; it is held while they are gone through. */
  async chosenFiles(selection: Selection, signal: AbortSignal): Promise<ChosenFiles> {
    using _held = this.hold();
    return await chosenFiles(this.#database, () => this.hold(), selection, signal);
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
    if (this.#isLeft && this.#holders === 0) this.#database[Symbol.dispose]();
  }
}
