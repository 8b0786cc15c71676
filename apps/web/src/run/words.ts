import { ITEM_TYPES, type ItemState } from '@holdfast/contract';
import type { Run, RunItem } from '@holdfast/contract/api';
import { folderOf, showText } from '#design/format.ts';
import { STATE_WORDS, TYPE_WORDS } from '#design/words.ts';

/** What a state is called in a run. After a restore, `verified` is also what was there already. */
export const stateWord = (kind: Run['kind'], state: ItemState): string =>
  kind === 'restore' && state === 'verified' ? 'There now' : STATE_WORDS[state].word;

/** Where an item is, or is to be: the folder it came from, the path it was given back to, or what kind of record it is. */
export function placeOf({ path, to }: Pick<RunItem, 'path' | 'to'>): string {
  if (to === undefined) return folderOf(path);
  const type = ITEM_TYPES.find((one) => one === to);
  return type === undefined ? `to ${showText(to)}` : TYPE_WORDS[type];
}
