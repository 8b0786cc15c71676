import type { JsonLine } from '@holdfast/contract';

/** What `JSON.stringify` leaves as it is and a terminal obeys, or a reader of lines takes for the end of one: DEL, C1, U+2028 and U+2029, bidirectional marks. */
const OBEYED = /[\x7f-\x9f\u2028\u2029\p{Bidi_Control}\ufeff]/gu;

/** A line of `--json`: the same value as `JSON.stringify` gives, in characters that do nothing to a terminal. */
export function jsonText(line: JsonLine): string {
  return JSON.stringify(line).replace(
    OBEYED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
