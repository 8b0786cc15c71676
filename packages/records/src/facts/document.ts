import { malformed } from '../failures.ts';
import { isObject, type JsonObject } from '../lines/json-lines.ts';

/** A JSON document for people too: indented, with a line feed at its end. */
export function formatDocument(value: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** The object a JSON document holds. Throws `records/malformed`. */
export function parseDocument(bytes: Uint8Array, what: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw malformed(what, 'it is not a JSON document', cause);
  }
  if (!isObject(value)) throw malformed(what, 'it is not an object');
  return value;
}

/** `{ [key]: text }`, or nothing when it is absent. Throws `records/malformed` when it is no text. */
export function optionalText<K extends string>(
  object: JsonObject,
  key: K,
  what: string,
): Partial<Record<K, string>> {
  const value = object[key];
  if (value === undefined) return {};
  if (typeof value !== 'string') throw malformed(what, `${key} is no text`);
  return { [key]: value } as Partial<Record<K, string>>;
}
