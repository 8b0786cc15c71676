import type { ItemState } from '@holdfast/contract';
import type { Run } from '@holdfast/contract/api';
import { STATE_WORDS } from '#design/words.ts';

/** What a state is called in a run. After a restore, `verified` is also what was there already. */
export const stateWord = (kind: Run['kind'], state: ItemState): string =>
  kind === 'restore' && state === 'verified' ? 'There now' : STATE_WORDS[state].word;
