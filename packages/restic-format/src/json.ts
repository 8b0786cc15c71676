import { malformed } from './failures.ts';
import { type Id, isId } from './id.ts';

/** A JSON object as it was read: nothing about its values is known yet. */
export type JsonObject = Record<string, unknown>;

/** A whole number up to 2^64-1: a `bigint` only above 2^53-1, so that equal values are always `===`-comparable by kind. */
export type Uint64 = number | bigint;

const UINT32_MAX = 0xffff_ffff;
const UINT64_MAX = 0xffff_ffff_ffff_ffffn;

/** The value of a JSON document in UTF-8. Throws `restic-format/malformed`. */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch (cause) {
    throw malformed(what, 'it is not a JSON document', cause);
  }
}

/** The object a JSON document holds. Throws `restic-format/malformed` for any other document. */
export function parseJsonObject(bytes: Uint8Array, what: string): JsonObject {
  return asObject(parseJson(bytes, what), what);
}

/** `value` when it is a JSON object, and a refusal otherwise. */
export function asObject(value: unknown, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed(what, 'an object is missing');
  return value as JsonObject;
}

/** `value` when it is an array; an absent one (Go's `null` slice) is empty. */
export function asArray(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw malformed(what, 'a list is missing');
  return value;
}

/** `value` when it is a string, without lone surrogates (Go reads those as U+FFFD). */
export function asString(value: unknown, what: string): string {
  if (typeof value !== 'string') throw malformed(what, 'a text is missing');
  return value.isWellFormed() ? value : value.toWellFormed();
}

/** `value` when it is a whole number from 0 to 2^32-1. */
export function asUint32(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > UINT32_MAX) {
    throw malformed(what, 'a number is missing, or not a whole one from 0 to 2^32-1');
  }
  return value;
}

/** `value` when it is a whole number from 0 to 2^53-1. */
export function asCount(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw malformed(what, 'a number is missing, or not a whole one from 0 to 2^53-1');
  }
  return value;
}

/** `value` when it is an id. */
export function asId(value: unknown, what: string): Id {
  if (!isId(value)) throw malformed(what, 'an id is missing, or not 64 hexadecimal digits');
  return value;
}

/** The bytes of a Base64 text (standard alphabet, padded), as Go writes `[]byte`; an absent one is empty. */
export function asBase64(value: unknown, what: string): Uint8Array {
  if (value === undefined || value === null) return new Uint8Array(0);
  if (typeof value !== 'string') throw malformed(what, 'a Base64 text is missing');
  try {
    return Uint8Array.fromBase64(value, { lastChunkHandling: 'strict' });
  } catch (cause) {
    throw malformed(what, 'a text is not Base64', cause);
  }
}

/** Base64 in the standard alphabet, padded. */
export function toBase64(bytes: Uint8Array): string {
  return Uint8Array.prototype.toBase64.call(bytes);
}

/**
 * A JSON document's value in which whole numbers above 2^53-1 are `bigint`s; slower than `parseJson`.
 *
 * Throws `restic-format/malformed`, for a whole number above 2^64-1 too.
 */
export function parseJsonExactly(bytes: Uint8Array, what: string): unknown {
  const exactly = (_key: string, value: unknown, context?: { source?: string }): unknown => {
    if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value;
    const source = context?.source ?? '';
    if (!/^\d{1,20}$/.test(source)) return value;
    const exact = BigInt(source);
    return exact > UINT64_MAX ? value : exact;
  };
  try {
    return JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
      exactly,
    );
  } catch (cause) {
    throw malformed(what, 'it is not a JSON document', cause);
  }
}
