import { constants } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, errnoOf } from '@holdfast/kernel';

/** What a cache of files is made with. */
export interface FileCacheOptions {
  /** Its own: everything in it may be removed, by anybody, at any time. */
  readonly folder: string;
  /** All files together; the ones used last are kept. */
  readonly limitBytes: number;
  readonly clock: Clock;
}

/** What is removed when there is too much: down to this part of the limit, so that it is not at every file. */
const KEPT_PART = 0.8;

/** That a file was used is noted again after so long. */
const NOTED_FOR_MS = 24 * 60 * 60 * 1000;

/** Longest file that is kept. */
const MOST_BYTES = 32 * 1024 * 1024;

const NAME = /^[0-9a-f]{64}$/;

interface Kept {
  readonly path: string;
  readonly sizeBytes: number;
  readonly usedMs: number;
}

/**
 * Bytes on disk by a name of 64 hexadecimal digits, as long as there is room. It is a cache: that something cannot be written or read is no failure, it
 * is as if it had never been there.
 */
export class FileCache {
  readonly #folder: string;
  readonly #limitBytes: number;
  readonly #clock: Clock;
  /** Bytes in the folder; counted when something is first put. */
  #usedBytes: number | undefined;
  /** What counts and removes, one after the other. */
  #counting: Promise<void> = Promise.resolve();
  #drafts = 0;

  constructor({ folder, limitBytes, clock }: FileCacheOptions) {
    this.#folder = folder;
    this.#limitBytes = limitBytes;
    this.#clock = clock;
  }

  /** The bytes kept under a name. */
  async get(name: string): Promise<Uint8Array | undefined> {
    const path = this.#pathOf(name);
    try {
      await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
      const { size, mtimeMs } = await file.stat();
      if (size === 0 || size > MOST_BYTES) return undefined;
      const bytes = await file.readFile();
      const now = this.#clock.now().epochMilliseconds;
      if (Math.abs(now - mtimeMs) > NOTED_FOR_MS) await utimes(path, now / 1000, now / 1000);
      return bytes;
    } catch {
      return undefined;
    }
  }

  /** Keeps bytes under a name: another reader sees all of them or none. */
  async put(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(name);
    const draft = join(this.#folder, `draft-${process.pid}-${this.#drafts++}`);
    try {
      await mkdir(join(this.#folder, name.slice(0, 2)), { recursive: true, mode: 0o700 });
      await writeFile(draft, bytes, { mode: 0o600 });
      const now = this.#clock.now().epochMilliseconds / 1000;
      await utimes(draft, now, now);
      await rename(draft, path);
      this.#counting = this.#counting.then(() => this.#account(bytes.length));
      await this.#counting;
    } catch (error) {
      // A full disk, a folder that somebody removes: the next one may be luckier.
      if (errnoOf(error) === undefined) throw error;
      await rm(draft, { force: true }).catch(() => {});
    }
  }

  #pathOf(name: string): string {
    return join(this.#folder, name.slice(0, 2), name);
  }

  async #account(addedBytes: number): Promise<void> {
    if (this.#usedBytes === undefined) {
      this.#usedBytes = 0;
      for await (const kept of this.#all()) this.#usedBytes += kept.sizeBytes;
    } else this.#usedBytes += addedBytes;
    if (this.#usedBytes > this.#limitBytes) this.#usedBytes = await this.#makeRoom();
  }

  async #makeRoom(): Promise<number> {
    const all: Kept[] = [];
    for await (const kept of this.#all()) all.push(kept);
    let sizeBytes = all.reduce((sum, kept) => sum + kept.sizeBytes, 0);
    for (const kept of all.toSorted((a, b) => a.usedMs - b.usedMs)) {
      if (sizeBytes <= this.#limitBytes * KEPT_PART) break;
      await rm(kept.path, { force: true }).catch(() => {});
      sizeBytes -= kept.sizeBytes;
    }
    return sizeBytes;
  }

  async *#all(): AsyncGenerator<Kept, void, undefined> {
    for (let part = 0; part < 256; part++) {
      const folder = join(this.#folder, part.toString(16).padStart(2, '0'));
      try {
        for await (const { name } of await opendir(folder)) {
          if (!NAME.test(name)) continue;
          const path = join(folder, name);
          const { size, mtimeMs } = await stat(path);
          yield { path, sizeBytes: size, usedMs: mtimeMs };
        }
      } catch (error) {
        if (errnoOf(error) === undefined) throw error;
      }
    }
  }
}
