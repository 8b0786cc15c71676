import { malformed } from './failures.ts';

/** Characters Go's `encoding/json` escapes although JSON does not ask for it (`SetEscapeHTML`, on by default). */
const ESCAPED_BY_GO = /[<>&\u2028\u2029]/g;
const NEEDS_NO_ESCAPE = /^[ !#-%'-;=?-[\]-~]*$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** True when the text is printable ASCII that no layer of quoting changes. */
export function isUnquotedAscii(text: string): boolean {
  return NEEDS_NO_ESCAPE.test(text);
}

/** A JSON string exactly as Go's `encoding/json` writes it, quotes included; half characters become `\ufffd`. */
export function goString(text: string): string {
  if (NEEDS_NO_ESCAPE.test(text)) return `"${text}"`;
  if (text.isWellFormed()) return escapeLikeGo(JSON.stringify(text));
  const parts = text.split(LONE_SURROGATE).map((part) => goString(part).slice(1, -1));
  return `"${parts.join('\\ufffd')}"`;
}

/** JSON text with the characters escaped that Go escapes. They can only stand inside its strings. */
export function escapeLikeGo(json: string): string {
  return json.replace(ESCAPED_BY_GO, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Fields this version does not know, as pairs of a name and its value's JSON text, in the order they were read. */
export type UnknownFields = readonly (readonly [name: string, json: string])[];

/** A field's JSON text for keeping; nesting too deep to write again is refused as `restic-format/malformed`. */
export function keepJson(value: unknown, what: string): string {
  try {
    return JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'bigint' ? (JSON as unknown as RawJson).rawJSON(inner.toString()) : inner,
    );
  } catch (cause) {
    throw malformed(what, 'a field is nested too deeply', cause);
  }
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
