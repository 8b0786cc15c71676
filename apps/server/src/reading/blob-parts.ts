import { type ByteSource, Slots } from '@holdfast/kernel';
import type { BlobReader } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';

/** Gives the bytes of a blob from `from` up to `to`, which is not among them. Fails as reading it does. */
export type ReadParts = (
  blobs: Pick<BlobReader, 'loadBlob'>,
  id: Id,
  from: number,
  to: number,
  signal: AbortSignal,
) => ByteSource;

/** The bytes as one part: for who takes them at once. */
export const inOnePart: ReadParts = async function* (blobs, id, from, to, signal) {
  const bytes = await blobs.loadBlob('data', id, signal);
  signal.throwIfAborted();
  yield bytes.subarray(from, to);
};

/** What waits in a connection for a client that does not take it. */
const PART_BYTES = 256 * 1024;

/** Blobs that are held for clients who are in the middle of them: six of the largest. */
const HELD_BYTES = 48 * 1024 * 1024;

/** Each takes its length twice while it is opened. */
const MOST_LOADS = 4;

/**
 * Blobs in parts, for clients who may take a part now and the next in an hour, or never. However many those are, they hold no more than a bounded
 * number of bytes: a blob that nobody has asked for longest is let go of, and read again when its next part is wanted.
 */
export class BlobParts {
  /** By who is in the middle of it; who came last is at the end. */
  readonly #held = new Map<object, Uint8Array>();
  readonly #loads = new Slots(MOST_LOADS);
  readonly #limitBytes: number;
  #heldBytes = 0;

  constructor(limitBytes: number = HELD_BYTES) {
    this.#limitBytes = limitBytes;
  }

  /** How much is held now. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** See {@link ReadParts}: parts of at most 256 KiB, each a copy. */
  readonly read: ReadParts = (blobs, id, from, to, signal) => {
    const load = async (): Promise<Uint8Array> => {
      await this.#loads.take(signal);
      try {
        return await blobs.loadBlob('data', id, signal);
      } finally {
        this.#loads.give();
      }
    };
    return this.#parts(load, from, to, signal);
  };

  async *#parts(load: () => Promise<Uint8Array>, from: number, to: number, signal: AbortSignal): ByteSource {
    const owner = {};
    try {
      for (let at = from, isLast = false; !isLast; at += PART_BYTES) {
        const part = await this.#part(owner, load, at, to);
        signal.throwIfAborted();
        ({ isLast } = part);
        yield part.bytes;
      }
    } finally {
      this.#letGo(owner);
    }
  }

  /** A function of its own: what waits for its client must not keep the blob itself in a variable. */
  async #part(
    owner: object,
    load: () => Promise<Uint8Array>,
    at: number,
    to: number,
  ): Promise<{ readonly bytes: Uint8Array; readonly isLast: boolean }> {
    const blob = this.#held.get(owner) ?? (await load());
    this.#letGo(owner);
    const end = Math.min(to, blob.length);
    const isLast = at + PART_BYTES >= end;
    if (!isLast) this.#hold(owner, blob);
    return { bytes: blob.slice(at, Math.min(end, at + PART_BYTES)), isLast };
  }

  #hold(owner: object, blob: Uint8Array): void {
    this.#held.set(owner, blob);
    this.#heldBytes += blob.length;
    for (const [oldest] of this.#held) {
      if (this.#heldBytes <= this.#limitBytes) return;
      this.#letGo(oldest);
    }
  }

  #letGo(owner: object): void {
    this.#heldBytes -= this.#held.get(owner)?.length ?? 0;
    this.#held.delete(owner);
  }
}
