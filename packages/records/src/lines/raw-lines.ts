import type { ByteSource } from '@holdfast/kernel';
import { Gathered } from './gathered.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The most a line, or a record of many lines, may have: a message of tens of megabytes is read, and nothing can eat the memory. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/** Lines that are handed on together: a chunk of line ends alone would be millions. */
const MOST_AT_ONCE = 1000;

/** A line without its end. */
export interface RawLine {
  /** From 1. */
  readonly number: number;
  /** Absent for a line longer than the limit. Good until the next pull only. */
  readonly bytes: Uint8Array | undefined;
}

/**
 * The lines of a source, several at a time: split at LF, a CR before it taken off.
 *
 * A last line without an end counts, unless it is empty. Of a longer line than `limit` bytes nothing is kept.
 */
export async function* rawLines(source: ByteSource, limit = MAX_RECORD_BYTES): AsyncGenerator<RawLine[]> {
  /** The beginning of a line that had no end yet; with `isTooLong`, nothing of it. */
  const begun = new Gathered();
  let isTooLong = false;
  let number = 0;

  const keep = (piece: Uint8Array): void => {
    isTooLong ||= begun.length + piece.length > limit;
    if (isTooLong) begun.clear();
    else begun.add(piece);
  };
  const finish = (piece: Uint8Array): RawLine => {
    number += 1;
    if (begun.length > 0 || isTooLong || piece.length > limit) keep(piece);
    const whole = begun.length > 0 ? begun.take() : piece;
    const line = { number, bytes: isTooLong ? undefined : withoutReturn(whole) };
    isTooLong = false;
    return line;
  };

  for await (const chunk of source) {
    let lines: RawLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      lines.push(finish(chunk.subarray(from, end)));
      from = end + 1;
      if (lines.length < MOST_AT_ONCE) continue;
      yield lines;
      lines = [];
    }
    if (lines.length > 0) yield lines;
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  if (begun.length > 0 || isTooLong) yield [finish(new Uint8Array(0))];
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that bytes spell in UTF-8; absent when they do not. A mark at the beginning of a file's first line is no text. */
export function decodeLine(bytes: Uint8Array, isFirst: boolean): string | undefined {
  try {
    const text = DECODER.decode(bytes);
    return isFirst && text.startsWith('\ufeff') ? text.slice(1) : text;
  } catch {
    return undefined;
  }
}
