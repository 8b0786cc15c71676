import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rules, Settings } from '@holdfast/contract/api';
import type { Machine } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { cannot, makePrivateFolder, putPrivateFile, readIfThere } from '#place/private-file.ts';
import { DEFAULT_RULES } from './defaults.ts';
import type { parseSettings } from './parse-settings.ts';
import { formatSettings, NOTHING_STORED, type StoredSettings } from './stored.ts';

/** More than ten thousand rules for each of a dozen devices. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What a person chose, as one process keeps it: read once, and each change durable before it holds. */
export class SettingsFile {
  /** Where a file is now that did not make sense; what of it did still holds. */
  readonly keptAside: string | undefined;
  readonly #machine: Machine;
  readonly #path: string;
  #stored: StoredSettings;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(machine: Machine, stored: StoredSettings, keptAside: string | undefined) {
    this.#machine = machine;
    this.#path = pathOf(machine);
    this.#stored = stored;
    this.keptAside = keptAside;
  }

  /** The home folder's. One that is damaged is kept aside, and replaced with the next change. Fails with `home/folder`. */
  static async load(machine: Machine): Promise<SettingsFile> {
    const path = pathOf(machine);
    const { stored, isWhole } = await read(path);
    if (isWhole) return new SettingsFile(machine, stored, undefined);
    const aside = `${path}.damaged-${momentOf(machine)}`;
    try {
      await copyFile(path, aside);
    } catch (error) {
      throw cannot('write', aside, error);
    }
    const file = new SettingsFile(machine, stored, aside);
    await file.#change((before) => before);
    return file;
  }

  /** What holds for all devices, secrets too. */
  get settings(): Settings {
    return this.#stored.settings;
  }

  setSettings(settings: Settings): Promise<void> {
    return this.#change((stored) => ({ ...stored, settings }));
  }

  rulesOf(device: string): Rules {
    return this.#stored.rules.get(device) ?? DEFAULT_RULES;
  }

  setRules(device: string, rules: Rules): Promise<void> {
    return this.#change((stored) => ({ ...stored, rules: new Map(stored.rules).set(device, rules) }));
  }

  /** Ids of devices that somebody chose rules for. */
  get ruled(): readonly string[] {
    return [...this.#stored.rules.keys()];
  }

  /** A person backed it up: from now on that happens by itself, unless they chose otherwise before. */
  async backedUpByHand(device: string): Promise<void> {
    if (!this.#stored.rules.has(device)) await this.setRules(device, { ...DEFAULT_RULES, isOn: true });
  }

  /** Absolute paths of the folders of this computer that are backed up. */
  get folders(): readonly string[] {
    return this.#stored.folders;
  }

  addFolder(path: string): Promise<void> {
    return this.#change((stored) => ({ ...stored, folders: [...new Set([...stored.folders, path])] }));
  }

  removeFolder(path: string): Promise<void> {
    return this.#change((stored) => ({ ...stored, folders: stored.folders.filter((one) => one !== path) }));
  }

  /** Devices that were taken off the first screen. */
  get removed(): readonly string[] {
    return this.#stored.removed;
  }

  /** Takes a device off the first screen, and turns its backup off; `false` puts it back. */
  setRemoved(device: string, isRemoved: boolean): Promise<void> {
    return this.#change((stored) => {
      const removed = stored.removed.filter((one) => one !== device);
      if (!isRemoved) return { ...stored, removed };
      const rules = new Map(stored.rules).set(device, {
        ...(stored.rules.get(device) ?? DEFAULT_RULES),
        isOn: false,
      });
      return { ...stored, rules, removed: [...removed, device] };
    });
  }

  /** One change after the other: each is made of what the one before left. */
  #change(next: (stored: StoredSettings) => StoredSettings): Promise<void> {
    const changed = this.#writing.then(async () => {
      const stored = next(this.#stored);
      await this.#write(formatSettings(stored));
      this.#stored = stored;
    });
    this.#writing = changed.catch(() => {});
    return changed;
  }

  async #write(text: string): Promise<void> {
    await makePrivateFolder(homeOf(this.#machine).folder);
    await putPrivateFile(this.#path, text);
  }
}

/** Rules of a device, as the home folder has them now; what is damaged there holds nothing back. */
export async function rulesOf(machine: Machine, device: string): Promise<Rules> {
  const { stored } = await read(pathOf(machine));
  return stored.rules.get(device) ?? DEFAULT_RULES;
}

const pathOf = (machine: Machine): string => join(homeOf(machine).folder, 'settings.json');

async function read(path: string): Promise<ReturnType<typeof parseSettings>> {
  const text = await readIfThere(path, MOST_BYTES);
  if (text === undefined) return { stored: NOTHING_STORED, isWhole: true };
  // What validates takes longer to load than a short command to run.
  const parsing = await import('./parse-settings.ts');
  return parsing.parseSettings(text);
}

const momentOf = ({ clock }: Machine): string =>
  clock.now().toString({ smallestUnit: 'millisecond' }).replaceAll(/[-:.]/g, '');
