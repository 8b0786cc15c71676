import type { ReadFacts, SourceFile, SourceLink, SourceSubfolder } from '@holdfast/devices';
import { formatTime, goMode, type Id, type Node } from '@holdfast/restic-format';

type Facts = Pick<
  SourceFile,
  'name' | 'mode' | 'mtimeNs' | 'ctimeNs' | 'uid' | 'gid' | 'inode' | 'deviceId' | 'links'
>;

/** What all kinds of node have. The access time is not kept: reading for a backup changes it; restic, too, writes mtime there. */
function commonFields(entry: Facts): Omit<Node, 'type'> {
  const mtime = formatTime(entry.mtimeNs);
  const isLinked = entry.links !== undefined && entry.links > 1;
  return {
    name: entry.name,
    mode: goMode(entry.mode),
    mtime,
    atime: mtime,
    ctime: entry.ctimeNs === undefined ? mtime : formatTime(entry.ctimeNs),
    uid: entry.uid,
    gid: entry.gid,
    ...(entry.inode !== undefined && { inode: wholeNumber(entry.inode) }),
    ...(isLinked && entry.deviceId !== undefined && { deviceId: wholeNumber(entry.deviceId) }),
    ...(entry.links !== undefined && { links: entry.links }),
  };
}

/** A file's node; with `facts`, as it was while it was read. */
export function fileNode(
  file: SourceFile,
  content: readonly Id[],
  sizeBytes: number,
  facts?: Pick<ReadFacts, 'mtimeNs' | 'ctimeNs'> & { readonly inode?: bigint },
): Node {
  const mtime = formatTime(facts?.mtimeNs ?? file.mtimeNs);
  const ctimeNs = facts?.ctimeNs ?? file.ctimeNs;
  const inode = file.inode === undefined ? undefined : (facts?.inode ?? file.inode);
  const { links, deviceId } = file;
  const isLinked = links !== undefined && links > 1;
  // In one object, not made from others: as `commonFields`, for what most nodes are.
  return {
    name: file.name,
    type: 'file',
    mode: goMode(file.mode),
    mtime,
    atime: mtime,
    ctime: ctimeNs === undefined ? mtime : formatTime(ctimeNs),
    uid: file.uid,
    gid: file.gid,
    ...(inode !== undefined && { inode: wholeNumber(inode) }),
    ...(isLinked && deviceId !== undefined && { deviceId: wholeNumber(deviceId) }),
    ...(links !== undefined && { links }),
    ...(sizeBytes > 0 && { size: sizeBytes }),
    content,
  };
}

/** A symbolic link's node. */
export const linkNode = (link: SourceLink): Node => ({
  ...commonFields(link),
  type: 'symlink',
  linkTarget: link.target,
});

/** A folder's node; a folder's own link count depends on its subfolders and is left out, as restic does. */
export function folderNode(folder: SourceSubfolder, subtree: Id): Node {
  const { links: _links, ...facts } = folder;
  return { ...commonFields(facts), type: 'dir', subtree };
}

/** A folder that exists only in the backup, not on the device. */
export function ownFolderNode(name: string, subtree: Id, timeNs: bigint): Node {
  return folderNode({ kind: 'folder', name, mode: 0o040700, mtimeNs: timeNs, uid: 0, gid: 0 }, subtree);
}

/** A file that exists only in the backup. */
export function ownFileNode(name: string, content: readonly Id[], sizeBytes: number, timeNs: bigint): Node {
  const file: SourceFile = { kind: 'file', name, mode: 0o100600, mtimeNs: timeNs, uid: 0, gid: 0, sizeBytes };
  return fileNode(file, content, sizeBytes);
}

/**
 * True when a file is what the previous backup's node says: same size, times and, for local files, inode; so its content
 * need not be read. Of a fixed file that is made the size is not known before. A changed ctime alone counts as a change:
 * tools can set a file's mtime back, but not its ctime.
 */
export function isUnchanged(
  file: SourceFile,
  previous: Node | undefined,
): previous is Node & { content: readonly Id[] } {
  if (file.made !== undefined && file.made.isFixed !== true) return false;
  return (
    previous?.type === 'file' &&
    previous.content !== undefined &&
    (file.made !== undefined || (previous.size ?? 0) === file.sizeBytes) &&
    previous.mtime === formatTime(file.mtimeNs) &&
    (file.ctimeNs === undefined || previous.ctime === formatTime(file.ctimeNs)) &&
    (file.inode === undefined || previous.inode === wholeNumber(file.inode))
  );
}

/** True when a node says the same of an entry as the entry does, content aside: then the node itself can be kept. */
export function hasSameTraits(entry: Facts, previous: Node): boolean {
  const isLinked = entry.links !== undefined && entry.links > 1;
  return (
    previous.mode === goMode(entry.mode) &&
    previous.uid === entry.uid &&
    previous.gid === entry.gid &&
    previous.user === undefined &&
    previous.group === undefined &&
    previous.links === entry.links &&
    previous.deviceId === (isLinked && entry.deviceId !== undefined ? wholeNumber(entry.deviceId) : undefined)
  );
}

/** True when a folder's node is what it would be made again, its tree aside. */
export function isSameFolder(folder: SourceSubfolder, previous: Node | undefined): previous is Node {
  const { links: _links, ...facts } = folder;
  return (
    previous?.type === 'dir' &&
    previous.mtime === formatTime(facts.mtimeNs) &&
    (facts.ctimeNs === undefined || previous.ctime === formatTime(facts.ctimeNs)) &&
    previous.inode === (facts.inode === undefined ? undefined : wholeNumber(facts.inode)) &&
    hasSameTraits(facts, previous)
  );
}

/** As trees hold such numbers: a `number` while it is exact. */
function wholeNumber(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
