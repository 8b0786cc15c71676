import { concatBytes, encodeName, type RandomBytes } from '@holdfast/kernel';
import type { Reader } from '#link/reader.ts';

type Event =
  | { readonly kind: 'stdout'; readonly bytes: Uint8Array }
  | { readonly kind: 'exit'; readonly code: number | undefined };

/** Bytes of chance in a mark: too many for a phone's output to end in one by accident, or by guess. */
const MARK_BYTES = 16;

/** A mark, a colon and at most three digits. */
const MOST_TRAILER_BYTES = 2 * MARK_BYTES + 4;

/** Chance that only the machine has. */
const machineRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/**
 * The service by which a phone without framed shells runs a line, and the mark behind which it then prints the exit code.
 *
 * `exec:` and not `shell:`, which is a terminal there and makes CRLF of line ends. Standard error is on the same stream.
 */
export function trailedLine(
  line: Uint8Array,
  random: RandomBytes = machineRandom,
): { readonly service: Uint8Array; readonly mark: string } {
  const mark = random(MARK_BYTES).toHex();
  // In a shell of its own: `exit` would end this one before the mark.
  const service = concatBytes([
    encodeName('exec:('),
    line,
    encodeName(`\n) </dev/null 2>&1; echo ${mark}:$?`),
  ]);
  return { service, mark };
}

/**
 * What such a line prints. Only the very end counts as the mark, so that output which happens to hold it stays as it is;
 * without it there, the exit code is not known.
 */
export async function* readUnframed(reader: Reader, mark: string): AsyncGenerator<Event, void, undefined> {
  let held: Uint8Array = new Uint8Array(0);
  for (;;) {
    const chunk = await reader.next();
    if (chunk === undefined) break;
    held = concatBytes([held, chunk]);
    const sure = held.length - MOST_TRAILER_BYTES - 1;
    if (sure <= 0) continue;
    yield { kind: 'stdout', bytes: held.subarray(0, sure) };
    held = held.slice(sure);
  }
  const text = Buffer.from(held).toString('latin1');
  const found = new RegExp(`${mark}:(\\d{1,3})\\n$`).exec(text);
  const rest = found === null ? held : held.subarray(0, found.index);
  if (rest.length > 0) yield { kind: 'stdout', bytes: rest };
  yield { kind: 'exit', code: found === null ? undefined : Number(found[1]) };
}
