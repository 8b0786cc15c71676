import type { ByteSource } from '@holdfast/kernel';
import type { Unreadable } from '../unreadable.ts';
import { type ContentLine, parseContentLine } from './content-line.ts';
import { Gathered } from './gathered.ts';
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
  // Joined as bytes: others fold in the middle of a character.
  const begun = new Gathered();
  let number = 0;
  let isTooLong = false;

  const finish = (): NumberedLine | Unreadable | undefined => {
    const unreadable = (detail: string): Unreadable => ({ kind: 'unreadable', line: number, detail });
    if (isTooLong) return unreadable(`a property is longer than ${limit} bytes`);
    if (begun.length === 0) return undefined;
    const text = decodeLine(begun.take(), number === 1);
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
        isTooLong = false;
      }
      isTooLong ||= raw.bytes === undefined || begun.length + raw.bytes.length > limit;
      if (isTooLong) begun.clear();
      else if (raw.bytes !== undefined) begun.add(raw.bytes.subarray(isFolded ? 1 : 0));
    }
  }
  const finished = finish();
  if (finished !== undefined) yield finished;
}
