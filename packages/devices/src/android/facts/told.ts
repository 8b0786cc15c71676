/** What a phone's output says: the value, that there is none, or something that is not understood and is kept as it came. */
export type Told<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unrecognised'; readonly raw: string };

/** That there is none. */
export const ABSENT: Told<never> = { kind: 'absent' };

/** A value. */
export const told = <T>(value: T): Told<T> => ({ kind: 'value', value });

/** Output that is not understood. */
export const unrecognised = (raw: string): Told<never> => ({ kind: 'unrecognised', raw });

/** The value, where there is one. */
export const valueOf = <T>(fact: Told<T>): T | undefined => (fact.kind === 'value' ? fact.value : undefined);

/** What `parse` makes of the value; `undefined` from it stands for text that is not understood. */
export function understood<T>(fact: Told<string>, parse: (text: string) => T | undefined): Told<T> {
  if (fact.kind !== 'value') return fact;
  const value = parse(fact.value);
  return value === undefined ? unrecognised(fact.value) : told(value);
}
