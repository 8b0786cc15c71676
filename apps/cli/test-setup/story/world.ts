import { type Catalog, openCatalog } from '@holdfast/catalog';
import type { SourceRecord, UndoNotes } from '@holdfast/devices';
import { listSnapshots, type OpenRepository } from '@holdfast/repository';
import { cheapRepository, onStore } from '@holdfast/repository/testing';
import type { Id } from '@holdfast/restic-format';
import { MemoryStore } from '@holdfast/store';
import { type FaultMode, type FaultPlan, failFrom, failOnce } from '@holdfast/store/testing';
import { seededRandom } from '@holdfast/testkit';
import type { Android } from '@holdfast/testkit/phone';
import { KeptNotes } from './give.ts';
import { storyPhone } from './phone.ts';
import { MortalProcess } from './process.ts';
import type { Fault, Story } from './story.ts';
import { StoryClock } from './story-clock.ts';
import type { Had } from './truth.ts';

/** What went into a backup, as seen from the phone. */
export interface Origin {
  /** In the storage of the phone, while it was backed up. */
  readonly had: Had;
  /** Of what the phone makes when asked: what was given, by path. */
  readonly given: ReadonlyMap<string, string>;
  readonly records: ReadonlyMap<string, readonly SourceRecord[]>;
  /** Text messages there were, one text each; `undefined` where the phone refused to tell. */
  readonly texts: readonly string[] | undefined;
  /** Paths at or below which the run had trouble, by the story. */
  readonly disturbed: readonly string[];
}

const START = Temporal.Instant.from('2026-03-14T15:09:26Z');

/** All there is in a story. */
export class World {
  readonly clock = new StoryClock(START);
  readonly store = new MemoryStore();
  readonly catalog: Catalog;
  readonly android: Android;
  readonly origins = new Map<Id, Origin>();
  /** Everything a made file ever was, by path. */
  readonly givenEver = new Map<string, Set<string>>();
  /** What a file of a path, size and time is. */
  readonly versions = new Map<string, string>();
  /** Paths that listings named, in runs of which the ledger cannot have lost anything. */
  readonly listed = new Set<string>();
  /** Paths and records that were told to the ledger, ever. */
  readonly told = new Set<string>();
  readonly ended: string[] = [];
  #repository: OpenRepository | undefined;
  #lastPid = 100;
  #process: MortalProcess | undefined;
  readonly #undoNotes = new KeptNotes();
  readonly #story: Story;
  #other: Android | undefined;

  constructor(story: Story) {
    this.#story = story;
    this.android = storyPhone(story.phone);
    this.catalog = openCatalog(':memory:', { clock: this.clock.of(this) });
  }

  async create(seed: number): Promise<void> {
    const clock = this.clock.of(this);
    this.#repository = await cheapRepository(this.store, { clock, random: seededRandom(seed) });
  }

  /** The next process on this computer; those before it are gone. */
  process(): MortalProcess {
    this.#process?.die();
    this.#process = new MortalProcess(++this.#lastPid, this.clock);
    return this.#process;
  }

  readonly isProcessAlive = (pid: number): boolean => pid === this.#process?.pid && this.#process.isAlive;

  /** The repository as a process has it that has just opened it. */
  repository(process: MortalProcess, faults: readonly Fault[] = []): OpenRepository {
    if (this.#repository === undefined) throw new Error('no repository yet');
    const { identity } = this.#repository;
    const opened = { ...this.#repository, clock: process.clock, identity: { ...identity, pid: process.pid } };
    return onStore(opened, process.store(this.store, planOf(faults), killOf(faults)));
  }

  /** Another phone, of somebody who has little on it yet. */
  get other(): Android {
    const { phone } = this.#story;
    const told = { ...phone, seed: phone.seed ^ 1, files: 2, messages: 2, multimedia: 0 };
    return (this.#other ??= storyPhone({
      ...told,
      ...(phone.seed % 2 === 0 && { release: 14, vendor: 'aosp' }),
    }));
  }

  /** What is to be put back on phones, should a process die that gives to them. */
  undoNotes(android: Android, process: MortalProcess): UndoNotes {
    return this.#undoNotes.of(android, process);
  }

  /** Phones on which something is to be put back. */
  phonesToPutBack(): readonly Android[] {
    const phones = [this.android, ...(this.#other ? [this.#other] : [])];
    return phones.filter((android) => this.#undoNotes.isPending(android));
  }

  /** Whether what runs may do on a phone is what its owner let them do. */
  isAsItWas({ appOps }: Android): boolean {
    return appOps.size === 0;
  }

  /** Snapshots there are, the oldest first. */
  async snapshots(process = this.process()) {
    return (await listSnapshots(this.repository(process))).entries;
  }

  close(): void {
    this.#process?.die();
    this.catalog.close();
    this.android.database.close();
    this.#other?.database.close();
  }
}

/** The first fault of the store counts. */
function planOf(faults: readonly Fault[]): FaultPlan {
  for (const each of faults) {
    if (each.fault !== 'store') continue;
    return each.isLasting ? failFrom(each.at, each.mode) : failOnce(each.at, each.mode);
  }
  return () => undefined;
}

function killOf(faults: readonly Fault[]): { readonly at: number; readonly mode: FaultMode } | undefined {
  return faults.find((each) => each.fault === 'kill-storing');
}
