import type { ReasonCode } from '@holdfast/contract';
import type { FolderSink } from '@holdfast/devices';
import { type Failure, isFailure } from '@holdfast/kernel';
import type { StagedFile } from '@holdfast/local-files';
import { type ContentOutcome, type IndexedRepository, writeContents } from '@holdfast/repository';
import { shortId } from '@holdfast/restic-format';
import { noRoom } from '../failures.ts';
import type { RestoreEvent } from './events.ts';
import type { PlannedHardLink } from './hard-links.ts';
import { ItemCounts } from './item-counts.ts';
import { stageKey } from './planned-files.ts';
import { type PlannedLink, type RestorePlan, refusalOf } from './restore-plan.ts';
import { settledEvent } from './settled-event.ts';
import { RESTORE_BEGINNING, type RestoreState, stepRestore, summarise } from './state.ts';
import { writeExcerpt } from './write-excerpt.ts';

/**
 * Carries out a plan and tells what became of each item, each once. Every file is read back from the target before it gets
 * its name, and has all of its content then or is not there; what had several names gets them all, where the target can;
 * symbolic links come last, so that nothing is written through them.
 *
 * One item's trouble never stops the others. Fails with `engine/no-room` before anything is written, and on trouble with the
 * repository as a whole. After an abort nothing more is written; half-written files keep their stage's name, and the
 * next restore of the same items goes on from there.
 */
export async function* restore(
  repository: IndexedRepository,
  plan: RestorePlan,
  sink: FolderSink,
  signal?: AbortSignal,
): AsyncGenerator<RestoreEvent, void, undefined> {
  let state: RestoreState = RESTORE_BEGINNING;
  const counts = new ItemCounts(plan.counts);
  const events = new Restoring(repository, plan, sink, { counts, signal }).events();
  for await (const event of counts.isPlain ? events : counted(events, counts)) {
    state = stepRestore(state, event);
    yield event;
  }
  yield { kind: 'done', summary: summarise(state) };
}

/** With how many items each is: made files last, since what belongs to them counts first. */
async function* counted(
  events: AsyncIterable<RestoreEvent>,
  counts: ItemCounts,
): AsyncGenerator<RestoreEvent, void, undefined> {
  const late: (RestoreEvent & { readonly kind: 'item' })[] = [];
  for await (const event of events) {
    if (event.kind !== 'item' || event.items !== undefined || !counts.knows(event.path)) yield event;
    else if (counts.isMade(event.path)) late.push(event);
    else yield { ...event, items: counts.settle(event.path, event.state === 'verified') };
  }
  for (const event of late) yield { ...event, items: counts.of(event.path) };
}

class Restoring {
  readonly #repository: IndexedRepository;
  readonly #plan: RestorePlan;
  readonly #sink: FolderSink;
  readonly #counts: ItemCounts;
  readonly #signal: AbortSignal | undefined;
  /** By file: 1 when it has its name. */
  readonly #isGiven: Uint8Array;
  /** Files that the target would not even have begun. */
  #refused: RestoreEvent[] = [];

  constructor(
    repository: IndexedRepository,
    plan: RestorePlan,
    sink: FolderSink,
    { counts, signal }: { readonly counts: ItemCounts; readonly signal: AbortSignal | undefined },
  ) {
    this.#repository = repository;
    this.#plan = plan;
    this.#sink = sink;
    this.#counts = counts;
    this.#signal = signal;
    this.#isGiven = new Uint8Array(plan.files.length);
  }

  async *events(): AsyncGenerator<RestoreEvent, void, undefined> {
    const { folders, files, hardLinks, links, excerpts, settled, leftOver, items, totalBytes } = this.#plan;
    yield { kind: 'began', items, bytes: totalBytes };
    for (const item of settled) yield settledEvent(item);
    this.#throwUnlessRoom();
    // What cannot be made here is told by the items inside: none of them can be staged.
    for (const { to } of folders) this.#attempt(() => this.#sink.makeFolder(to));
    for (const { to, key } of leftOver) this.#attempt(() => this.#clear(to, key));
    const linked = new Set(hardLinks.map(({ file }) => file));
    yield* this.#write(numbers(files.length).filter((file) => !linked.has(file)));
    const alone: number[] = [];
    for (const link of hardLinks) {
      const event = this.#link(link);
      if (event === undefined) alone.push(link.file);
      else yield event;
    }
    yield* this.#write(Uint32Array.from(alone));
    for (const link of links) yield this.#makeSymlink(link);
    for (const excerpt of excerpts) yield* writeExcerpt(excerpt, this.#sink, this.#counts, this.#signal);
    for (const { to, traits } of folders.toReversed())
      this.#attempt(() => this.#sink.finishFolder(to, traits));
  }

  #throwUnlessRoom(): void {
    const { writeBytes } = this.#plan;
    const freeBytes = this.#sink.freeBytes();
    if (freeBytes !== undefined && writeBytes > freeBytes)
      throw noRoom(this.#sink.root, { neededBytes: writeBytes, freeBytes });
  }

  async *#write(files: Uint32Array): AsyncGenerator<RestoreEvent, void, undefined> {
    const { contents } = this.#plan.files;
    let underWay = 0;
    let told = 0;
    const job = {
      contents,
      files,
      destinationOf: (file: number) => this.#destinationOf(file),
      onUnderWay: (bytes: number) => {
        underWay = bytes;
      },
    };
    for await (const outcomes of writeContents(this.#repository, job, this.#signal)) {
      for (const { file, outcome } of outcomes) yield this.#settle(file, outcome);
      const refused = this.#refused;
      this.#refused = [];
      yield* refused;
      if (underWay !== told || (underWay > 0 && outcomes.length > 0))
        yield { kind: 'under-way', bytes: underWay };
      told = underWay;
    }
  }

  #destinationOf(file: number): StagedFile | undefined {
    const { files } = this.#plan;
    const { to, traits, replaces } = files.at(file);
    const staged = this.#attempt(() => {
      this.#makeFolderOf(to);
      return this.#sink.staging(to, stageKey(to, files.contents, file));
    });
    if ('value' in staged) return { ...staged.value, traits, occupied: replaces ? 'replace' : 'keep' };
    this.#refused.push(this.#fileEvent(file, refusalOf(staged.failure), staged.failure.message));
    return undefined;
  }

  #settle(file: number, outcome: ContentOutcome): RestoreEvent {
    switch (outcome.kind) {
      case 'written':
        this.#isGiven[file] = 1;
        return this.#fileEvent(file, 'restored');
      case 'taken':
        return this.#fileEvent(file, 'conflict');
      case 'damaged': {
        const blobs = outcome.blobs.map(shortId).join(', ');
        return this.#fileEvent(file, 'damaged-in-backup', `blob ${blobs}`);
      }
      case 'refused': {
        const reason = outcome.errno === 'ENAMETOOLONG' ? 'target-path-too-long' : 'target-refused';
        return this.#fileEvent(file, reason, `${outcome.errno}, ${outcome.syscall}`);
      }
      case 'differs':
        return this.#fileEvent(file, 'differs-after-writing');
      default:
        return outcome satisfies never;
    }
  }

  /** `undefined` when the file has to be written for itself: its other name did not come about, or the target has no hard links. */
  #link({ file, with: other }: PlannedHardLink): RestoreEvent | undefined {
    const { files } = this.#plan;
    if ('file' in other && this.#isGiven[other.file] !== 1) return undefined;
    const { to, replaces } = files.at(file);
    const made = this.#attempt(() => {
      this.#makeFolderOf(to);
      const existing = 'file' in other ? files.at(other.file).to : other.to;
      return this.#sink.makeHardLink(to, existing, replaces ? 'replace' : 'keep');
    });
    if ('failure' in made) return undefined;
    return this.#fileEvent(file, made.value ? 'restored' : 'conflict');
  }

  #makeSymlink({ path, to, target, mtimeNs, replaces }: PlannedLink): RestoreEvent {
    const made = this.#attempt(() => {
      this.#makeFolderOf(to);
      return this.#sink.makeSymlink(to, target, mtimeNs, replaces ? 'replace' : 'keep');
    });
    if ('value' in made)
      return settledEvent({ path, to, reason: made.value ? 'restored' : 'conflict', bytes: 0 });
    const { failure } = made;
    return settledEvent({ path, to, reason: refusalOf(failure), detail: failure.message, bytes: 0 });
  }

  #clear(to: readonly string[], key: string): void {
    this.#makeFolderOf(to);
    this.#sink.discard(to, key);
  }

  #makeFolderOf(to: readonly string[]): void {
    if (to.length > 1) this.#sink.makeFolder(to.slice(0, -1));
  }

  /** The call's value, or what the target said against it. */
  #attempt<T>(call: () => T): { readonly value: T } | { readonly failure: Failure } {
    this.#signal?.throwIfAborted();
    try {
      return { value: call() };
    } catch (error) {
      if (!isFailure(error)) throw error;
      return { failure: error };
    }
  }

  #fileEvent(file: number, reason: ReasonCode, detail?: string): RestoreEvent {
    const { path, to, bytes } = this.#plan.files.at(file);
    return settledEvent({ path, to, reason, ...(detail !== undefined && { detail }), bytes });
  }
}

const numbers = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, number) => number);
