import { ITEM_TYPES, type ItemState } from '@holdfast/contract';
import type { Run, RunItem, RunRequest } from '@holdfast/contract/api';
import { folderOf, showText } from '#design/format.ts';
import { STATE_WORDS, TYPE_WORDS } from '#design/words.ts';

/** What a state is called in a run. After a restore, `verified` is also what was there already. */
export const stateWord = (kind: Run['kind'], state: ItemState): string =>
  kind === 'restore' && state === 'verified' ? 'There now' : STATE_WORDS[state].word;

/** What to ask for to try a run again that did not come to a good end; of a restore, just what it has not given back. */
export function repeatOf({
  kind,
  device,
  state,
  again,
}: Pick<Run, 'kind' | 'device' | 'state' | 'again'>): RunRequest | undefined {
  if (kind === 'restore') return again === undefined ? undefined : { kind, plan: again };
  if (device === undefined || state.kind === 'done') return undefined;
  return kind === 'backup' || kind === 'audit' ? { kind, device: device.id } : undefined;
}

/** Where an item is, or is to be: the folder it came from, the path it was given back to, or what kind of record it is. */
export function placeOf({ path, to }: Pick<RunItem, 'path' | 'to'>): string {
  if (to === undefined) return folderOf(path);
  const type = ITEM_TYPES.find((one) => one === to);
  return type === undefined ? `to ${showText(to)}` : TYPE_WORDS[type];
}
