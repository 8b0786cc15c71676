import type { FixRecord } from '@holdfast/contract/api';
import type { Device } from '@holdfast/devices';
import type { FixCode } from '#fix-code.ts';
import type { Change } from './changes/change.ts';
import { entryOf } from './changes/changes.ts';
import { fixOf } from './fixes.ts';

/** What came of a fix for good. */
type FixEnd = Extract<FixRecord['state'], { kind: 'done' | 'refused' }>;

/** What is written down of a fix, in order; all of it plain data. */
export type JournalEntry =
  | {
      readonly kind: 'begun';
      readonly id: string;
      readonly device: Device;
      readonly code: FixCode;
      readonly at: string;
    }
  /** About to be set; `before` is what undoing sets. Written down durably before the phone hears of it. */
  | { readonly kind: 'changing'; readonly change: Change; readonly before: string; readonly to: string }
  /** The change of that place in the list was read back. */
  | { readonly kind: 'changed'; readonly place: number; readonly after: string }
  /** What the change of that place set is as it was before the fix. */
  | { readonly kind: 'put-back'; readonly place: number }
  | FixEnd
  | { readonly kind: 'undone'; readonly at: string };

/** Keeps what is written down of one fix. What `append` resolved for survives the end of this process. */
export interface FixJournal {
  append(entry: JournalEntry): Promise<void>;
}

/** Something that was set, or was about to be. */
export interface MadeChange {
  readonly change: Change;
  readonly before: string;
  readonly to: string;
  readonly after?: string;
  readonly isPutBack: boolean;
}

/** A fix that was carried out or begun. */
export interface KeptFix {
  readonly id: string;
  readonly device: Device;
  readonly code: FixCode;
  readonly at: string;
  readonly state: FixRecord['state'];
  readonly made: readonly MadeChange[];
}

/** What a journal comes to; `undefined` where it does not begin as one. */
export function keptFix(entries: readonly JournalEntry[]): KeptFix | undefined {
  const [first, ...rest] = entries;
  if (first?.kind !== 'begun') return undefined;
  const made: MadeChange[] = [];
  let state: FixRecord['state'] = { kind: 'begun' };
  for (const entry of rest) {
    switch (entry.kind) {
      case 'begun':
        return undefined;
      case 'changing':
        made.push({ change: entry.change, before: entry.before, to: entry.to, isPutBack: false });
        break;
      case 'changed':
      case 'put-back': {
        const one = made[entry.place];
        if (one === undefined) return undefined;
        made[entry.place] =
          entry.kind === 'changed' ? { ...one, after: entry.after } : { ...one, isPutBack: true };
        break;
      }
      default:
        state = entry;
    }
  }
  const { id, device, code, at } = first;
  return { id, device, code, at, state, made };
}

/** True where something is set that undoing would set back. */
export const canBeUndone = ({ state, made }: KeptFix): boolean =>
  state.kind !== 'undone' &&
  setOnce(made).some(({ isPutBack, before, after }) => !isPutBack && after !== before);

/** The fix as it is shown: of names and numbers that are a person's it says nothing. */
export function fixRecordOf(kept: KeptFix): FixRecord {
  const { id, device, code, at, state } = kept;
  const made = setOnce(kept.made);
  return {
    id,
    device: { ...device },
    code,
    title: fixOf(code).title,
    at,
    state,
    before: made.map(({ change, before }) => shownValue(change, before)),
    after: made.flatMap(({ change, after, isPutBack, before }) =>
      isPutBack || state.kind === 'undone'
        ? [shownValue(change, before)]
        : after === undefined
          ? []
          : [shownValue(change, after)],
    ),
    canBeUndone: canBeUndone(kept),
  };
}

/** A value of a change, in words. */
export function shownValue(change: Change, value: string): { what: string; value: string } {
  const { what, says } = entryOf(change);
  return { what: what(change), value: says(value, change) };
}

/** Each change once: of what was changed twice, how it was before the first time, and after the last. */
export function setOnce(made: readonly MadeChange[]): readonly MadeChange[] {
  const byChange = new Map<string, MadeChange>();
  for (const one of made) {
    const key = JSON.stringify(one.change);
    const first = byChange.get(key);
    byChange.set(key, first === undefined ? one : { ...one, before: first.before });
  }
  return [...byChange.values()];
}
