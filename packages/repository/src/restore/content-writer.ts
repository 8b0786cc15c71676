import { isFailure, mapOrdered } from '@holdfast/kernel';
import { type BlobEntry, type Id, SEAL_OVERHEAD } from '@holdfast/restic-format';
import type { BlobIndex } from '../index-table/blob-index.ts';
import type { IndexedRepository } from '../load-index.ts';
import type { HashedChunk, JobOutput, LocalTarget, WriteTarget } from '../workers/jobs.ts';
import { sharedMemory } from '../workers/shared-memory.ts';
import { type PackRead, planReads, type WantedBlob } from './pack-reads.ts';

/** A file to write on this machine. */
export interface ContentTarget {
  /** Absolute; nothing else may write there. What an earlier attempt left is taken up where it is right. */
  readonly path: string;
  readonly content: readonly Id[];
}

/** What became of a target. `written`: every byte was read back from the file and is right. */
export type ContentOutcome =
  | { readonly kind: 'written'; readonly sizeBytes: number }
  /** Blobs that are in no pack, or damaged in every pack they are in. */
  | { readonly kind: 'damaged'; readonly blobs: readonly Id[] }
  /** The system would not have it. */
  | { readonly kind: 'refused'; readonly errno: string; readonly syscall: string }
  /** It was written, and reads back different. */
  | { readonly kind: 'differs' };

/** Work is done in windows of so many blobs or bytes, which bounds memory however much is restored. */
const WINDOW_BLOBS = 50_000;
const WINDOW_BYTES = 4 * 1024 ** 3;

/** Files proved together. */
const PROVE_FILES = 128;
const PROVE_BYTES = 32 * 1024 * 1024;

/**
 * Writes files from blobs, packs in parallel, each pack read once a window, and reads every file back.
 *
 * Yields each target once with its outcome, in the order they are finished. Fails on an abort and on trouble with the store
 * as a whole; a missing or damaged pack is an outcome of the targets that need it.
 */
export async function* writeContents<T extends ContentTarget>(
  repository: IndexedRepository,
  targets: Iterable<T>,
  signal?: AbortSignal,
): AsyncGenerator<{ target: T; outcome: ContentOutcome }, void, undefined> {
  for (const window of windows(repository, targets))
    yield* new WindowWriter(repository, window, signal).write();
}

interface Job<T extends ContentTarget> {
  readonly target: T;
  readonly chunks: readonly HashedChunk[];
  readonly sizeBytes: number;
  readonly missing: readonly Id[];
}

function* windows<T extends ContentTarget>(
  repository: IndexedRepository,
  targets: Iterable<T>,
): Generator<Job<T>[]> {
  let jobs: Job<T>[] = [];
  let blobs = 0;
  let bytes = 0;
  for (const target of targets) {
    const job = jobOf(repository, target);
    jobs.push(job);
    blobs += job.chunks.length;
    bytes += job.sizeBytes;
    if (blobs < WINDOW_BLOBS && bytes < WINDOW_BYTES) continue;
    yield jobs;
    jobs = [];
    blobs = 0;
    bytes = 0;
  }
  if (jobs.length > 0) yield jobs;
}

function jobOf<T extends ContentTarget>({ index }: IndexedRepository, target: T): Job<T> {
  const { chunks, missing } = chunksOf(index, target.content);
  return { target, chunks, missing, sizeBytes: chunks.reduce((sum, { length }) => sum + length, 0) };
}

/** Content with the length of each chunk, as the index tells it, and the blobs it does not know. */
export function chunksOf(index: BlobIndex, content: readonly Id[]): { chunks: HashedChunk[]; missing: Id[] } {
  const missing: Id[] = [];
  const chunks = content.map((id) => {
    const place = index.find('data', id);
    if (place === undefined) missing.push(id);
    return { id, length: place === undefined ? 0 : plaintextLength(place.entry) };
  });
  return { chunks, missing };
}

const plaintextLength = (entry: BlobEntry): number =>
  entry.uncompressedLength ?? entry.length - SEAL_OVERHEAD;

class WindowWriter<T extends ContentTarget> {
  readonly #repository: IndexedRepository;
  readonly #jobs: readonly Job<T>[];
  readonly #signal: AbortSignal | undefined;
  /** Chunks of each job still to be written. */
  readonly #left: Uint32Array;
  readonly #outcomes: (ContentOutcome | undefined)[];
  readonly #byPath = new Map<string, number>();
  readonly #wanted = new Map<Id, Map<Id, WantedBlob>>();
  readonly #memory: Uint8Array[] = [];
  #toProve: number[] = [];
  #toProveBytes = 0;

  constructor(repository: IndexedRepository, jobs: readonly Job<T>[], signal: AbortSignal | undefined) {
    this.#repository = repository;
    this.#jobs = jobs;
    this.#signal = signal;
    this.#left = new Uint32Array(jobs.length);
    this.#outcomes = jobs.map(() => undefined);
  }

  async *write(): AsyncGenerator<{ target: T; outcome: ContentOutcome }, void, undefined> {
    await this.#begin();
    yield* this.#settled(false);
    const reads = [...this.#wanted].flatMap(([pack, blobs]) => planReads(pack, [...blobs.values()]));
    const { pool } = this.#repository;
    for await (const _ of mapOrdered(
      reads,
      Math.max(2, pool.size + 1),
      (read) => this.#read(read),
      this.#signal,
    )) {
      yield* this.#settled(false);
    }
    yield* this.#settled(true);
  }

  /** Makes the files and notes which blobs go where. */
  async #begin(): Promise<void> {
    const made: number[] = [];
    for (const [number, job] of this.#jobs.entries()) {
      this.#byPath.set(job.target.path, number);
      if (job.missing.length > 0) this.#outcomes[number] = { kind: 'damaged', blobs: job.missing };
      else if (job.chunks.length === 1) this.#want(number, 0, 0, 'nothing');
      else made.push(number);
    }
    const { pool } = this.#repository;
    const files: LocalTarget[] = made.map((number) => this.#targetOf(number));
    const creations = files.length === 0 ? [] : await pool.run(pool.idlest, 'create', { files });
    for (const [at, number] of made.entries()) {
      const creation = creations[at];
      if (creation === undefined || 'errno' in creation) this.#refuse(number, creation);
      else this.#wantMissing(number, creation.have);
    }
  }

  #wantMissing(number: number, have: Uint8Array | undefined): void {
    let offset = 0;
    for (const [at, { length }] of (this.#jobs[number]?.chunks ?? []).entries()) {
      if (have?.[at] !== 1) this.#want(number, at, offset, have === undefined ? 'zeros' : 'anything');
      offset += length;
    }
    if (this.#left[number] === 0) this.#written(number);
  }

  #want(number: number, chunk: number, offset: number, onto: WriteTarget['onto']): void {
    const job = this.#jobs[number];
    const id = job?.chunks[chunk]?.id;
    const place = id === undefined ? undefined : this.#repository.index.find('data', id);
    if (job === undefined || place === undefined) return;
    const { pack, entry } = place;
    let blobs = this.#wanted.get(pack);
    if (blobs === undefined) this.#wanted.set(pack, (blobs = new Map()));
    let wanted = blobs.get(entry.id);
    if (wanted === undefined) blobs.set(entry.id, (wanted = { entry, targets: [] }));
    wanted.targets.push({ path: job.target.path, offset, onto });
    this.#left[number] = (this.#left[number] ?? 0) + 1;
  }

  async #read(read: PackRead): Promise<void> {
    for (const id of await this.#writeFrom(read)) await this.#tryElsewhere(id, read);
  }

  /** Writes what a stretch of a pack holds; gives the blobs it does not hold whole. */
  async #writeFrom(read: PackRead): Promise<Id[]> {
    const bytes = await this.#get(read);
    if (bytes === undefined) return read.blobs.map(({ entry }) => entry.id);
    const { pool } = this.#repository;
    const input = { stretch: { bytes, offset: read.offset }, blobs: read.blobs };
    const { problems, refusals } = await pool.run(pool.idlest, 'write', input);
    this.#memory.push(bytes);
    for (const refusal of refusals) this.#refuse(this.#byPath.get(refusal.path), refusal);
    const isLost = new Set(problems.map(({ id }) => id));
    for (const { entry, targets } of read.blobs) {
      if (!isLost.has(entry.id)) for (const { path } of targets) this.#chunkWritten(path);
    }
    return [...isLost];
  }

  async #tryElsewhere(id: Id, read: PackRead): Promise<void> {
    const wanted = read.blobs.find(({ entry }) => entry.id === id);
    if (wanted === undefined) return;
    for (const { pack, entry } of this.#repository.index.findAll('data', id)) {
      if (pack === read.pack && entry.offset === wanted.entry.offset) continue;
      const other = {
        pack,
        offset: entry.offset,
        length: entry.length,
        blobs: [{ entry, targets: wanted.targets }],
      };
      if ((await this.#writeFrom(other)).length === 0) return;
    }
    this.#failBlob(id, read.blobs);
  }

  async #get({ pack, offset, length }: PackRead): Promise<Uint8Array | undefined> {
    const spare = this.#memory.pop();
    const into =
      spare !== undefined && spare.length >= length ? spare : sharedMemory(Math.max(length, LEAST_MEMORY));
    try {
      const options = { offset, length, into, ...(this.#signal && { signal: this.#signal }) };
      await this.#repository.store.get({ kind: 'pack', name: pack }, options);
      return into;
    } catch (error) {
      if (!isFailure(error, 'store/missing') && !isFailure(error, 'store/truncated')) throw error;
      this.#memory.push(into);
      return undefined;
    }
  }

  #failBlob(id: Id, blobs: readonly WantedBlob[]): void {
    const targets = blobs.find(({ entry }) => entry.id === id)?.targets ?? [];
    for (const { path } of targets) {
      const number = this.#byPath.get(path);
      if (number === undefined) continue;
      const before = this.#outcomes[number];
      const lost = before?.kind === 'damaged' ? before.blobs : [];
      this.#outcomes[number] = { kind: 'damaged', blobs: [...lost, id] };
    }
  }

  #refuse(number: number | undefined, refusal: { errno: string; syscall: string } | undefined): void {
    if (number === undefined) return;
    this.#outcomes[number] ??= {
      kind: 'refused',
      errno: refusal?.errno ?? 'EIO',
      syscall: refusal?.syscall ?? 'open',
    };
  }

  #chunkWritten(path: string): void {
    const number = this.#byPath.get(path);
    if (number === undefined) return;
    const left = (this.#left[number] ?? 0) - 1;
    this.#left[number] = left;
    if (left === 0) this.#written(number);
  }

  #written(number: number): void {
    if (this.#outcomes[number] !== undefined) return;
    this.#toProve.push(number);
    this.#toProveBytes += this.#jobs[number]?.sizeBytes ?? 0;
  }

  /** Proves what is written, once it is worth a message or at the end, and yields what is known then. */
  async *#settled(isEnd: boolean): AsyncGenerator<{ target: T; outcome: ContentOutcome }, void, undefined> {
    if (isEnd || this.#toProve.length >= PROVE_FILES || this.#toProveBytes >= PROVE_BYTES) {
      const numbers = this.#toProve;
      this.#toProve = [];
      this.#toProveBytes = 0;
      for (const { number, outcome } of await this.#prove(numbers)) yield this.#told(number, outcome);
    }
    if (!isEnd) return;
    for (const [number, outcome] of this.#outcomes.entries())
      if (outcome !== undefined) yield this.#told(number, outcome);
  }

  #told(number: number, outcome: ContentOutcome): { target: T; outcome: ContentOutcome } {
    const job = this.#jobs[number];
    if (job === undefined) throw new RangeError(`no target ${number}`);
    return { target: job.target, outcome };
  }

  async #prove(numbers: readonly number[]): Promise<{ number: number; outcome: ContentOutcome }[]> {
    const { pool } = this.#repository;
    const shares = shared(numbers, Math.max(1, pool.size));
    const proofs = await Promise.all(
      shares.map((share, member) =>
        pool.run(member, 'prove', { files: share.map((number) => this.#targetOf(number)) }),
      ),
    );
    return shares.flatMap((share, at) =>
      share.map((number, row) => ({ number, outcome: this.#outcomeOf(number, proofs[at]?.[row]) })),
    );
  }

  #outcomeOf(number: number, proof: JobOutput<'prove'>[number] | undefined): ContentOutcome {
    if (proof === 'proved') return { kind: 'written', sizeBytes: this.#jobs[number]?.sizeBytes ?? 0 };
    if (proof === 'differs' || proof === undefined) return { kind: 'differs' };
    return { kind: 'refused', errno: proof.errno, syscall: 'read' };
  }

  #targetOf(number: number): LocalTarget {
    const job = this.#jobs[number];
    return { path: job?.target.path ?? '', chunks: job?.chunks ?? [] };
  }
}

/** Smaller memory is not worth keeping apart. */
const LEAST_MEMORY = 17 * 1024 * 1024;

/** Numbers dealt out evenly. */
function shared(numbers: readonly number[], count: number): number[][] {
  const size = Math.ceil(numbers.length / count);
  return Array.from({ length: count }, (_, at) => numbers.slice(at * size, (at + 1) * size)).filter(
    (share) => share.length > 0,
  );
}
