import { isFailure } from '@holdfast/kernel';
import {
  type HeldLock,
  type IndexedRepository,
  indexFilesNow,
  loadIndex,
  type OpenRepository,
  packsGone,
} from '@holdfast/repository';

/** An index is read on threads only where it is large; each costs memory. */
const THREADS = 1;

/** Told how many files were gone or could not be read, where some were. */
type TellMissed = ((files: number) => Promise<void>) | undefined;

/** An index in memory, and who uses it. */
interface UsedIndex {
  readonly repository: IndexedRepository;
  leave(): Promise<void>;
}

/** One time under a lock, with one index in memory for all who read. Disposing of it gives the lock back; who reads still has the index. */
export class Visit implements AsyncDisposable {
  readonly lock: HeldLock;
  readonly #repository: OpenRepository;
  readonly #onMissed: TellMissed;
  #current: { readonly names: string; readonly index: SharedIndex } | undefined;
  #loading: Promise<SharedIndex> | undefined;

  constructor(repository: OpenRepository, lock: HeldLock, onMissed: TellMissed) {
    this.#repository = repository;
    this.#onMissed = onMissed;
    this.lock = lock;
  }

  /** The index of all that the index files list now: read again only when there are others. */
  async newestIndex(): Promise<UsedIndex> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    const index = await this.#loading;
    return index.use();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#current?.index.leave();
    this.#current = undefined;
    await this.lock[Symbol.asyncDispose]();
  }

  async #load(): Promise<SharedIndex> {
    const { signal } = this.lock;
    const names = await indexFilesNow(this.#repository, signal);
    if (this.#current?.names === names) return this.#current.index;
    const loaded = await loadIndex(this.#repository, { threads: THREADS, tolerate: true, signal });
    await this.#tellMissed(loaded);
    const index = new SharedIndex(loaded);
    const old = this.#current;
    this.#current = { names, index };
    await old?.index.leave();
    return index;
  }

  /** Under the lock nobody removes packs: those that are not there are gone. */
  async #tellMissed(loaded: IndexedRepository): Promise<void> {
    if (this.#onMissed === undefined) return;
    const gone = await packsGone(loaded, this.lock.signal).catch(noneIfFailure);
    const missed = gone.length + loaded.unreadableIndexes.length;
    if (missed > 0) await this.#onMissed(missed);
  }
}

/** What can be read is read, also where the packs cannot all be listed. */
function noneIfFailure(error: unknown): readonly never[] {
  if (!isFailure(error)) throw error;
  return [];
}

/** Lives until the visit and all its readers have left it. */
class SharedIndex {
  readonly repository: IndexedRepository;
  #users = 1;

  constructor(repository: IndexedRepository) {
    this.repository = repository;
  }

  use(): UsedIndex {
    this.#users += 1;
    return { repository: this.repository, leave: () => this.leave() };
  }

  async leave(): Promise<void> {
    this.#users -= 1;
    if (this.#users === 0) await this.repository[Symbol.asyncDispose]();
  }
}
