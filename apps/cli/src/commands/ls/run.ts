import type { JsonLineOf } from '@holdfast/contract';
import { withIndex } from '@holdfast/home';
import { findSnapshot, type IndexedRepository, type SnapshotEntry } from '@holdfast/repository';
import { type Node, parseTime, unixMode } from '@holdfast/restic-format';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { pathText, shownPath } from '#inside/path-text.ts';
import { defaultPlaces, nodeAt, placeOf } from '#inside/place-in-backup.ts';
import { splitName } from '#inside/split-name.ts';
import { shown } from '#output/screen.ts';
import { formatBytes, formatMoment } from '#output/words.ts';
import type { LsGiven } from './table.ts';

type Given = GivenOptions<LsGiven>;

/** Lists entries of a backup. */
export async function run(given: Given, [word = '']: readonly string[], context: Context): Promise<ExitCode> {
  const { backup, path } = splitName(word);
  await withIndex(
    context.host,
    {},
    (repository, signal) => findSnapshot(repository, backup, signal),
    async (indexed, entry, signal) => {
      const places =
        path === undefined
          ? await defaultPlaces(indexed.blobs, entry, signal)
          : [await placeOf(indexed.blobs, entry, path, signal)];
      for (const place of places) await listPlace(indexed, entry, place, given, context, signal);
    },
  );
  return 0;
}

async function listPlace(
  { blobs }: IndexedRepository,
  entry: SnapshotEntry,
  place: readonly string[],
  given: Given,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const node = await nodeAt(blobs, entry, place, signal);
  if (node !== undefined && node.subtree === undefined) return printEntry(place, node, given, context);
  // Depth first, without recursion: trees may be as deep as they like.
  const waiting = [{ place, tree: node?.subtree ?? entry.snapshot.tree }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal.throwIfAborted();
    const inside: typeof waiting = [];
    for (const child of await blobs.loadTree(next.tree, signal)) {
      const childPlace = [...next.place, child.name];
      await printEntry(childPlace, child, given, context);
      if (given.recursive && child.subtree !== undefined)
        inside.push({ place: childPlace, tree: child.subtree });
    }
    waiting.push(...inside.toReversed());
  }
}

async function printEntry(
  place: readonly string[],
  node: Node,
  { long }: Given,
  { screen, world }: Context,
): Promise<void> {
  await screen.result(
    entryLine(place, node),
    long ? longText(place, node, world.timeZone) : nameText(place, node),
  );
}

function nameText(place: readonly string[], { type }: Node): string {
  return `${shownPath(place)}${type === 'dir' ? '/' : ''}`;
}

function longText(place: readonly string[], node: Node, timeZone: string): string {
  const size = node.type === 'file' ? formatBytes(node.size ?? 0) : '';
  const target = node.linkTarget === undefined ? '' : ` → ${shown(node.linkTarget)}`;
  const moment = formatMoment(parseTime(node.mtime) ?? 0n, timeZone);
  return `${modeText(node)}  ${size.padStart(8)}  ${moment}  ${nameText(place, node)}${target}`;
}

const TYPE_LETTERS: Readonly<Partial<Record<Node['type'], string>>> = { file: '-', dir: 'd', symlink: 'l' };

/** `drwxr-x---`, as `ls` writes it. */
function modeText({ mode, type }: Node): string {
  const bits = unixMode(mode);
  const letters = Array.from('rwxrwxrwx', (letter, at) => ((bits >> (8 - at)) & 1 ? letter : '-'));
  return `${TYPE_LETTERS[type] ?? '?'}${letters.join('')}`;
}

const KINDS = { file: 'file', dir: 'folder', symlink: 'symlink' } as const;

function entryLine(place: readonly string[], node: Node): JsonLineOf<'entry'> {
  const kind =
    node.type === 'file' || node.type === 'dir' || node.type === 'symlink' ? KINDS[node.type] : 'other';
  return {
    type: 'entry',
    path: pathText(place),
    kind,
    ...(node.type === 'file' && { sizeBytes: node.size ?? 0 }),
    mode: (unixMode(node.mode) & 0o7777).toString(8).padStart(4, '0'),
    modified: node.mtime,
    uid: node.uid,
    gid: node.gid,
    ...(node.linkTarget !== undefined && { target: node.linkTarget }),
  };
}
