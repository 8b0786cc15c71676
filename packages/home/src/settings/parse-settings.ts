import { OPERATIONS, type Rules, rules } from '@holdfast/contract/api';
import { DEFAULT_SETTINGS } from './defaults.ts';
import { NOTHING_STORED, type StoredSettings } from './stored.ts';

/** What a text says, as far as it makes sense; `isWhole` is false where some of it does not. */
export function parseSettings(text: string): { readonly stored: StoredSettings; readonly isWhole: boolean } {
  const json = jsonOf(text);
  if (!isObject(json) || json['version'] !== 1) return { stored: NOTHING_STORED, isWhole: false };
  let isWhole = true;
  const chosen = new Map<string, Rules>();
  const given = isObject(json['rules']) ? Object.entries(json['rules']) : undefined;
  for (const [device, one] of given ?? []) {
    const parsed = rules.safeParse(one);
    if (parsed.success) chosen.set(device, parsed.data);
    else isWhole = false;
  }
  const all = OPERATIONS.settings.answer.safeParse(json['settings']);
  const folders = stringsOf(json['folders']);
  const removed = stringsOf(json['removed']);
  if (!all.success || given === undefined || folders === undefined || removed === undefined) isWhole = false;
  return {
    stored: {
      settings: all.success ? all.data : DEFAULT_SETTINGS,
      rules: chosen,
      folders: folders ?? [],
      removed: removed ?? [],
    },
    isWhole,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const stringsOf = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
