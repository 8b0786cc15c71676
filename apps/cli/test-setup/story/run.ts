import type { Source, SourceFolder, SourceRecord } from '@holdfast/devices';
import { androidSource } from '@holdfast/devices/android';
import {
  BACKUP_BEGINNING,
  type BackupEvent,
  type BackupSummary,
  backup,
  stepBackup,
  stopBackup,
} from '@holdfast/engine';
import { type Ledgers, ledgersOn } from '@holdfast/home';
import { isFailure } from '@holdfast/kernel';
import { connect, isExplained, refusedBy } from './connection.ts';
import { expect } from './expect.ts';
import { type MortalProcess, ProcessDied } from './process.ts';
import { recordPaths, textsOf } from './records.ts';
import type { Fault } from './story.ts';
import { digest } from './truth.ts';
import type { World } from './world.ts';

type RunLedger = NonNullable<ReturnType<Ledgers['begin']>>;

/** One backup, as the command makes it; what it told and read. */
export class Run {
  readonly reads: string[] = [];
  readonly closed: string[] = [];
  readonly given = new Map<string, string>();
  readonly records = new Map<string, readonly SourceRecord[]>();
  readonly texts: readonly string[] | undefined;
  summary: BackupSummary | undefined;
  readonly #world: World;
  readonly #process: MortalProcess;
  readonly #listed: string[] = [];

  constructor(world: World, process: MortalProcess, faults: readonly Fault[]) {
    this.#world = world;
    this.#process = process;
    this.texts = refusedBy(faults).length > 0 ? undefined : textsOf(world.android);
  }

  async work(faults: readonly Fault[]): Promise<string> {
    const { clock } = this.#process;
    let ledger: RunLedger | undefined;
    try {
      const connecting = connect(this.#world.android, this.#process, faults);
      const { transport, phone } = await this.#living(connecting);
      using source = androidSource(phone, { clock });
      ledger = ledgersOn(this.#world.catalog, clock, {
        attempt: (work) => work(),
        attemptNow: (work) => work(),
      }).begin(source, {});
      if (ledger === undefined) throw new Error('no ledger');
      await this.#backUp(this.#noting(source), ledger, faults);
      await transport[Symbol.asyncDispose]();
    } catch (error) {
      if (error instanceof ProcessDied) return 'died';
      ledger?.stop(error);
      if (ledger !== undefined) this.#settleListed();
      if (!isFailure(error)) throw error;
      expect(
        isExplained(error.code, faults),
        `the backup failed with ${error.code}: ${error.message}`,
        error,
      );
      return error.code;
    }
    this.#settleListed();
    return 'done';
  }

  async #backUp(source: Source, ledger: RunLedger, faults: readonly Fault[]): Promise<void> {
    const repository = this.#world.repository(this.#process, faults);
    const { isProcessAlive } = this.#world;
    const { clock } = this.#process;
    const kill = faults.find((each) => each.fault === 'kill');
    const { gone: signal } = this.#process;
    const options = { clock, isProcessAlive, threads: 0, stored: ledger.stored, began: ledger.began, signal };
    const events = backup(repository, source, options);
    let state = BACKUP_BEGINNING;
    for (let count = 0; ; count++) {
      if (count === kill?.atEvent) this.#process.die();
      const { done, value } = await this.#living(events.next());
      if (done === true) break;
      this.#note(value);
      ledger.follow(value);
      state = stepBackup(state, value);
      const { found, verified, waiting, skipped, failed } = state.balance;
      expect(found === verified + waiting + skipped + failed, `the run does not balance after ${value.kind}`);
    }
    const { balance } = stopBackup(state);
    expect(balance.waiting === 0, `a backup that is done has ${balance.waiting} items waiting`);
    this.summary = state.summary;
  }

  async #living<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    return Promise.race([this.#process.death, work]);
  }

  #note(event: BackupEvent): void {
    if (event.kind === 'listed') this.#noteFolder(event.folder);
    if (event.kind === 'set-aside') this.#world.told.add(event.path);
    if (event.kind !== 'saved' || event.records === undefined) return;
    this.records.set(event.path, event.records);
    for (const path of recordPaths(event.path, event.records)) {
      this.#world.told.add(path);
      this.#listed.push(path);
    }
  }

  #noteFolder({ path, entries, problem }: SourceFolder): void {
    if (problem !== undefined) this.closed.push(path);
    for (const entry of entries) {
      const at = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.kind === 'folder') continue;
      this.#world.told.add(at);
      // Of a made file its records have rows, once they are known.
      if (at.startsWith('files/')) this.#listed.push(at);
    }
  }

  #settleListed(): void {
    for (const path of this.#listed) this.#world.listed.add(path);
  }

  /** The source, with what it gives noted. */
  #noting(source: Source): Source {
    const { reads, given } = this;
    return {
      ...source,
      async *read(path, signal) {
        reads.push(path);
        const parts: Uint8Array[] = [];
        for await (const chunk of source.read(path, signal)) {
          parts.push(chunk.slice());
          yield chunk;
        }
        given.set(path, digest(Buffer.concat(parts)));
      },
    };
  }
}
