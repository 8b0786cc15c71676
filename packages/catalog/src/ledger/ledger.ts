import { type Balance, type ReasonCode, reasonEntry } from '@holdfast/contract';
import { type Clock, type Failure, fromHex, toHex } from '@holdfast/kernel';
import type { Database } from '../database/database.ts';
import { storedText } from '../database/stored-text.ts';
import type { ListedEntry, ListedOptions, ListedRecord, SavedContent, SettledOptions } from './entries.ts';
import { fingerprint } from './fingerprint.ts';
import { type KindCounts, keepAlarms, presentBalance } from './run-rows.ts';
import { type RunNumbers, RunWriter } from './run-writer.ts';

/** How long something may be known to this process alone. */
const FLUSH_AFTER_MS = 200;

/** So many rows are written at once: some ten milliseconds, in which nothing else happens on the thread. */
const FLUSH_ROWS = 2000;

/** Hexadecimal digits of a blob's id. */
const ID_DIGITS = 64;

const PAIRS_OF_DIGITS = /^(?:[0-9a-f]{2})*$/;

/** How a run ended well. */
export interface Finished {
  /** Of a backup: with it all that was saved in the run is proved. */
  readonly snapshot?: string | undefined;
  /** How what was stored was read back: `device`, `cache`, `mixed`, … */
  readonly proved?: string | undefined;
  /** Of runs that are no backups; a backup's are the device's. */
  readonly counts?: Balance | undefined;
}

/**
 * One run's hand on the ledger. What it is told waits until there is enough of it, or 200 ms have passed when the next call
 * comes, and is then written in one transaction; the end of the run writes all. A process that dies loses no more than that.
 *
 * Calls throw this package's failures; what could not be written is tried again with the next call.
 */
export class Ledger {
  /** The run's number, as `runs` gives it. */
  readonly run: number;
  readonly #database: Database;
  readonly #numbers: RunNumbers;
  readonly #before: KindCounts;
  readonly #clock: Clock;
  readonly #writer: RunWriter;
  #queue: (() => void)[] = [];
  #queuedRows = 0;
  #flushedMs: number;
  #isOver = false;

  constructor(database: Database, numbers: RunNumbers, before: KindCounts, clock: Clock) {
    this.run = numbers.run;
    this.#database = database;
    this.#numbers = numbers;
    this.#before = before;
    this.#clock = clock;
    this.#writer = new RunWriter(database, numbers);
    this.#flushedMs = clock.now().epochMilliseconds;
  }

  /**
   * A folder was looked at. New and changed items wait, as `discovered`; others stay as they are; what is not listed any more
   * is gone, and keeps its state. Nothing is gone by a listing that is partial. Entries may be gone through twice.
   */
  listed(folder: string, entries: Iterable<ListedEntry>, { isPartial = false }: ListedOptions = {}): void {
    const last = this.#writer.folder(folder);
    // What cannot be as it was is gone through once.
    const seen = last?.fingerprint === undefined ? [...entries] : entries;
    const print = isPartial ? undefined : fingerprint(seen);
    if (last !== undefined && print !== undefined && last.fingerprint === print) {
      this.#enqueue(1, () => this.#writer.listedAgain(last.number, print));
      return;
    }
    const kept = [...seen];
    this.#enqueue(1 + kept.length, () =>
      this.#writer.listed({ path: folder, entries: kept, fingerprint: print }),
    );
  }

  /** An item's content is stored or on its way: it waits until the run has finished. With `records`, they do. */
  saved(path: string, saved: SavedContent): void {
    if (saved.records !== undefined) {
      this.records(path, saved.records);
      return;
    }
    const { sizeBytes, mtimeNs } = saved;
    const content = hexOf(saved.content);
    const sha256 = saved.sha256 === undefined ? undefined : fromHex(saved.sha256);
    this.#enqueue(1, () => this.#writer.saved(path, content, { sizeBytes, mtimeNs, sha256 }));
  }

  /** All the records that a made file has now; they are on their way. Those it no longer has are gone. */
  records(made: string, records: Iterable<ListedRecord>): void {
    const kept = [...records];
    this.#enqueue(1 + kept.length, () => this.#writer.records(made, kept));
  }

  /** An item is not in this backup, for a reason whose state is not `verified`. A path that was never listed gets a row. */
  settled(path: string, reason: ReasonCode, options: SettledOptions = {}): void {
    if (reasonEntry(reason).state === 'verified') throw new Error(`nothing is set aside for ${reason}`);
    this.#enqueue(1, () => this.#writer.settled(path, reason, options));
  }

  /** What was set aside and is not any more is gone, except where `isUnseen`: for snapshots, whose unchanged folders are not listed. */
  noLongerSetAside(isUnseen: (path: string) => boolean): void {
    this.#enqueue(1, () => this.#writer.noLongerSetAside(isUnseen));
  }

  /** These items of a folder are in this backup as the last one, or an interrupted run, had stored them. */
  unchanged(folder: string, names: Iterable<string>): void {
    this.#enqueue(1, () => this.#writer.unchanged(folder, names));
  }

  /**
   * Ids of the blobs that an earlier run stored of a file that had this size and time; `undefined` when that is not known.
   * Whether the repository still has them is for the caller to see.
   */
  known(path: string, sizeBytes: number, mtimeNs: bigint): readonly string[] | undefined {
    const content = this.#writer.known(path, sizeBytes, mtimeNs);
    return content && idsOf(content);
  }

  /** Writes all that is still waiting to be written. */
  flush(): void {
    if (this.#queue.length === 0) return;
    this.#transaction(() => {});
  }

  /** The run is over, and all that was saved in it is proved: it is `verified`, with this run as its receipt. */
  finished({ snapshot, proved, counts }: Finished = {}): void {
    this.#over('finished', { snapshot, proved, counts }, () => this.#writer.proved());
  }

  /** The run is over before its end: what waits goes on waiting, as `interrupted`, and what is stored of it stays known. */
  stopped(failure?: Pick<Failure, 'code' | 'message' | 'hint'>): void {
    this.#over('stopped', { failure }, () => this.#writer.interrupted());
  }

  #over(
    state: 'finished' | 'stopped',
    end: Finished & { failure?: Pick<Failure, 'code' | 'message' | 'hint'> | undefined },
    work: () => void,
  ): void {
    if (this.#isOver) return;
    const { device, run, isBackup } = this.#numbers;
    const { failure } = end;
    const ended = this.#clock.now().epochMilliseconds;
    this.#transaction(() => {
      if (isBackup) work();
      const counts = end.counts ?? presentBalance(this.#database, device);
      this.#database.run(
        'UPDATE runs SET state = ?, ended = ?, snapshot = ?, proved = ?, counts = ?, failure = ? WHERE number = ?',
        state,
        ended,
        end.snapshot ?? null,
        end.proved ?? null,
        JSON.stringify(counts),
        failure === undefined ? null : storedText(JSON.stringify(failureFields(failure))),
        run,
      );
      if (isBackup) keepAlarms(this.#database, this.#numbers, this.#before);
    });
    this.#isOver = true;
  }

  #enqueue(rows: number, work: () => void): void {
    if (this.#isOver) throw new Error('the run is over');
    this.#queue.push(work);
    this.#queuedRows += rows;
    const isOld = Math.abs(this.#clock.now().epochMilliseconds - this.#flushedMs) >= FLUSH_AFTER_MS;
    if (isOld || this.#queuedRows >= FLUSH_ROWS) this.flush();
  }

  /** All that waits to be written and then `last`, or nothing of it. */
  #transaction(last: () => void): void {
    try {
      this.#database.transaction(() => {
        for (const work of this.#queue) work();
        last();
      });
    } catch (error) {
      this.#writer.standings.forget();
      throw error;
    }
    this.#queue = [];
    this.#queuedRows = 0;
    this.#flushedMs = this.#clock.now().epochMilliseconds;
  }
}

/** The ids one after another. As text until it is in the database: bytes of its own cost more than all else told of an item. */
function hexOf(content: readonly string[]): string {
  const hex = content.length === 1 ? (content[0] as string) : content.join('');
  if (!PAIRS_OF_DIGITS.test(hex)) fromHex(hex);
  return hex;
}

function idsOf(content: Uint8Array): string[] {
  const hex = toHex(content);
  const ids: string[] = [];
  for (let at = 0; at < hex.length; at += ID_DIGITS) ids.push(hex.slice(at, at + ID_DIGITS));
  return ids;
}

const failureFields = ({ code, message, hint }: Pick<Failure, 'code' | 'message' | 'hint'>): object => ({
  code,
  message,
  hint,
});
