import { contentBytes } from '../content.ts';
import { folderIn, refusalOf } from '../storage-entries.ts';
import { nodeAt, type PhoneFolder, type PhoneNode, placeAt } from '../tree.ts';

/** Puts a file there, in place of one that is there; what the phone says when it cannot. */
export function writeFile(
  root: PhoneFolder,
  path: string,
  content: Uint8Array,
  mtime?: number,
): string | undefined {
  const { parent, name } = placeAt(root, path);
  if (parent === undefined) return 'No such file or directory';
  const refusal = refusalOf(parent, name, content.length);
  if (refusal !== undefined) return refusal;
  const there = nodeAt(root, path, { follow: true });
  if (there?.kind === 'folder') return 'Is a directory';
  const { room = { bytes: Infinity } } = root;
  const grownBytes = content.length - (there?.kind === 'file' ? contentBytes(there.content) : 0);
  if (grownBytes > room.bytes) return 'No space left on device';
  room.bytes -= grownBytes;
  parent.entries.set(name, { kind: 'file', content, ...(mtime === undefined ? {} : { mtime }) });
  return undefined;
}

/** Takes a node away, and gives its room back. */
export function removeNode(root: PhoneFolder, path: string): void {
  const { parent, name } = placeAt(root, path);
  const node = parent?.entries.get(name);
  if (node === undefined) return;
  if (root.room !== undefined) root.room.bytes += bytesIn(node);
  parent?.entries.delete(name);
}

/** Bytes of every file in it. */
export function bytesIn(node: PhoneNode): number {
  if (node.kind === 'file') return contentBytes(node.content);
  return node.kind === 'link' ? 0 : node.entries.values().reduce((sum, each) => sum + bytesIn(each), 0);
}

/** Makes a folder and those above it. */
export function makeFolder(root: PhoneFolder, path: string): PhoneFolder {
  const there = nodeAt(root, path, { follow: true });
  if (there?.kind === 'folder') return there;
  const slash = path.lastIndexOf('/');
  const parent = makeFolder(root, path.slice(0, slash));
  const made = folderIn(parent);
  parent.entries.set(path.slice(slash + 1), made);
  return made;
}
