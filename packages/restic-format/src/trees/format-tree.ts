import { encodeName, isPlainName } from '@holdfast/kernel';

import { formatUnknownFields, goString } from '#go-json.ts';
import { toBase64 } from '#json.ts';
import { compareNames } from './compare-names.ts';
import type { ExtendedAttribute, Node } from './node.ts';
import { isUnquotedName, quoteName } from './quote-name.ts';

/**
 * Characters that become bytes together: the text of a large tree would be longer than a string can be (2^29-24), and turning
 * long ones into bytes takes four times as long.
 */
const STRETCH_LENGTH = 64 * 1024;

/**
 * A tree's plaintext, byte for byte what restic writes for the same nodes, so that trees deduplicate with its.
 *
 * The nodes may come in any order; those of one name twice are the caller's mistake and throw a `RangeError`. There may be
 * any number of them; `stretchLength` is how much text becomes bytes at once.
 */
export function formatTree(nodes: readonly Node[], stretchLength: number = STRETCH_LENGTH): Uint8Array {
  const sorted = inOrder(nodes);
  const parts: Buffer[] = [];
  let text = '{"nodes":[';
  for (let i = 0; i < sorted.length; i++) {
    text += (i === 0 ? '' : ',') + formatNode(sorted[i] as Node);
    if (text.length < stretchLength) continue;
    parts.push(Buffer.from(text, 'utf8'));
    text = '';
  }
  const last = Buffer.from(`${text}]}\n`, 'utf8');
  return parts.length === 0 ? last : Buffer.concat([...parts, last]);
}

/** One node's JSON, with the fields in restic's order. */
function formatNode(node: Node): string {
  const { name, content, subtree, user, group } = node;
  let text = `{"name":${isUnquotedName(name) ? `"${name}"` : goString(quoteName(name))},"type":`;
  text += node.unknownType === undefined ? `"${node.type}"` : goString(node.unknownType);
  if (node.mode !== 0) text += `,"mode":${node.mode}`;
  text += `,"mtime":"${node.mtime}","atime":"${node.atime}","ctime":"${node.ctime}","uid":${node.uid},"gid":${node.gid}`;
  if (user !== undefined && user !== '') text += `,"user":${goString(user)}`;
  if (group !== undefined && group !== '') text += `,"group":${goString(group)}`;
  if (node.inode) text += `,"inode":${node.inode}`;
  if (node.deviceId) text += `,"device_id":${node.deviceId}`;
  if (node.size) text += `,"size":${node.size}`;
  if (node.links) text += `,"links":${node.links}`;
  if (node.linkTarget) text += formatLinkTarget(node.linkTarget);
  if (node.extendedAttributes?.length) text += formatExtendedAttributes(node.extendedAttributes);
  if (node.genericAttributes?.length) text += formatGenericAttributes(node.genericAttributes);
  if (node.device) text += `,"device":${node.device}`;
  text += content === undefined ? ',"content":null' : formatContent(content);
  if (subtree !== undefined) text += `,"subtree":"${subtree}"`;
  if (node.error) text += `,"error":${goString(node.error)}`;
  if (node.unknownFields !== undefined) text += formatUnknownFields(node.unknownFields);
  return `${text}}`;
}

function formatContent(content: readonly string[]): string {
  if (content.length === 0) return ',"content":[]';
  return content.length === 1 ? `,"content":["${content[0]}"]` : `,"content":["${content.join('","')}"]`;
}

/** JSON holds Unicode only: the bytes of any other target go into a field of their own (restic 0.16 and later read it). */
function formatLinkTarget(target: string): string {
  const text = `,"linktarget":${goString(target)}`;
  return isPlainName(target) ? text : `${text},"linktarget_raw":"${toBase64(encodeName(target))}"`;
}

function formatExtendedAttributes(attributes: readonly ExtendedAttribute[]): string {
  const list = attributes.map(({ name, value }) => `{"name":${goString(name)},"value":"${toBase64(value)}"}`);
  return `,"extended_attributes":[${list.join(',')}]`;
}

/** Go writes maps with their keys sorted. */
function formatGenericAttributes(attributes: NonNullable<Node['genericAttributes']>): string {
  const sorted = attributes.toSorted(([a], [b]) => compareNames(a, b));
  return `,"generic_attributes":{${formatUnknownFields(sorted).slice(1)}}`;
}

function inOrder(nodes: readonly Node[]): readonly Node[] {
  let isSorted = true;
  for (let i = 1; i < nodes.length && isSorted; i++) {
    isSorted = compareNames((nodes[i - 1] as Node).name, (nodes[i] as Node).name) < 0;
  }
  if (isSorted) return nodes;
  const sorted = nodes.toSorted((a, b) => compareNames(a.name, b.name));
  for (let i = 1; i < sorted.length; i++) {
    if ((sorted[i - 1] as Node).name === (sorted[i] as Node).name)
      throw new RangeError('two nodes of a tree have one name');
  }
  return sorted;
}
