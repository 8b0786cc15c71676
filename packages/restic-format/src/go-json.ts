import { malformed } from './failures.ts';

/** Characters Go's `encoding/json` escapes although JSON does not ask for it (`SetEscapeHTML`, on by default). */
const ESCAPED_BY_GO = /[<>&\u2028\u2029]/g;
const NEEDS_NO_ESCAPE = /^[ !#-%'-;=?-[\]-~]*$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A JSON string exactly as Go's `encoding/json` writes it, quotes included; half characters become `\ufffd`. */
export function goString(text: string): string {
  if (NEEDS_NO_ESCAPE.test(text)) return `"${text}"`;
  if (text.isWellFormed()) return escapeLikeGo(JSON.stringify(text));
  const parts = text.split(LONE_SURROGATE).map((part) => goString(part).slice(1, -1));
  return `"${parts.join('\\ufffd')}"`;
}

/** JSON text with the characters escaped that Go escapes. They can only stand inside its strings. */
function escapeLikeGo(json: string): string {
  return json.replace(ESCAPED_BY_GO, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Fields this version does not know, as pairs of a name and its value's JSON text, in the order they were read. */
export type UnknownFields = readonly (readonly [name: string, json: string])[];

/**
 * A field for keeping, to be written again as it was.
 *
 * Throws `restic-format/malformed` when it is nested too deeply for that; `what` names the file in the refusal.
 */
export function keepField(name: string, value: unknown, what: string): UnknownFields[number] {
  try {
    return [name.toWellFormed(), JSON.stringify(value, writeExactly)];
  } catch (cause) {
    throw malformed(what, 'a field is nested too deeply', cause);
  }
}

function writeExactly(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? (JSON as unknown as RawJson).rawJSON(value.toString()) : value;
}

/** The part of `JSON` (ECMAScript 2026) that TypeScript's library does not describe yet. */
interface RawJson {
  rawJSON(text: string): unknown;
}

/** The text of kept fields for appending to an object's text: each with a comma before it. */
export function formatUnknownFields(fields: UnknownFields | undefined): string {
  if (fields === undefined) return '';
  return fields.map(([name, json]) => `,${goString(name)}:${escapeLikeGo(json)}`).join('');
}
