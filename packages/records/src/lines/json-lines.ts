import type { ByteSource } from '@holdfast/kernel';
import type { Unreadable } from '../unreadable.ts';
import { parseBoundedJson } from './bounded-json.ts';
import { decodeLine, MAX_RECORD_BYTES, rawLines } from './raw-lines.ts';
import { textChunks } from './text-chunks.ts';

/** A JSON object as it was read: nothing about its values is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One JSON object a line. */
export function formatJsonLines<T>(
  records: AsyncIterable<T> | Iterable<T>,
  toObject: (record: T) => object,
): ByteSource {
  return textChunks(linesOf(records, toObject));
}

async function* linesOf<T>(
  records: AsyncIterable<T> | Iterable<T>,
  toObject: (record: T) => object,
): AsyncGenerator<string> {
  // Half a character is escaped (ECMA-262, QuoteJSONString), so the line is well formed whatever a value holds.
  for await (const record of records) yield `${JSON.stringify(toObject(record))}\n`;
}

/** What the lines hold, in their order. Empty lines are passed over; `fromObject` says why an object is no record. */
export async function* parseJsonLines<T>(
  source: ByteSource,
  fromObject: (object: JsonObject) => T | string,
  limit = MAX_RECORD_BYTES,
): AsyncGenerator<T | Unreadable> {
  for await (const lines of rawLines(source, limit)) {
    for (const { number, bytes } of lines) {
      if (bytes?.length === 0) continue;
      const record = parseLine(bytes, number, fromObject, limit);
      yield typeof record === 'string' ? { kind: 'unreadable', line: number, detail: record } : record;
    }
  }
}

function parseLine<T>(
  bytes: Uint8Array | undefined,
  number: number,
  fromObject: (object: JsonObject) => T | string,
  limit: number,
): T | string {
  if (bytes === undefined) return `the line is longer than ${limit} bytes`;
  const text = decodeLine(bytes, number === 1);
  if (text === undefined) return 'the line is not UTF-8';
  const value = parseBoundedJson(text);
  return isObject(value) ? fromObject(value) : 'the line is not a JSON object';
}

/** True for a JSON object: no array, no `null`. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
