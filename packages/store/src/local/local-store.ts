import { mkdir, stat, statfs, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Clock, errnoOf, type RandomBytes, systemClock } from '@holdfast/kernel';
import { absent, exists, missing } from '#failures.ts';
import type { FileKind, FileRef } from '#file.ts';
import type { FreeSpace, GetOptions, ListedFile, ReadBack, ReadBackOptions, Store } from '#store.ts';
import { failureOf, notAFile } from './errno.ts';
import { FOLDERS, locate, TEMPORARY_BYTES, temporaryName } from './layout.ts';
import { DirectReader, readRange } from './read.ts';
import { entryAt, scanKind, scanPackNames, sweep } from './scan.ts';
import { syncFolder, writeNew } from './write.ts';

/** Time and chance of a {@link LocalStore}: its temporary files' names, and when such a file is a leftover. */
export interface LocalStoreOptions {
  readonly clock?: Clock;
  readonly random?: RandomBytes;
}

/**
 * A store in a folder, laid out as restic's local one (restic design, "Repository Layout"); files 0600, folders 0700.
 *
 * A folder without `data` in it counts as absent: it is what an unplugged drive leaves at its mount point, and
 * writing there would fill the wrong disk.
 */
export class LocalStore implements Store {
  readonly location: string;
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  readonly #direct = new DirectReader();
  /** Folders this object has already written to: they exist, and old leftovers in them do not. */
  readonly #prepared = new Set<string>();
  /** Those it made, whose own names are not durable yet. */
  readonly #made = new Set<string>();

  constructor(folder: string, { clock = systemClock, random = systemRandom }: LocalStoreOptions = {}) {
    this.location = resolve(folder);
    this.#clock = clock;
    this.#random = random;
  }

  async create(): Promise<void> {
    try {
      await makeFolders(this.location);
      for (const name of Object.values(FOLDERS)) await makeFolder(join(this.location, name));
      await syncFolder(this.location);
    } catch (error) {
      throw failureOf(error, this.location);
    }
  }

  async put(file: FileRef, parts: readonly Uint8Array[], signal?: AbortSignal): Promise<void> {
    const { folder, path } = locate(this.location, file);
    signal?.throwIfAborted();
    try {
      await this.#prepare(folder);
      const temporary = temporaryName(path, this.#random(TEMPORARY_BYTES));
      const isFolderNew = this.#made.has(folder);
      const isNew = await writeNew({ path, temporary, parts, isFolderNew }, signal);
      if (!isNew) throw exists(file, this.location);
      if (isFolderNew) this.#made.delete(folder);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') this.#prepared.delete(folder);
      throw (await this.#absence(error)) ?? failureOf(error, path);
    }
  }

  async get(file: FileRef, options: GetOptions = {}): Promise<Uint8Array> {
    const { path } = locate(this.location, file);
    options.signal?.throwIfAborted();
    try {
      return await readRange(file, path, options);
    } catch (error) {
      throw await this.#explain(error, file, path);
    }
  }

  /** From `device` by `O_DIRECT` (Linux, where the file system has it); everything else says `cache`. */
  async readBack(file: FileRef, { from, ...options }: ReadBackOptions): Promise<ReadBack> {
    if (from === 'cache') return { bytes: await this.get(file, options), from };
    const { path } = locate(this.location, file);
    options.signal?.throwIfAborted();
    try {
      const bytes = await this.#direct.read(file, path, options);
      return bytes === undefined ? await this.readBack(file, { from: 'cache', ...options }) : { bytes, from };
    } catch (error) {
      throw await this.#explain(error, file, path);
    }
  }

  async size(file: FileRef, signal?: AbortSignal): Promise<number> {
    const { path } = locate(this.location, file);
    signal?.throwIfAborted();
    try {
      const stats = await stat(path);
      if (!stats.isFile()) throw notAFile(path);
      return stats.size;
    } catch (error) {
      throw await this.#explain(error, file, path);
    }
  }

  async *list(kind: FileKind, signal?: AbortSignal): AsyncGenerator<ListedFile> {
    signal?.throwIfAborted();
    try {
      yield* scanKind(this.location, kind, signal);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw (await this.#absence(error)) ?? failureOf(error, this.location);
    }
    // Nothing found is an answer only while the store is there: a drive may go in the middle of a listing.
    await this.#assertThere();
  }

  async packNames(signal?: AbortSignal): Promise<Set<string>> {
    signal?.throwIfAborted();
    try {
      const names = await scanPackNames(this.location, signal);
      // As for a listing.
      await this.#assertThere();
      return names;
    } catch (error) {
      throw (await this.#absence(error)) ?? failureOf(error, this.location);
    }
  }

  /** Durable when resolved, but for packs: prune removes them last, when nothing depends on their absence. */
  async remove(file: FileRef, signal?: AbortSignal): Promise<void> {
    const { folder, path } = locate(this.location, file);
    signal?.throwIfAborted();
    try {
      await unlink(path);
      if (file.kind !== 'pack') await syncFolder(folder);
    } catch (error) {
      throw await this.#explain(error, file, path);
    }
  }

  async freeSpace(signal?: AbortSignal): Promise<FreeSpace | undefined> {
    signal?.throwIfAborted();
    await this.#assertThere();
    try {
      const { bavail, blocks, bsize } = await statfs(this.location);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    } catch (error) {
      throw failureOf(error, this.location);
    }
  }

  async #prepare(folder: string): Promise<void> {
    if (this.#prepared.has(folder)) return;
    await this.#assertThere();
    if (await makeFolder(folder)) this.#made.add(folder);
    await sweep(folder, this.#clock);
    this.#prepared.add(folder);
  }

  async #assertThere(): Promise<void> {
    try {
      const { entry } = await entryAt(join(this.location, FOLDERS.pack));
      if (entry !== 'folder') throw absent(this.location);
    } catch (error) {
      throw errnoOf(error) === 'ENOTDIR' ? absent(this.location, error) : failureOf(error, this.location);
    }
  }

  /** The `Failure` for an error about a file that should be there. */
  async #explain(error: unknown, file: FileRef, path: string): Promise<unknown> {
    const absence = await this.#absence(error);
    if (absence !== undefined) return absence;
    return errnoOf(error) === 'ENOENT' ? missing(file, this.location, error) : failureOf(error, path);
  }

  /** Why nothing of the store can be reached, when that is what is behind an error about one path. */
  async #absence(error: unknown): Promise<unknown> {
    const errno = errnoOf(error);
    if (errno !== 'ENOENT' && errno !== 'ENOTDIR') return undefined;
    return await this.#assertThere().then(
      () => undefined,
      (absence: unknown) => absence,
    );
  }
}

const systemRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/**
 * Makes a folder and those above it, durably. Not `mkdir` with `recursive`: of Node 26 that says ENOENT on a
 * read-only drive.
 */
async function makeFolders(folder: string): Promise<void> {
  const { entry } = await entryAt(folder);
  if (entry === 'folder') return;
  if (entry === 'nothing') await makeFolders(dirname(folder));
  if (await makeFolder(folder)) await syncFolder(dirname(folder));
}

/** Makes one folder: `false` if it is there already. The caller makes its name durable. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  if ((await entryAt(folder)).entry !== 'folder') throw notAFile(folder);
  return false;
}
