import type { Change } from './changes/change.ts';

/** One step of a fix, as data. */
export type Step =
  /** Sets something, which undoing sets back. */
  | { readonly kind: 'change'; readonly says: string; readonly change: Change; readonly to: string }
  /** Runs something that leaves nothing to put back. `expects`: without these words in its output it did not work. */
  | {
      readonly kind: 'run';
      readonly says: string;
      readonly command: readonly string[];
      readonly expects?: string;
      /** The link ends with it. */
      readonly endsLink?: true;
    }
  /** Gives the phone time. */
  | { readonly kind: 'pause'; readonly says: string; readonly seconds: number }
  /** For the person. */
  | { readonly kind: 'tap'; readonly says: string }
  /** For the program that has the person's backups. */
  | { readonly kind: 'back-up'; readonly says: string };

/** What may come of a fix: nothing, something that can be put back, only what the person taps, or loss. */
export type Risk = 'none' | 'reversible' | 'guided' | 'destructive';

/** What a fix does on one phone. */
export interface Doable {
  readonly kind: 'recipe';
  readonly risk: Risk;
  readonly steps: readonly Step[];
}

/** What a fix does on one phone; or why it cannot be done there, in a sentence. */
export type Recipe = Doable | { readonly kind: 'cannot'; readonly why: string };
