import type { Told } from '@holdfast/devices/android';
import type { Change } from './change.ts';

/** How one kind of change is read and set. Values are short words, the same that are kept for undoing. */
export interface ChangeEntry<C extends Change = Change> {
  /** What it is called to a person. */
  readonly what: (change: C) => string;
  /** The value, to a person. */
  readonly says: (value: string, change: C) => string;
  /** What is run to read it. */
  readonly ask: (change: C) => readonly string[];
  /** What that printed; absent where the phone has no such thing. */
  readonly parse: (output: string, change: C) => Told<string>;
  /** What is run to set it; `undefined` where nothing can set it to that. */
  readonly set: (change: C, value: string) => readonly string[] | undefined;
  /** Whether two values come to the same, as the phone prints them. Default: equal. */
  readonly isSame?: (now: string, wanted: string) => boolean;
}
