import { type FSWatcher, watch } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Catalog } from '@holdfast/catalog';
import type { Device } from '@holdfast/devices';
import { folderSource, type Host, type SettingsFile } from '@holdfast/home';
import { errnoOf, isFailure } from '@holdfast/kernel';
import { badRequest, conflict } from '../failures.ts';
import type { Obstacle } from './watcher.ts';

/** A folder of this computer that is there. */
export interface FolderHere {
  readonly device: Device;
  readonly path: string;
  /** When something in it last changed and was then quiet; absent: nothing that is known of. */
  readonly changed?: Temporal.Instant | undefined;
}

/** What the folders need. */
export interface FoldersOptions {
  readonly host: Host;
  readonly catalog: Catalog;
  readonly settings: SettingsFile;
}

/** Who saves a document writes several files. */
const QUIET_MS = 30_000;
/** What is never quiet is backed up all the same. */
const AT_LATEST_MS = 10 * 60_000;

interface Watched {
  readonly watcher: FSWatcher | undefined;
  firstMs?: number | undefined;
  lastMs?: number | undefined;
}

/** Folders of this computer that are backed up: which of them are there, and whether something changed in them. */
export class Folders implements Disposable {
  readonly #options: FoldersOptions;
  readonly #watched = new Map<string, Watched>();
  #here = new Map<string, FolderHere>();
  #obstacles = new Map<string, Obstacle>();

  constructor(options: FoldersOptions) {
    this.#options = options;
  }

  /** Those that are there, by their ids. */
  get here(): ReadonlyMap<string, FolderHere> {
    return this.#here;
  }

  /** Why others are not. */
  get obstacles(): ReadonlyMap<string, Obstacle> {
    return this.#obstacles;
  }

  /** Adds a folder by its absolute path. Fails with `server/bad-request`, `devices/…` and for one that the repository is in. */
  async add(path: string): Promise<Device> {
    const { host, settings } = this.#options;
    if (!isAbsolute(path) || path.includes('\0'))
      throw badRequest('The path of a folder begins with / and names all folders it is in');
    // Fails first where there is none.
    const { device } = await folderSource(path, { excludes: [] }, host);
    const root = await realpath(path);
    if (root === '/' || !(await stat(root)).isDirectory())
      throw conflict('That is more than a folder', 'Choose the folder that has your things in it.');
    await settings.addFolder(root);
    if (settings.removed.includes(device.id)) await settings.setRemoved(device.id, false);
    await settings.setRules(device.id, { ...settings.rulesOf(device.id), isOn: true });
    this.#saw(device, root);
    await this.look();
    return device;
  }

  /** Takes a folder away; its backups stay. */
  async remove(id: string): Promise<void> {
    const path = (await this.#pathsById()).get(id);
    if (path === undefined) return;
    await this.#options.settings.removeFolder(path);
    this.#unwatch(path);
    await this.look();
  }

  /** Looks which are there. */
  async look(): Promise<void> {
    const { host, settings } = this.#options;
    const here = new Map<string, FolderHere>();
    const obstacles = new Map<string, Obstacle>();
    for (const path of settings.folders) {
      try {
        const { device } = await folderSource(path, { excludes: [] }, host);
        if (!this.#here.has(device.id)) this.#saw(device, path);
        here.set(device.id, { device, path, changed: this.#settled(path) });
        this.#watch(path);
      } catch (error) {
        if (!isFailure(error)) throw error;
        this.#unwatch(path);
        const id = [...(await this.#pathsById())].find(([, one]) => one === path)?.[0];
        if (id !== undefined && error.code !== 'devices/missing-folder')
          obstacles.set(id, { says: error.message, hint: error.hint ?? 'Look at the folder.' });
      }
    }
    this.#here = here;
    this.#obstacles = obstacles;
  }

  /** A backup of it begins: what changed so far is in it. */
  backingUp(id: string): void {
    const watched = this.#watched.get(this.#here.get(id)?.path ?? '');
    if (watched !== undefined) watched.firstMs = watched.lastMs = undefined;
  }

  [Symbol.dispose](): void {
    for (const path of this.#watched.keys()) this.#unwatch(path);
  }

  #saw(device: Device, path: string): void {
    this.#options.catalog.sawDevice({ ...device, facts: { path } });
  }

  async #pathsById(): Promise<ReadonlyMap<string, string>> {
    const paths = new Set(this.#options.settings.folders);
    const known = await this.#options.catalog.devices();
    return new Map(
      known.flatMap(({ id, kind, facts }) => {
        const path = facts['path'];
        return kind === 'folder' && typeof path === 'string' && paths.has(path) ? [[id, path]] : [];
      }),
    );
  }

  #settled(path: string): Temporal.Instant | undefined {
    const { firstMs, lastMs } = this.#watched.get(path) ?? {};
    if (firstMs === undefined || lastMs === undefined) return undefined;
    const nowMs = this.#nowMs();
    const isSettled = nowMs - lastMs >= QUIET_MS || nowMs - firstMs >= AT_LATEST_MS;
    return isSettled ? Temporal.Instant.fromEpochMilliseconds(lastMs) : undefined;
  }

  #watch(path: string): void {
    if (this.#watched.has(path)) return;
    const watched: Watched = {
      watcher: watching(path, () => {
        watched.lastMs = this.#nowMs();
        watched.firstMs ??= watched.lastMs;
      }),
    };
    this.#watched.set(path, watched);
  }

  #unwatch(path: string): void {
    this.#watched.get(path)?.watcher?.close();
    this.#watched.delete(path);
  }

  #nowMs(): number {
    return this.#options.host.clock.now().epochMilliseconds;
  }
}

/** Tells of changes; where the system has no more watches to give, the schedule alone counts. */
function watching(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, { recursive: true, persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}
