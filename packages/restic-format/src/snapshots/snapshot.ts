import { malformed } from '#failures.ts';
import { formatUnknownFields, goString, keepField, type UnknownFields } from '#go-json.ts';
import type { Id } from '#id.ts';
import { asArray, asId, asObject, asString, asUint32, type JsonObject, parseJsonObject } from '#json.ts';
import { isTime } from '#time.ts';
import { formatSummary, parseSummary, type SnapshotSummary } from './summary.ts';

/** One point in time of one source: the root of a tree, and what was backed up when by whom. */
export interface Snapshot {
  /** RFC 3339, in any offset: `parseTime` reads it. */
  readonly time: string;
  readonly parent?: Id;
  readonly tree: Id;
  readonly paths: readonly string[];
  readonly hostname?: string;
  readonly username?: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly excludes?: readonly string[];
  readonly tags?: readonly string[];
  /** The first snapshot this one is a changed copy of. */
  readonly original?: Id;
  /** “restic 0.17.0” and the like. */
  readonly programVersion?: string;
  readonly summary?: SnapshotSummary;
  readonly unknownFields?: UnknownFields;
}

const WHAT = 'a snapshot';

const KNOWN: ReadonlySet<string> = new Set([
  'time',
  'parent',
  'tree',
  'paths',
  'hostname',
  'username',
  'uid',
  'gid',
  'excludes',
  'tags',
  'original',
  'program_version',
  'summary',
]);

/** The snapshot that decoded JSON spells; fields not known here are kept. Throws `restic-format/malformed`. */
export function parseSnapshot(bytes: Uint8Array): Snapshot {
  const json = parseJsonObject(bytes, WHAT);
  return {
    time: asTime(json['time']),
    tree: asId(json['tree'], WHAT),
    paths: asStrings(json['paths']),
    ...optional('parent', json['parent'], (value) => asId(value, WHAT)),
    ...optional('hostname', json['hostname'], (value) => asString(value, WHAT)),
    ...optional('username', json['username'], (value) => asString(value, WHAT)),
    ...optional('uid', json['uid'], (value) => asUint32(value, WHAT)),
    ...optional('gid', json['gid'], (value) => asUint32(value, WHAT)),
    ...optional('excludes', json['excludes'], asStrings),
    ...optional('tags', json['tags'], asStrings),
    ...optional('original', json['original'], (value) => asId(value, WHAT)),
    ...optional('programVersion', json['program_version'], (value) => asString(value, WHAT)),
    ...optional('summary', json['summary'], (value) => parseSummary(asObject(value, WHAT), WHAT)),
    ...keepUnknown(json),
  };
}

/** The snapshot's JSON, as restic writes it. */
export function formatSnapshot(snapshot: Snapshot): Uint8Array {
  const { parent, hostname, username, uid, gid, excludes, tags, original, programVersion, summary } =
    snapshot;
  let text = `{"time":${goString(snapshot.time)}`;
  if (parent !== undefined) text += `,"parent":"${parent}"`;
  text += `,"tree":"${snapshot.tree}","paths":${formatStrings(snapshot.paths)}`;
  if (hostname) text += `,"hostname":${goString(hostname)}`;
  if (username) text += `,"username":${goString(username)}`;
  if (uid) text += `,"uid":${uid}`;
  if (gid) text += `,"gid":${gid}`;
  if (excludes?.length) text += `,"excludes":${formatStrings(excludes)}`;
  if (tags?.length) text += `,"tags":${formatStrings(tags)}`;
  if (original !== undefined) text += `,"original":"${original}"`;
  if (programVersion) text += `,"program_version":${goString(programVersion)}`;
  if (summary !== undefined) text += `,"summary":${formatSummary(summary)}`;
  return Buffer.from(`${text}${formatUnknownFields(snapshot.unknownFields)}}`);
}

function asTime(value: unknown): string {
  if (typeof value !== 'string' || !isTime(value)) throw malformed(WHAT, 'its time is not RFC 3339');
  return value;
}

function asStrings(value: unknown): string[] {
  return asArray(value, WHAT).map((text) => asString(text, WHAT));
}

function formatStrings(texts: readonly string[]): string {
  return `[${texts.map(goString).join(',')}]`;
}

/** The field when the document has it: absent and `null` mean the same to Go. */
function optional<Name extends string, Value>(
  name: Name,
  value: unknown,
  read: (value: unknown) => Value,
): { [Field in Name]?: Value } {
  return value === undefined || value === null ? {} : ({ [name]: read(value) } as { [Field in Name]: Value });
}

function keepUnknown(json: JsonObject): Pick<Snapshot, 'unknownFields'> {
  const unknown = Object.keys(json).filter((name) => !KNOWN.has(name));
  return unknown.length === 0
    ? {}
    : { unknownFields: unknown.map((name) => keepField(name, json[name], WHAT)) };
}
