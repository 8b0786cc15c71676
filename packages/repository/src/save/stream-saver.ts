import { type ByteSource, concatBytes } from '@holdfast/kernel';
import { MAX_CHUNK_LENGTH } from '@holdfast/restic-format';
import { allowCollectingHere, CipherGarbage } from '../workers/garbage.ts';
import type { Compressing } from '../workers/jobs.ts';
import type { SavedContent } from './blob-saver.ts';
import { ByteBudget } from './byte-budget.ts';
import { type Shelved, Shelves } from './shelves.ts';
import { SlabPool } from './slab-pool.ts';

type Saved = Extract<SavedContent, { kind: 'saved' }>;

/** Of a part that was hashed: how much of it is in chunks, and whether the file is worth compressing. */
export interface HashedPart {
  readonly consumed: number;
  readonly compress: Compressing;
}

/** Saves a part of a stream; tells as soon as it is hashed, and resolves once it is sealed. */
export type SavePart = (
  bytes: Uint8Array,
  part: { readonly isLast: boolean; readonly compress: Compressing | undefined },
  onHashed: (hashed: HashedPart) => void,
) => Promise<Saved>;

/** Streams up to this length go to a worker whole, many in a batch. */
const SMALL_BYTES = 256 * 1024;

/** Small streams that were read and are not sealed yet, together; those being read then may still be added. */
const MOST_SMALL_BYTES = 8 * 1024 * 1024;

/** New bytes in each part of a long stream. */
const PART_BYTES = 6 * 1024 * 1024;

/** Room before them for what the part before left over: less than the longest chunk. */
const TAIL_BYTES = MAX_CHUNK_LENGTH;

/** Enough for three streams at once, each with one part being filled, one being hashed and one being sealed. */
const MOST_SLABS = 9;

/**
 * Saves streams, many small ones at once or a few long ones, in bounded memory: a small one is copied once, a long one lies in memory
 * that is shared with the workers, and its next part is read while they are busy with the last ones.
 */
export class StreamSaver {
  readonly #savePart: SavePart;
  readonly #budget = new ByteBudget(MOST_SMALL_BYTES);
  /** Every chunk from a socket is new memory, as a cipher's are. */
  readonly #garbage = new CipherGarbage();
  readonly #shelves = new Shelves();
  readonly #slabs = new SlabPool(TAIL_BYTES + PART_BYTES, MOST_SLABS);

  constructor(savePart: SavePart) {
    this.#savePart = savePart;
  }

  /** Resolves when all of it is sealed, or rejects with the error of the source or of saving. */
  async save(source: ByteSource): Promise<Saved> {
    allowCollectingHere();
    await this.#budget.room();
    const begun = new Beginning(this.#shelves);
    let long: LongStream | undefined;
    try {
      for await (const chunk of source) {
        this.#garbage.add(chunk.length);
        if (long === undefined && begun.sizeBytes + chunk.length <= SMALL_BYTES) {
          begun.add(chunk);
          continue;
        }
        if (long === undefined) {
          long = new LongStream(this.#savePart, this.#slabs);
          for (const part of begun.parts) await long.put(part);
          begun.letGo();
        }
        await long.put(chunk);
      }
    } catch (error) {
      begun.letGo();
      long?.abandon();
      throw error;
    }
    return long === undefined ? this.#saveSmall(begun.whole()) : long.end();
  }

  async #saveSmall({ bytes, letGo }: Shelved): Promise<Saved> {
    this.#budget.hold(bytes.length);
    try {
      return await this.#savePart(bytes, { isLast: true, compress: undefined }, () => {});
    } finally {
      this.#budget.release(bytes.length);
      letGo();
    }
  }
}

/** The first bytes of a stream, on a shelf: mostly it is one chunk and no more. */
class Beginning {
  readonly #shelves: Shelves;
  #shelved: Shelved | undefined;
  readonly #more: Uint8Array[] = [];
  sizeBytes = 0;

  constructor(shelves: Shelves) {
    this.#shelves = shelves;
  }

  get parts(): readonly Uint8Array[] {
    return this.#shelved === undefined ? [] : [this.#shelved.bytes, ...this.#more];
  }

  add(chunk: Uint8Array): void {
    this.sizeBytes += chunk.length;
    if (this.#shelved === undefined) this.#shelved = this.#shelves.put(chunk);
    else this.#more.push(chunk.slice());
  }

  /** All of it, in one piece. */
  whole(): Shelved {
    if (this.#shelved !== undefined && this.#more.length === 0) return this.#shelved;
    const whole = this.#shelves.put(concatBytes(this.parts));
    this.letGo();
    return whole;
  }

  letGo(): void {
    this.#shelved?.letGo();
    this.#shelved = undefined;
  }
}

/** A part on its way. */
interface Part {
  readonly slab: Uint8Array;
  readonly bytes: Uint8Array;
  readonly hashed: Promise<HashedPart>;
  readonly saved: Promise<Saved>;
}

/** One long stream: filled part by part. */
class LongStream {
  readonly #savePart: SavePart;
  readonly #slabs: SlabPool;
  readonly #saved: Promise<Saved>[] = [];
  #slab: Uint8Array | undefined;
  #to = TAIL_BYTES;
  #before: Part | undefined;
  #compress: Compressing | undefined;

  constructor(savePart: SavePart, slabs: SlabPool) {
    this.#savePart = savePart;
    this.#slabs = slabs;
  }

  async put(chunk: Uint8Array): Promise<void> {
    for (let rest = chunk; rest.length > 0; ) {
      this.#slab ??= await this.#slabs.take();
      const part = rest.subarray(0, this.#slab.length - this.#to);
      this.#slab.set(part, this.#to);
      this.#to += part.length;
      rest = rest.subarray(part.length);
      if (this.#to === this.#slab.length) await this.#send(this.#slab, false);
    }
  }

  async end(): Promise<Saved> {
    try {
      this.#slab ??= await this.#slabs.take();
      await this.#send(this.#slab, true);
    } catch (error) {
      this.abandon();
      throw error;
    }
    this.#letGo();
    const parts = await Promise.all(this.#saved);
    return {
      kind: 'saved',
      content: parts.flatMap(({ content }) => content),
      sizeBytes: parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      newBytes: parts.reduce((sum, { newBytes }) => sum + newBytes, 0),
      facts: undefined,
    };
  }

  /** Nothing more comes; what is on its way is saved in vain. */
  abandon(): void {
    if (this.#slab !== undefined) this.#slabs.give(this.#slab);
    this.#slab = undefined;
    this.#letGo();
  }

  async #send(slab: Uint8Array, isLast: boolean): Promise<void> {
    const tail = await this.#tail();
    const from = TAIL_BYTES - tail.length;
    slab.set(tail, from);
    this.#letGo();
    const bytes = slab.subarray(from, this.#to);
    const { promise: hashed, resolve, reject } = Promise.withResolvers<HashedPart>();
    const saved = this.#savePart(bytes, { isLast, compress: this.#compress }, resolve);
    // Awaited later, if at all: until then their failure is nobody's.
    saved.catch(reject);
    hashed.catch(() => {});
    this.#saved.push(saved);
    this.#before = { slab, bytes, hashed, saved };
    this.#slab = undefined;
    this.#to = TAIL_BYTES;
  }

  /** What the part before left over. */
  async #tail(): Promise<Uint8Array> {
    if (this.#before === undefined) return new Uint8Array(0);
    const { consumed, compress } = await this.#before.hashed;
    this.#compress = compress;
    return this.#before.bytes.subarray(consumed);
  }

  /** The part before is needed no more: its memory is free once it is sealed. */
  #letGo(): void {
    if (this.#before === undefined) return;
    const { slab, saved } = this.#before;
    this.#before = undefined;
    const give = (): void => this.#slabs.give(slab);
    saved.then(give, give);
  }
}
