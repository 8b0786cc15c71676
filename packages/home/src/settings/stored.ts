import type { Rules, Settings } from '@holdfast/contract/api';
import { DEFAULT_SETTINGS } from './defaults.ts';

/** What `settings.json` says. */
export interface StoredSettings {
  readonly settings: Settings;
  /** By device id: those that somebody chose. */
  readonly rules: ReadonlyMap<string, Rules>;
  /** Absolute paths of this computer's folders that are backed up. */
  readonly folders: readonly string[];
  /** Ids of devices that were taken off the first screen. */
  readonly removed: readonly string[];
}

/** Before anybody chose anything. */
export const NOTHING_STORED: StoredSettings = {
  settings: DEFAULT_SETTINGS,
  rules: new Map(),
  folders: [],
  removed: [],
};

/** The text of `settings.json`. */
export function formatSettings(stored: StoredSettings): string {
  const json = { version: 1, ...stored, rules: Object.fromEntries(stored.rules) };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
