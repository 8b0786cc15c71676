import { type Clock, equalBytes, isFailure } from '@holdfast/kernel';
import { type BlobEntry, formatIndexFile, type Id } from '@holdfast/restic-format';
import type { FileRef, ReadFrom, Store } from '@holdfast/store';
import { nearlyFull, unreliableStore } from '../failures.ts';
import type { BlobIndex } from '../index-table/blob-index.ts';
import type { UnpackedFiles } from '../unpacked.ts';
import type { SealedPack } from '../workers/jobs.ts';
import type { WorkerPool } from '../workers/pool.ts';

/** How a pack is proved after it was stored; `off` trusts the store's word. */
export type Verify = ReadFrom | 'off';

/** How much of the drive may be filled: a backup leaves a reserve for what makes room again. */
export type Filling = 'all' | 'leave-reserve';

/**
 * Left free for locks, index files and what a prune saves again: on a drive that is full to the last byte nothing could be
 * forgotten or pruned any more. Of small drives, a share.
 */
const RESERVE_BYTES = 64 * 1024 * 1024;
const RESERVE_SHARE = 1 / 64;

/** A pack that reads back wrong is written again this often before the store is called unreliable. */
const WRITE_ATTEMPTS = 3;

/** Packs at once on their way to the store: enough to hide its latency, each up to 17 MiB of memory. */
const MOST_UNDER_WAY = 2;

/** A pack is read back through the cache so many bytes at a time: memory for whole packs would be the largest of all. */
const PIECE_BYTES = 2 * 1024 * 1024;

/** An index file is saved for so many blobs (restic: 50,000; making one takes a kilobyte a blob), or after this long. */
const INDEX_BLOBS = 25_000;
const INDEX_AGE = Temporal.Duration.from({ minutes: 5 });

/** What a keeper needs of a repository. */
export interface PackHome {
  readonly store: Store;
  readonly files: UnpackedFiles;
  readonly index: BlobIndex;
  readonly pool: WorkerPool;
  readonly clock: Clock;
}

/** Bytes and packs so far; it only grows. */
export interface KeptCounts {
  storedPacks: number;
  storedBytes: number;
  verifiedBytes: number;
  /** Packs verified by reading past the operating system's cache. */
  devicePacks: number;
}

/** Stores packs, proves each by reading it back, and lists the proved ones in index files. */
export class PackKeeper {
  readonly counts: KeptCounts = { storedPacks: 0, storedBytes: 0, verifiedBytes: 0, devicePacks: 0 };
  readonly #home: PackHome;
  readonly #verify: Verify;
  readonly #signal: AbortSignal | undefined;
  readonly #filling: Filling;
  readonly #onKept: ((entries: readonly BlobEntry[]) => void) | undefined;
  readonly #underWay = new Set<Promise<void>>();
  /** Packs not in an index file yet, by the numbers of their blobs in the index: entries would be the largest thing in the heap. */
  #unlisted: { id: Id; first: number; end: number }[] = [];
  #unlistedBlobs = 0;
  #oldestUnlisted: Temporal.Instant | undefined;
  /** By pool member: each gets back what it sent, or one would hoard what another has to allocate. */
  readonly #spares = new Map<number, Uint8Array[]>();
  #readMemory: Uint8Array[] = [];
  #failure: { error: unknown } | undefined;
  /** Of packs that are being put or about to be: room that is as good as taken. */
  #claimedBytes = 0;
  readonly #puts = new Set<Promise<void>>();

  /** `onKept` is called once the index has the entries of a pack. */
  constructor(
    home: PackHome,
    verify: Verify,
    signal?: AbortSignal,
    filling: Filling = 'all',
    onKept?: (entries: readonly BlobEntry[]) => void,
  ) {
    this.#home = home;
    this.#verify = verify;
    this.#signal = signal;
    this.#filling = filling;
    this.#onKept = onKept;
  }

  /** Memory of packs that came from this pool member and are stored, to be filled again. */
  takeSpares(member: number): readonly Uint8Array[] {
    const spares = this.#spares.get(member) ?? [];
    this.#spares.delete(member);
    return spares;
  }

  /** Takes a pack over from a pool member; resolves when there is room for the next. Rejects once storing any pack has failed for good. */
  async keep(pack: SealedPack, member: number): Promise<void> {
    while (this.#underWay.size >= MOST_UNDER_WAY) await Promise.race(this.#underWay);
    this.#throwFailure();
    const done = this.#keep(pack, member).catch((error: unknown) => {
      this.#failure ??= { error };
    });
    const tracked = done.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    if (this.#isIndexDue()) await this.saveIndex();
  }

  /** Resolves when every pack taken over is proved and listed in an index file. */
  async settle(): Promise<void> {
    await this.#allStored();
    this.#throwFailure();
    await this.saveIndex();
  }

  /** After a failure or an abort: lists what was proved, so that the next run finds it. */
  async salvage(): Promise<void> {
    await this.#allStored();
    await this.saveIndex(AbortSignal.timeout(60_000));
  }

  async saveIndex(signal = this.#signal): Promise<void> {
    if (this.#unlisted.length === 0) return;
    const { index } = this.#home;
    const packs = this.#unlisted.map(({ id, first, end }) => ({ id, blobs: index.entries(first, end) }));
    this.#unlisted = [];
    this.#unlistedBlobs = 0;
    this.#oldestUnlisted = undefined;
    await this.#home.files.save('index', formatIndexFile({ supersedes: [], packs }), signal);
  }

  async #allStored(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #keep(pack: SealedPack, member: number): Promise<void> {
    const bytes = pack.bytes.subarray(0, pack.length);
    for (let attempt = 1; ; attempt++) {
      this.#signal?.throwIfAborted();
      await this.#put(pack.id, bytes);
      if (this.#verify === 'off' || (await this.#isWhole(pack, this.#verify))) break;
      await this.#home.store.remove({ kind: 'pack', name: pack.id });
      if (attempt === WRITE_ATTEMPTS) throw unreliableStore(this.#home.store.location, pack.id);
    }
    this.counts.storedPacks += 1;
    this.counts.storedBytes += pack.length;
    const { index } = this.#home;
    const first = index.blobCount;
    index.addPack(pack.id, pack.entries);
    this.#unlisted.push({ id: pack.id, first, end: index.blobCount });
    this.#unlistedBlobs += pack.entries.length;
    this.#onKept?.(pack.entries);
    this.#oldestUnlisted ??= this.#home.clock.now();
    this.#spares.set(member, [...(this.#spares.get(member) ?? []), pack.bytes]);
  }

  async #put(name: Id, bytes: Uint8Array): Promise<void> {
    this.#claimedBytes += bytes.length;
    try {
      while (!(await this.#hasRoom())) {
        // They may have ended meanwhile, and a race of none never would.
        if (this.#puts.size > 0) await Promise.race(this.#puts);
      }
      const put = this.#home.store.put({ kind: 'pack', name }, [bytes], this.#signal);
      const ended = put.catch(() => {}).finally(() => this.#puts.delete(ended));
      this.#puts.add(ended);
      await put;
    } finally {
      this.#claimedBytes -= bytes.length;
    }
  }

  /**
   * Room for what was claimed; false while others are being put, what is written of which counts twice: ask again after.
   * Fails with `repository/nearly-full`.
   */
  async #hasRoom(): Promise<boolean> {
    if (this.#filling === 'all') return true;
    const { store } = this.#home;
    const wereOthers = this.#puts.size > 0;
    // A store that cannot even say that will fail the put, and say why.
    const space = await store.freeSpace(this.#signal).catch((error: unknown) => {
      if (!isFailure(error)) throw error;
      return undefined;
    });
    if (space === undefined) return true;
    const reserveBytes = Math.min(RESERVE_BYTES, space.totalBytes * RESERVE_SHARE);
    if (space.freeBytes - this.#claimedBytes >= reserveBytes) return true;
    if (!wereOthers) throw nearlyFull(store.location, space.freeBytes, reserveBytes + this.#claimedBytes);
    return false;
  }

  /** Compares with the very bytes that were sealed and named: equal bytes have an equal SHA-256, at a tenth of its cost. */
  async #isWhole(pack: SealedPack, from: ReadFrom): Promise<boolean> {
    const sealed = pack.bytes.subarray(0, pack.length);
    const file: FileRef = { kind: 'pack', name: pack.id };
    const { store } = this.#home;
    if ((await store.size(file, this.#signal)) !== pack.length) return false;
    let isFromDevice = false;
    if (from === 'device') {
      const back = await store.readBack(file, { from, ...(this.#signal && { signal: this.#signal }) });
      if (!equalBytes(back.bytes, sealed)) return false;
      isFromDevice = back.from === 'device';
    } else if (!(await this.#isEqualInPieces(file, sealed))) return false;
    this.counts.verifiedBytes += pack.length;
    if (isFromDevice) this.counts.devicePacks += 1;
    return true;
  }

  async #isEqualInPieces(file: FileRef, sealed: Uint8Array): Promise<boolean> {
    const into = this.#readMemory.pop() ?? new Uint8Array(PIECE_BYTES);
    let isEqual = true;
    for (let offset = 0; offset < sealed.length && isEqual; offset += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, sealed.length - offset);
      const bytes = await this.#home.store.get(file, {
        offset,
        length,
        into,
        ...(this.#signal && { signal: this.#signal }),
      });
      isEqual = equalBytes(bytes, sealed.subarray(offset, offset + length));
    }
    this.#readMemory.push(into);
    return isEqual;
  }

  #isIndexDue(): boolean {
    if (this.#unlistedBlobs >= INDEX_BLOBS) return true;
    const since = this.#oldestUnlisted;
    return since !== undefined && Temporal.Instant.compare(since.add(INDEX_AGE), this.#home.clock.now()) <= 0;
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
