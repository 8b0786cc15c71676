import { decodeName } from '@holdfast/kernel';

import { malformed } from '#failures.ts';
import { keepField, type UnknownFields } from '#go-json.ts';
import {
  asArray,
  asBase64,
  asId,
  asObject,
  asString,
  asUint32,
  type JsonObject,
  parseJson,
  parseJsonExactly,
  type Uint64,
} from '#json.ts';
import { isTime, NO_TIME } from '#time.ts';
import { compareNames } from './compare-names.ts';
import type { ExtendedAttribute, Node, NodeType } from './node.ts';
import { unquoteName } from './quote-name.ts';
import { readStretches } from './stretches.ts';

const WHAT = 'a tree';

/** Bytes that become values together: some hundred entries. */
const STRETCH_BYTES = 256 * 1024;

/** Thrown and caught in here only: a whole number was met that JavaScript reads inexactly. */
class InexactNumber extends Error {}

/**
 * The entries a tree's plaintext lists, sorted by their names' bytes.
 *
 * Throws `restic-format/malformed` for what is no tree, and for names that could lead a restore astray: empty, `.`, `..`,
 * with `/` or NUL, or there twice (the second could write through the first, were that a link). An unsorted tree is
 * sorted, like restic, which asks for the order only when it writes. Fields not known here are kept.
 *
 * A tree laid out as restic does it may have any length; of another layout, only what a string can hold (512 MiB). What is
 * not a node yet is never more than some stretches of `stretchBytes`.
 */
export function parseTree(plaintext: Uint8Array, stretchBytes: number = STRETCH_BYTES): Node[] {
  const isLong = plaintext.length > stretchBytes;
  const nodes = (isLong ? parseInStretches(plaintext, stretchBytes) : undefined) ?? parseWhole(plaintext);
  if (!isAscending(nodes)) {
    nodes.sort((a, b) => compareNames(a.name, b.name));
    if (!isAscending(nodes)) throw malformed(WHAT, 'two entries have one name');
  }
  return nodes;
}

function parseInStretches(plaintext: Uint8Array, stretchBytes: number): Node[] | undefined {
  const nodes: Node[] = [];
  const isRead = readStretches(plaintext, stretchBytes, (stretch) => {
    let list: unknown;
    try {
      list = parseJson(stretch, WHAT);
    } catch {
      return false;
    }
    for (const node of parseNodes(list, () => parseJsonExactly(stretch, WHAT))) nodes.push(node);
    return true;
  });
  return isRead ? nodes : undefined;
}

function parseWhole(plaintext: Uint8Array): Node[] {
  const list = listIn(parseJson(plaintext, WHAT));
  return parseNodes(list, () => listIn(parseJsonExactly(plaintext, WHAT)));
}

/** `exactly` gives the list again the slower way, for numbers above 2^53-1 (inodes of some network file systems). */
function parseNodes(list: unknown, exactly: () => unknown): Node[] {
  const parse = (value: unknown, isExact: boolean): Node[] =>
    asArray(value, WHAT).map((node) => parseNode(asObject(node, WHAT), isExact));
  try {
    return parse(list, false);
  } catch (error) {
    if (!(error instanceof InexactNumber)) throw error;
  }
  try {
    return parse(exactly(), true);
  } catch (error) {
    throw error instanceof InexactNumber ? malformed(WHAT, 'a number is beyond 2^64-1') : error;
  }
}

function listIn(document: unknown): unknown {
  const list = asObject(document, WHAT)['nodes'];
  if (list === undefined) throw malformed(WHAT, 'it has no nodes');
  return list;
}

function isAscending(nodes: readonly Node[]): boolean {
  for (let i = 1; i < nodes.length; i++) {
    if (compareNames((nodes[i - 1] as Node).name, (nodes[i] as Node).name) >= 0) return false;
  }
  return true;
}

/** The fields of a node that is still being read. */
type Draft = { -readonly [Field in keyof Node]?: Node[Field] };

function parseNode(json: JsonObject, isExact: boolean): Node {
  const node: Draft = {
    name: parseName(json['name']),
    type: 'irregular',
    mode: 0,
    mtime: NO_TIME,
    atime: NO_TIME,
    ctime: NO_TIME,
    uid: 0,
    gid: 0,
  };
  let unknown: UnknownFields[number][] | undefined;
  for (const field in json) {
    const value = json[field];
    // Go leaves a field alone that is null.
    if (value !== null && !readField(node, field, value)) {
      const kept = keepField(field, value, WHAT);
      // What is kept is written again as it was: a number above 2^53-1, too, which has 16 digits or more.
      if (!isExact && /\d{16}/.test(kept[1])) throw new InexactNumber();
      (unknown ??= []).push(kept);
    }
  }
  if (unknown !== undefined) node.unknownFields = unknown;
  return node as Node;
}

/** Sets the field and says true, or says false when there is none of that name. */
function readField(node: Draft, field: string, value: unknown): boolean {
  switch (field) {
    case 'name':
      return true;
    case 'type':
      readType(node, value);
      return true;
    case 'mode':
      node.mode = asUint32(value, WHAT);
      return true;
    case 'mtime':
    case 'atime':
    case 'ctime':
      node[field] = asTime(value);
      return true;
    case 'uid':
    case 'gid':
      node[field] = asUint32(value, WHAT);
      return true;
    case 'user':
    case 'group':
    case 'error':
      node[field] = asString(value, WHAT);
      return true;
    case 'inode':
    case 'links':
    case 'device':
      node[field] = asUint64(value);
      return true;
    case 'device_id':
      node.deviceId = asUint64(value);
      return true;
    case 'size':
      node.size = asSize(value);
      return true;
    case 'linktarget':
      node.linkTarget ??= asString(value, WHAT);
      return true;
    case 'linktarget_raw':
      node.linkTarget = decodeName(asBase64(value, WHAT));
      return true;
    case 'extended_attributes':
      node.extendedAttributes = asArray(value, WHAT).map(parseExtendedAttribute);
      return true;
    case 'generic_attributes':
      node.genericAttributes = parseGenericAttributes(asObject(value, WHAT));
      return true;
    case 'content':
      node.content = asArray(value, WHAT).map((id) => asId(id, WHAT));
      return true;
    case 'subtree':
      node.subtree = asId(value, WHAT);
      return true;
    default:
      return false;
  }
}

function parseName(value: unknown): string {
  if (typeof value !== 'string') throw malformed(WHAT, 'an entry has no name');
  const name = unquoteName(value);
  if (name === undefined) throw malformed(WHAT, 'a name is not quoted as Go does');
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) {
    throw malformed(WHAT, 'a name is empty, `.`, `..`, or has a slash or NUL in it');
  }
  return name;
}

const TYPES: ReadonlySet<unknown> = new Set<NodeType>([
  'file',
  'dir',
  'symlink',
  'dev',
  'chardev',
  'fifo',
  'socket',
  'irregular',
]);

function readType(node: Draft, value: unknown): void {
  if (TYPES.has(value)) node.type = value as NodeType;
  else node.unknownType = asString(value, WHAT);
}

/** The tree's own text is kept: most are never looked at, and those that are, are compared as they stand. */
function asTime(value: unknown): string {
  if (typeof value !== 'string' || !isTime(value)) throw malformed(WHAT, 'a time is not RFC 3339');
  return value;
}

function asUint64(value: unknown): Uint64 {
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw malformed(WHAT, 'a number is not whole');
  if (!Number.isSafeInteger(value)) throw new InexactNumber();
  return value;
}

function asSize(value: unknown): number {
  const size = asUint64(value);
  if (typeof size === 'bigint') throw malformed(WHAT, 'a size is beyond 2^53-1');
  return size;
}

function parseExtendedAttribute(value: unknown): ExtendedAttribute {
  const attribute = asObject(value, WHAT);
  return { name: asString(attribute['name'], WHAT), value: asBase64(attribute['value'], WHAT) };
}

function parseGenericAttributes(json: JsonObject): UnknownFields {
  const attributes = Object.keys(json).map((name) => keepField(name, json[name], WHAT));
  return attributes.sort(([a], [b]) => compareNames(a, b));
}
