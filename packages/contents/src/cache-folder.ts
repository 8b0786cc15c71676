import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Id } from '@holdfast/restic-format';
import { INDEX_VERSION } from './database/schema.ts';
import { cacheFailure } from './failures.ts';

const DRAFT = '.new';

/** Names of indexes, of whatever version and zone: nothing else that lies there is ours to remove. */
const INDEX = /^[0-9a-f]{64}\..+\.sqlite$/;

/**
 * The folder of indexes: a file each, named by what it is made of, so that one of another version or zone is not taken for it. Fails with
 * `contents/cache`.
 */
export class CacheFolder {
  readonly #folder: string;
  readonly #suffix: string;

  constructor(folder: string, timeZone: string) {
    this.#folder = folder;
    this.#suffix = `.${INDEX_VERSION}.${timeZone.replaceAll(/[^A-Za-z0-9+-]/g, '_')}.sqlite`;
  }

  /** The file of a backup's index, when there is one. */
  find(snapshot: Id): string | undefined {
    const path = this.#pathOf(snapshot);
    return existsSync(path) ? path : undefined;
  }

  /** An empty file, for its owner alone, in which an index is made. */
  draft(snapshot: Id): string {
    const path = this.#pathOf(snapshot) + DRAFT;
    this.#guard(() => {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      rmSync(path, { force: true });
      closeSync(openSync(path, 'wx', 0o600));
    });
    return path;
  }

  /** A draft that has all of the backup's index, when there is one. */
  copy(snapshot: Id): string | undefined {
    const from = this.find(snapshot);
    if (from === undefined) return undefined;
    const path = this.draft(snapshot);
    this.#guard(() => copyFileSync(from, path, constants.COPYFILE_FICLONE));
    return path;
  }

  /** Makes the draft the index, and gives its path. */
  finish(snapshot: Id): string {
    const path = this.#pathOf(snapshot);
    this.#guard(() => renameSync(path + DRAFT, path));
    return path;
  }

  /** It is looked at. */
  touch(snapshot: Id, now: Temporal.Instant): void {
    const seconds = now.epochMilliseconds / 1000;
    this.#guard(() => utimesSync(this.#pathOf(snapshot), seconds, seconds));
  }

  remove(snapshot: Id): void {
    this.#guard(() => rmSync(this.#pathOf(snapshot), { force: true }));
  }

  /** Removes all but so many that were looked at last; those that are open stay, and drafts. */
  keepLast(count: number, open: ReadonlySet<Id>): void {
    this.#guard(() => {
      const files = readdirSync(this.#folder).filter((name) => INDEX.test(name));
      const closed = files
        .filter((name) => !open.has(name.slice(0, 64)) || !name.endsWith(this.#suffix))
        .map((name) => ({ name, time: statSync(join(this.#folder, name)).mtimeMs }))
        .toSorted((a, b) => b.time - a.time);
      for (const { name } of closed.slice(Math.max(0, count - open.size)))
        rmSync(join(this.#folder, name), { force: true });
    });
  }

  /** Removes indexes of all other snapshots; drafts stay. */
  keepOnly(snapshots: ReadonlySet<Id>): void {
    this.#guard(() => {
      if (!existsSync(this.#folder)) return;
      for (const name of readdirSync(this.#folder))
        if (INDEX.test(name) && !snapshots.has(name.slice(0, 64)))
          rmSync(join(this.#folder, name), { force: true });
    });
  }

  #pathOf(snapshot: Id): string {
    return join(this.#folder, snapshot + this.#suffix);
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (cause) {
      throw cacheFailure(this.#folder, cause);
    }
  }
}
