import { errnoOf, isFailure, mapOrdered } from '@holdfast/kernel';
import {
  beginStage,
  createStage,
  finishClosedStage,
  finishStage,
  type StagedFile,
  unlinkQuietly,
} from '@holdfast/local-files';
import { type BlobEntry, type Id, SEAL_OVERHEAD } from '@holdfast/restic-format';
import type { IndexedRepository } from '../load-index.ts';
import type { BlobWrite, WriteTarget } from '../workers/jobs.ts';
import { sharedMemory } from '../workers/shared-memory.ts';
import type { ContentTable } from './content-table.ts';
import { LONGEST_READ, type PackRead, planReads } from './pack-reads.ts';
import { UnderWay } from './under-way.ts';

/** Files to write on this machine. */
export interface ContentJob {
  readonly contents: ContentTable;
  /** Which of them. */
  readonly files: Uint32Array;
  /**
   * Where a file goes, asked once, when it is begun: nothing else may write there. `undefined` leaves it out, and nothing
   * is told of it.
   */
  readonly destinationOf: (file: number) => StagedFile | undefined;
  /** Told before each step's outcomes: bytes written so far of files that are not finished. */
  readonly onUnderWay?: (bytes: number) => void;
}

/** What became of a file. Unless it was `written`, nothing of it is left. */
export type ContentOutcome =
  /** It has its name, and every byte was read back before that. */
  | { readonly kind: 'written' }
  /** It was right, but something has its name, which was to be kept. */
  | { readonly kind: 'taken' }
  /** Blobs that are in no pack, or damaged in every pack they are in. */
  | { readonly kind: 'damaged'; readonly blobs: readonly Id[] }
  /** The system would not have it. */
  | { readonly kind: 'refused'; readonly errno: string; readonly syscall: string }
  /** It was written, and reads back different. */
  | { readonly kind: 'differs' };

/** A file with what became of it. */
export interface FileOutcome {
  readonly file: number;
  readonly outcome: ContentOutcome;
}

/** Memory of this size is kept for the next read; only a blob longer than a read takes more. */
const KEPT_MEMORY = LONGEST_READ + 1024 * 1024;

/**
 * Writes files from blobs, packs in parallel, each pack read once; reads every blob back from the file it was written to, and
 * gives a file its name when all of it is right.
 *
 * Yields each file once with its outcome, as they are finished. What an earlier attempt left of a file of many blobs is
 * taken up where it is right. Fails on an abort, when what is unfinished stays for the next attempt, and on trouble with the
 * store as a whole; a missing or damaged pack is an outcome of the files that need it.
 */
export async function* writeContents(
  repository: IndexedRepository,
  job: ContentJob,
  signal?: AbortSignal,
): AsyncGenerator<readonly FileOutcome[], void, undefined> {
  const writer = new ContentWriter(repository, job);
  writer.settleWithoutReading();
  yield writer.takeOutcomes();
  const reads = planReads(
    job.contents,
    job.files.filter((file) => !writer.isSettled(file)),
  );
  // Two a thread: one at work, and one read already.
  const atOnce = Math.max(1, repository.pool.size) * 2;
  for await (const _ of mapOrdered(reads, atOnce, (read, stop) => writer.read(read, stop), signal))
    yield writer.takeOutcomes();
}

/** A file's way. */
const STATE = { waiting: 0, begun: 1, settled: 2 } as const;

class ContentWriter {
  readonly #repository: IndexedRepository;
  readonly #job: ContentJob;
  /** By file: see STATE. */
  readonly #state: Uint8Array;
  /** By file: blobs still to be written. */
  readonly #left: Uint32Array;
  /** Files that are begun. */
  readonly #destinations = new Map<number, StagedFile>();
  /** Files an earlier attempt left, by number: one flag a blob, 1 where it is right already. */
  readonly #takenUp = new Map<number, Promise<Uint8Array>>();
  readonly #lost = new Map<number, Id[]>();
  readonly #memory: Uint8Array[] = [];
  readonly #underWay = new UnderWay();
  #outcomes: FileOutcome[] = [];

  constructor(repository: IndexedRepository, job: ContentJob) {
    const { contents, files } = job;
    this.#repository = repository;
    this.#job = job;
    this.#state = new Uint8Array(contents.count);
    this.#left = new Uint32Array(contents.count);
    for (const file of files) this.#left[file] = contents.endOf(file) - contents.startOf(file);
  }

  isSettled(file: number): boolean {
    return this.#state[file] === STATE.settled;
  }

  /** What was settled since the last call. */
  takeOutcomes(): readonly FileOutcome[] {
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    this.#job.onUnderWay?.(this.#underWay.bytes);
    return outcomes;
  }

  /** Files that need nothing of any pack: empty ones, and those that cannot be had. */
  settleWithoutReading(): void {
    const { contents, files } = this.#job;
    for (const file of files) {
      const blobs = contents.missingOf(file);
      if (blobs.length > 0) this.#settle(file, { kind: 'damaged', blobs });
      else if (this.#left[file] === 0) this.#makeEmpty(file);
    }
  }

  async read(read: PackRead, signal: AbortSignal): Promise<void> {
    const { contents } = this.#job;
    const wanted: number[] = [];
    for (const position of read.positions) {
      const file = contents.fileAt(position);
      if (this.#state[file] === STATE.waiting) this.#begin(file);
      const have = this.#takenUp.get(file);
      if (have !== undefined && (await have)[position - contents.startOf(file)] === 1) continue;
      if (!this.isSettled(file)) wanted.push(position);
    }
    if (wanted.length === 0) return;
    const blobs = this.#writesOf(wanted);
    for (const lost of await this.#writeFrom(read.pack, blobs, signal))
      await this.#tryElsewhere(lost, read.pack, signal);
  }

  #begin(file: number): void {
    const { contents, destinationOf } = this.#job;
    const destination = destinationOf(file);
    this.#state[file] = destination === undefined ? STATE.settled : STATE.begun;
    if (destination === undefined) return;
    this.#destinations.set(file, destination);
    if (this.#left[file] === 1) return;
    this.#trying(file, () => {
      if (beginStage(destination.stagePath, contents.sizeOf(file)) === 'old')
        this.#takenUp.set(file, this.#takeUp(file, destination.stagePath));
    });
  }

  async #takeUp(file: number, path: string): Promise<Uint8Array> {
    const { pool } = this.#repository;
    const chunks = this.#job.contents.chunksOf(file);
    const found = await pool.run(pool.idlest, 'takeUp', { path, chunks });
    if ('errno' in found) {
      this.#settle(file, { kind: 'refused', ...found });
      return new Uint8Array(0);
    }
    for (const [at, flag] of found.have.entries()) if (flag === 1) this.#blobDone(file, chunks[at]?.length);
    return found.have;
  }

  /** Positions that want one blob lie together. */
  #writesOf(positions: readonly number[]): BlobWrite[] {
    const { contents } = this.#job;
    const writes: { blob: number; write: BlobWrite & { targets: WriteTarget[] } }[] = [];
    for (const position of positions) {
      const blob = contents.blobAt(position);
      const target = this.#targetOf(position);
      if (target === undefined) continue;
      const last = writes.at(-1);
      if (last?.blob === blob) last.write.targets.push(target);
      else writes.push({ blob, write: { entry: contents.index.entryOf(blob), targets: [target] } });
    }
    return writes.map(({ write }) => write);
  }

  #targetOf(position: number): WriteTarget | undefined {
    const { contents } = this.#job;
    const file = contents.fileAt(position);
    const destination = this.#destinations.get(file);
    if (destination === undefined) return undefined;
    if (contents.endOf(file) - contents.startOf(file) === 1) return { kind: 'whole', file, destination };
    const { stagePath } = destination;
    const onto = this.#takenUp.has(file) ? 'anything' : 'zeros';
    return { kind: 'part', file, stagePath, offset: contents.offsetAt(position), onto };
  }

  /** Writes what a stretch of a pack holds; gives the blobs it does not hold whole. */
  async #writeFrom(
    pack: Id,
    blobs: readonly BlobWrite[],
    signal: AbortSignal,
  ): Promise<readonly BlobWrite[]> {
    const offset = blobs[0]?.entry.offset ?? 0;
    const length = blobs.reduce((end, { entry }) => Math.max(end, entry.offset + entry.length), 0) - offset;
    const bytes = await this.#get(pack, offset, length, signal);
    if (bytes === undefined) return blobs;
    const { pool } = this.#repository;
    const { lost, failures } = await pool.run(pool.idlest, 'write', { stretch: { bytes, offset }, blobs });
    this.#memory.push(bytes);
    for (const { file, outcome } of failures) this.#settle(file, outcome);
    const isLost = new Set(lost);
    for (const [at, { entry, targets }] of blobs.entries())
      if (!isLost.has(at)) for (const { file } of targets) this.#blobDone(file, plainLengthOf(entry));
    return lost.flatMap((at) => blobs[at] ?? []);
  }

  async #tryElsewhere({ entry, targets }: BlobWrite, pack: Id, signal: AbortSignal): Promise<void> {
    for (const other of this.#repository.index.findAll('data', entry.id)) {
      if (other.pack === pack && other.entry.offset === entry.offset) continue;
      const write = { entry: other.entry, targets: targets.map(ontoAnything) };
      if ((await this.#writeFrom(other.pack, [write], signal)).length === 0) return;
    }
    for (const { file } of targets) {
      const lost = this.#lost.get(file);
      if (lost === undefined) this.#lost.set(file, [entry.id]);
      else if (!lost.includes(entry.id)) lost.push(entry.id);
      this.#blobDone(file);
    }
  }

  async #get(pack: Id, offset: number, length: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const spare = this.#memory.findIndex((memory) => memory.length >= length);
    const [kept] = spare < 0 ? [] : this.#memory.splice(spare, 1);
    const into = kept ?? sharedMemory(Math.max(length, KEPT_MEMORY));
    try {
      await this.#repository.store.get({ kind: 'pack', name: pack }, { offset, length, into, signal });
      return into;
    } catch (error) {
      if (!isFailure(error, 'store/missing') && !isFailure(error, 'store/truncated')) throw error;
      this.#memory.push(into);
      return undefined;
    }
  }

  /** One blob of the file is where it belongs, or is known to be lost (0 bytes). */
  #blobDone(file: number, bytes = 0): void {
    if (this.isSettled(file)) return;
    const left = (this.#left[file] ?? 0) - 1;
    this.#left[file] = left;
    if (left > 0) return this.#underWay.add(file, bytes);
    const blobs = this.#lost.get(file);
    if (blobs === undefined) this.#finish(file);
    else this.#settle(file, { kind: 'damaged', blobs });
  }

  /** A file of one blob has its name already: the thread that wrote it gave it. */
  #finish(file: number): void {
    const { contents } = this.#job;
    const destination = this.#destinations.get(file);
    if (destination === undefined || contents.endOf(file) - contents.startOf(file) === 1)
      return this.#settle(file, { kind: 'written' });
    this.#trying(file, () => {
      const finished = finishClosedStage(destination, contents.sizeOf(file));
      this.#settle(file, { kind: finished === 'named' ? 'written' : finished });
    });
  }

  #makeEmpty(file: number): void {
    this.#begin(file);
    const destination = this.#destinations.get(file);
    if (destination === undefined) return;
    this.#trying(file, () => {
      const isNamed = finishStage(createStage(destination.stagePath), destination);
      this.#settle(file, { kind: isNamed ? 'written' : 'taken' });
    });
  }

  #trying(file: number, call: () => void): void {
    try {
      call();
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === undefined) throw error;
      const syscall = String((error as NodeJS.ErrnoException).syscall);
      this.#settle(file, { kind: 'refused', errno, syscall });
    }
  }

  /** Threads that still write to a file which is settled write to one that has no name any more. */
  #settle(file: number, outcome: ContentOutcome): void {
    if (this.isSettled(file)) return;
    this.#state[file] = STATE.settled;
    this.#outcomes.push({ file, outcome });
    this.#underWay.settle(file);
    const destination = this.#destinations.get(file);
    this.#destinations.delete(file);
    this.#lost.delete(file);
    this.#takenUp.delete(file);
    if (destination !== undefined && outcome.kind !== 'written') unlinkQuietly(destination.stagePath);
  }
}

const plainLengthOf = ({ length, uncompressedLength = length - SEAL_OVERHEAD }: BlobEntry): number =>
  uncompressedLength;

/** For a second attempt: the first may have left something there. */
const ontoAnything = (target: WriteTarget): WriteTarget =>
  target.kind === 'part' ? { ...target, onto: 'anything' } : target;
