import type { ByteSource } from '@holdfast/kernel';
import type { BlobType, Id } from '@holdfast/restic-format';
import { stopped, tooLargeBlob } from '../failures.ts';
import type { Compressing, FileFacts, HashedChunk, HashedPiece, Piece } from '../workers/jobs.ts';
import { SLAB_BYTES } from '../workers/pieces.ts';
import { HERE } from '../workers/pool.ts';
import { ClaimedBlobs } from './claimed-blobs.ts';
import { type Filling, type KeptCounts, type PackHome, PackKeeper, type Verify } from './pack-keeper.ts';
import { type HashedPart, StreamSaver } from './stream-saver.ts';
import { WorkQueue } from './work-queue.ts';

/** What was saved, or why it was not; content is in the order of the file. */
export type SavedContent =
  | {
      readonly kind: 'saved';
      readonly content: readonly Id[];
      readonly sizeBytes: number;
      /** Of those, bytes that no pack had before. */
      readonly newBytes: number;
      /** Of a local file, as it was while it was read. */
      readonly facts: FileFacts | undefined;
    }
  | { readonly kind: 'unreadable'; readonly errno: string; readonly syscall: string }
  /** It moved while it was read, or is no file any more. */
  | { readonly kind: 'changed' };

/** Bytes that went through a saver so far (read: of data only), before they were compressed and sealed; it only grows. */
export interface SavedCounts {
  readBytes: number;
  newBlobs: number;
  newBytes: number;
  newSealedBytes: number;
}

/** Lengths in packs have 32 bits; sealed, or compressed in vain, a blob takes a little more than it is long. */
const MOST_BLOB_BYTES = 2 ** 32 - 2 ** 20;

/** So many files at most go to a worker together: enough that a message costs little, few enough to stop soon. */
const MOST_PIECES = 64;

/** So many small files are worth a message of their own. */
const WORTH_PIECES = 32;

/** Sealed in a few milliseconds; starting a thread takes about fifty. */
const LITTLE_BYTES = 256 * 1024;

/** How a saver is to work. */
export interface SaverOptions {
  /** How written packs are proved; default `cache`. */
  readonly verify?: Verify;
  /** How far a drive may be filled; default: to its last byte. */
  readonly filling?: Filling;
  /** So many threads at most seal data, as each leaves one pack that is not full. Default: all. */
  readonly mostSealers?: number;
  /** Called whenever `counts` have grown: every few megabytes of a long file. */
  readonly onRead?: () => void;
  readonly signal?: AbortSignal;
}

interface Task {
  readonly type: BlobType;
  /** Bytes expected still to be read. */
  left: number;
  piece: Piece;
  readonly content: Id[];
  sizeBytes: number;
  newBytes: number;
  /** Called once a part of a stream is hashed; files go on by themselves. */
  readonly onHashed: ((hashed: HashedPart) => void) | undefined;
  settle(outcome: SavedContent): void;
  reject(error: unknown): void;
}

/**
 * Saves files and blobs: cut, deduplicated, sealed into packs, stored and read back.
 *
 * `saved` means that every blob is on its way or was there before; only after `finish` has resolved is all of it proved
 * and listed in an index file. Calls run at the same time; how many is the caller's choice.
 */
export class BlobSaver {
  readonly counts: SavedCounts = { readBytes: 0, newBlobs: 0, newBytes: 0, newSealedBytes: 0 };
  readonly #home: PackHome;
  readonly #keeper: PackKeeper;
  readonly #signal: AbortSignal | undefined;
  readonly #onRead: (() => void) | undefined;
  readonly #queue = new WorkQueue<Task>();
  readonly #trees = new WorkQueue<Task>();
  readonly #streams = new StreamSaver((bytes, part, onHashed) => this.#savePart(bytes, part, onHashed));
  /** Blobs that a worker is sealing or a pack under way holds; the index has all others. */
  readonly #claimed: Readonly<Record<BlobType, ClaimedBlobs>> = {
    data: new ClaimedBlobs(),
    tree: new ClaimedBlobs(),
  };
  readonly #lanes: Promise<void>[];
  #failure: { error: unknown } | undefined;
  #isStopped = false;
  #littleBytes = 0;
  /** Batches of data that workers have. */
  #underWay = 0;

  constructor(
    home: PackHome,
    {
      verify = 'cache',
      filling = 'all',
      mostSealers = Number.POSITIVE_INFINITY,
      onRead,
      signal,
    }: SaverOptions = {},
  ) {
    this.#home = home;
    this.#signal = signal;
    this.#onRead = onRead;
    this.#keeper = new PackKeeper(home, verify, signal, filling, (entries) => {
      for (const { type, id } of entries) this.#claimed[type].delete(id);
    });
    const size = Math.max(1, Math.min(home.pool.size, mostSealers));
    // A lane is one batch on its way; a thread has one for data.
    this.#lanes = Array.from({ length: size }, (_, lane) => this.#serve(this.#queue, lane, lane));
    // Trees all go to one worker: they have packs of their own, and few of them should be left half full.
    this.#lanes.push(this.#serve(this.#trees, this.#lanes.length, 0));
  }

  /** What the store has of it. */
  get kept(): Readonly<KeptCounts> {
    return this.#keeper.counts;
  }

  /** Saves a file of this machine; `sizeBytes` is what is expected of it, for sharing out the work. */
  saveFile(path: string, sizeBytes: number): Promise<SavedContent> {
    return this.#add('data', sizeBytes, {
      kind: 'file',
      path,
      offset: 0,
      facts: undefined,
      compress: undefined,
    });
  }

  /**
   * Saves bytes as one blob and gives its id. The bytes are the saver's from then on. Unless told otherwise, data is
   * compressed where that saves something, and trees always: restic calls for a rewrite of those that are not. Fails with `repository/too-large` for
   * more than 4095 MiB, which no pack can hold.
   */
  async saveBlob(
    type: BlobType,
    bytes: Uint8Array,
    compress: Compressing | undefined = type === 'tree' ? 'always' : undefined,
  ): Promise<Id> {
    if (bytes.length > MOST_BLOB_BYTES) throw tooLargeBlob(type, bytes.length);
    const piece: Piece = { kind: 'bytes', bytes, isLast: true, compress, isWhole: true };
    const saved = await this.#add(type, bytes.length, piece);
    const [id] = saved.kind === 'saved' ? saved.content : [];
    if (id === undefined) throw stopped();
    return id;
  }

  /**
   * Saves a stream as file content; an error of the source rejects. Many at once are saved in bounded memory: reading them waits
   * for that.
   */
  saveStream(source: ByteSource): Promise<SavedContent> {
    return this.#streams.save(source);
  }

  /** Resolves when everything saved is proved and listed in an index file; nothing can be saved after. */
  async finish(): Promise<void> {
    await this.#stop();
    this.#throwFailure();
    const { pool } = this.#home;
    for (const member of pool.used) {
      const { packs } = await pool.run(member, 'flush', {});
      for (const pack of packs) await this.#keeper.keep(pack, member);
    }
    await this.#keeper.settle();
  }

  /** After a failure or an abort: lists what is already proved, so that the next run finds it, and stops. */
  async salvage(): Promise<void> {
    this.#failure ??= { error: this.#signal?.reason ?? stopped() };
    for (const queue of [this.#queue, this.#trees]) {
      for (const task of queue.drain()) task.reject(this.#failure.error);
    }
    await this.#stop();
    await this.#keeper.salvage();
  }

  async #savePart(
    bytes: Uint8Array,
    { isLast, compress }: { isLast: boolean; compress: Compressing | undefined },
    onHashed: (hashed: HashedPart) => void,
  ): Promise<Extract<SavedContent, { kind: 'saved' }>> {
    const piece: Piece = { kind: 'bytes', bytes, isLast, compress, isWhole: false };
    const saved = await this.#add('data', bytes.length, piece, onHashed);
    if (saved.kind !== 'saved') throw stopped();
    return saved;
  }

  #add(
    type: BlobType,
    left: number,
    piece: Piece,
    onHashed?: (hashed: HashedPart) => void,
  ): Promise<SavedContent> {
    this.#throwFailure();
    if (this.#isStopped) throw stopped();
    this.#signal?.throwIfAborted();
    return new Promise((settle, reject) => {
      const task: Task = {
        type,
        left,
        piece,
        content: [],
        sizeBytes: 0,
        newBytes: 0,
        onHashed,
        settle,
        reject,
      };
      (type === 'tree' ? this.#trees : this.#queue).add(task);
    });
  }

  async #stop(): Promise<void> {
    this.#isStopped = true;
    this.#queue.close();
    this.#trees.close();
    await Promise.all(this.#lanes);
  }

  async #serve(queue: WorkQueue<Task>, lane: number, member: number): Promise<void> {
    const isData = queue === this.#queue;
    while (await queue.wait(() => !isData || this.#isWorthTaking())) {
      const tasks = takeBatch(queue);
      if (isData) this.#underWay += 1;
      try {
        this.#throwFailure();
        this.#signal?.throwIfAborted();
        await this.#save(queue, tasks, lane, this.#isLittle(tasks) ? HERE : member);
      } catch (error) {
        this.#failure ??= { error };
        for (const task of tasks) task.reject(error);
      } finally {
        if (isData) this.#underWay -= 1;
      }
    }
  }

  /** A message costs about as much as sealing a small file: while a thread is busy, a few of them wait for more. */
  #isWorthTaking(): boolean {
    const { length } = this.#queue;
    return this.#underWay === 0 || length >= WORTH_PIECES || (this.#queue.peek()?.left ?? 0) > LITTLE_BYTES;
  }

  /**
   * While no thread runs, a few small things are no reason to start one: where nothing much changed none ever is. Streams
   * come a few at a time, so it counts what there was before, too.
   */
  #isLittle(tasks: readonly Task[]): boolean {
    if (this.#home.pool.hasThreads) return false;
    this.#littleBytes += tasks.reduce((sum, task) => sum + task.left, 0);
    return this.#littleBytes <= LITTLE_BYTES;
  }

  async #save(queue: WorkQueue<Task>, tasks: readonly Task[], lane: number, member: number): Promise<void> {
    const type = tasks[0]?.type ?? 'data';
    const { pool } = this.#home;
    const pieces = await pool.run(member, 'hash', { lane, pieces: tasks.map((task) => task.piece) });
    const wanted: number[] = [];
    const settled: (() => void)[] = [];
    for (const [index, piece] of pieces.entries()) {
      const task = tasks[index];
      if (task === undefined) continue;
      if (piece.kind === 'hashed') this.#claim(task, piece, wanted);
      const settle = this.#settlement(queue, task, piece);
      if (settle !== undefined) settled.push(settle);
    }
    this.#onRead?.();
    const spares = this.#keeper.takeSpares(member);
    const packed = await pool.run(member, 'pack', { lane, type, wanted: Uint8Array.from(wanted), spares });
    this.counts.newSealedBytes += packed.sealedBytes;
    for (const settle of settled) settle();
    for (const pack of packed.packs) await this.#keeper.keep(pack, member);
  }

  #claim(task: Task, piece: Extract<HashedPiece, { kind: 'hashed' }>, wanted: number[]): void {
    for (const chunk of piece.chunks) {
      const isNew = this.#isNew(task.type, chunk);
      wanted.push(isNew ? 1 : 0);
      task.content.push(chunk.id);
      if (isNew) task.newBytes += chunk.length;
    }
    task.sizeBytes += piece.consumed;
    if (task.type === 'data') this.counts.readBytes += piece.consumed;
  }

  #isNew(type: BlobType, chunk: HashedChunk): boolean {
    const claimed = this.#claimed[type];
    if (claimed.has(chunk.id) || this.#home.index.has(type, chunk.id)) return false;
    claimed.add(chunk.id);
    this.counts.newBlobs += 1;
    this.counts.newBytes += chunk.length;
    return true;
  }

  /** What to do with a task once its chunks are with a packer; a file that goes on is queued again at once. */
  #settlement(queue: WorkQueue<Task>, task: Task, piece: HashedPiece): (() => void) | undefined {
    if (piece.kind !== 'hashed') return () => task.settle(piece);
    if (task.piece.kind === 'file' && !piece.isLast) {
      const offset = task.piece.offset + piece.consumed;
      task.left = Math.max(0, (piece.facts?.sizeBytes ?? 0) - offset);
      task.piece = { ...task.piece, offset, facts: piece.facts, compress: piece.compress };
      queue.addFirst(task);
      return undefined;
    }
    task.onHashed?.(piece);
    const { content, sizeBytes, newBytes } = task;
    return () => task.settle({ kind: 'saved', content, sizeBytes, newBytes, facts: piece.facts });
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/** As many tasks as fit a lane's memory by what is expected of them, at least one. */
function takeBatch(queue: WorkQueue<Task>): Task[] {
  const tasks: Task[] = [];
  let bytes = 0;
  for (let next = queue.peek(); next !== undefined && tasks.length < MOST_PIECES; next = queue.peek()) {
    if (tasks.length > 0 && bytes + next.left > SLAB_BYTES) break;
    queue.take();
    tasks.push(next);
    bytes += next.left;
  }
  return tasks;
}
