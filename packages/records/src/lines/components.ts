import type { ByteSource } from '@holdfast/kernel';
import { concatBytes } from '@holdfast/kernel';
import type { Unreadable } from '../unreadable.ts';
import { type ContentLine, parseContentLine } from './content-line.ts';
import { decodeLine, MAX_RECORD_BYTES, rawLines } from './raw-lines.ts';

/** A property with the number of the line it begins in. */
export interface NumberedLine {
  readonly kind: 'line';
  readonly number: number;
  readonly line: ContentLine;
}

const SPACE = 0x20;
const TAB = 0x09;

/** The properties of a vCard or iCalendar file, unfolded; a damaged one costs only itself. */
export async function* contentLines(
  source: ByteSource,
  limit = MAX_RECORD_BYTES,
): AsyncGenerator<NumberedLine | Unreadable> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  let isTooLong = false;

  const finish = (): NumberedLine | Unreadable | undefined => {
    const unreadable = (detail: string): Unreadable => ({ kind: 'unreadable', line: number, detail });
    if (isTooLong) return unreadable(`a property is longer than ${limit} bytes`);
    if (length === 0) return undefined;
    // Joined before it is decoded: others fold in the middle of a character.
    const text = decodeLine(concatBytes(pieces), number === 1);
    if (text === undefined) return unreadable('a property is not UTF-8');
    const line = parseContentLine(text);
    return line === undefined ? unreadable('a line is no property') : { kind: 'line', number, line };
  };

  for await (const lines of rawLines(source, limit)) {
    for (const raw of lines) {
      const first = raw.bytes?.[0];
      const isFolded = number > 0 && (first === SPACE || first === TAB);
      if (!isFolded) {
        const finished = finish();
        if (finished !== undefined) yield finished;
        ({ number } = raw);
        pieces = [];
        length = 0;
        isTooLong = false;
      }
      length += raw.bytes?.length ?? limit + 1;
      if (length > limit) {
        isTooLong = true;
        pieces = [];
      } else if (raw.bytes !== undefined && !isTooLong) {
        pieces.push(new Uint8Array(raw.bytes.subarray(isFolded ? 1 : 0)));
      }
    }
  }
  const finished = finish();
  if (finished !== undefined) yield finished;
}
