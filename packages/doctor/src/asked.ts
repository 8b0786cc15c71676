import type { Told } from '@holdfast/devices/android';

/** What came of asking a phone: what it said, or why it would not say. */
export type Asked<T> =
  | Told<T>
  /** It would not say, cannot be asked, or was not: in words for a person. */
  | {
      readonly kind: 'refused';
      readonly why: string;
      /** Set where it can be asked all the same, and was not for the sake of somebody it would interrupt. */
      readonly isForSomebody?: true;
    };

/** A refusal. */
export const refused = (why: string): Extract<Asked<never>, { kind: 'refused' }> => ({
  kind: 'refused',
  why,
});
