import { nodeAt, type PhoneNode, statOf } from '../../tree.ts';
import type { Android } from '../android.ts';
import { absolute, type Call, type Command, optionsOf } from '../call.ts';
import { bytesIn } from '../files.ts';

const NONE = 'No such file or directory';

const at = (call: Call, path: string, follow = false): PhoneNode | undefined =>
  nodeAt(call.android.root, absolute(call, path), { follow: follow || path.endsWith('/') });

const ls: Command = async (call) => {
  const { options, rest } = optionsOf(call.args);
  let code = 0;
  const paths = rest.length === 0 ? ['.'] : rest;
  for (const path of paths) {
    const node = at(call, path, !options.has('l') && !options.has('d'));
    if (node === undefined || node.lstatError !== undefined) {
      await call.complain(`ls: ${path}: ${node === undefined ? NONE : 'Permission denied'}\n`);
      code = 1;
      continue;
    }
    if (node.kind === 'folder' && node.listing === 'closed' && !options.has('d')) {
      await call.complain(`ls: ${path}: Permission denied\n`);
      code = 1;
      continue;
    }
    if (paths.length > 1 && node.kind === 'folder') await call.print(`${path}:\n`);
    for (const [name, entry] of listed(path, node, options)) await call.print(line(name, entry, options));
  }
  return code;
};

function listed(
  path: string,
  node: PhoneNode,
  options: ReadonlyMap<string, string>,
): readonly (readonly [string, PhoneNode])[] {
  if (node.kind !== 'folder' || options.has('d')) return [[path, node]];
  if (node.listing === 'silent') return [];
  const entries = [...node.entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (options.has('a')) return [['.', node], ['..', node], ...entries];
  return options.has('A') ? entries : entries.filter(([name]) => !name.startsWith('.'));
}

function line(name: string, node: PhoneNode, options: ReadonlyMap<string, string>): string {
  if (!options.has('l')) return `${name}\n`;
  const { size, mtime } = statOf(node);
  const when = clock(mtime).slice(0, 16);
  const target = node.kind === 'link' ? ` -> ${node.target}` : '';
  return `${modeText(node)} 1 u0_a200 media_rw ${String(size).padStart(10)} ${when} ${name}${target}\n`;
}

const clock = (seconds: bigint): string =>
  new Date(Number(seconds) * 1000).toISOString().replace('T', ' ').slice(0, 19);

const KIND_LETTER = { file: '-', folder: 'd', link: 'l' } as const;
const KIND_NAME = { file: 'regular file', folder: 'directory', link: 'symbolic link' } as const;

function modeText(node: PhoneNode): string {
  const { mode } = statOf(node);
  const letters = Array.from('rwxrwxrwx', (letter, bit) => ((mode >> (8 - bit)) & 1 ? letter : '-'));
  return KIND_LETTER[node.kind] + letters.join('');
}

const stat: Command = async (call) => {
  const { options, rest } = optionsOf(call.args, 'c');
  let code = 0;
  for (const path of rest) {
    const node = at(call, path, options.has('L'));
    if (node === undefined) {
      await call.complain(`stat: '${path}': ${NONE}\n`);
      code = 1;
      continue;
    }
    const { size, mtime, mode, uid, gid, ino, nlink } = statOf(node);
    const facts: Readonly<Record<string, string | number | bigint>> = {
      n: path,
      s: size,
      X: mtime,
      Y: mtime,
      Z: mtime,
      y: `${clock(mtime)}.000000000 +0000`,
      F: KIND_NAME[node.kind],
      f: mode.toString(16),
      a: (mode & 0o7777).toString(8),
      A: modeText(node),
      u: uid,
      U: 'shell',
      g: gid,
      G: 'shell',
      i: ino,
      h: nlink,
      '%': '%',
    };
    const format = options.get('c') ?? '%n: %s bytes, %F, %a, %y';
    await call.print(
      `${format.replaceAll(/%(.)/g, (all, letter: string) => String(facts[letter] ?? all))}\n`,
    );
  }
  return code;
};

/** Widths of toybox's columns fit their longest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = [0, 1, 2, 3, 4].map(width);
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          if (column === 5) return cell;
          return column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
        })
        .join(' '),
    )
    .join('\n');
}

/** A mount `df` knows of, and its device. */
interface Mount {
  readonly device: string;
  readonly on: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
}

/** Size of every SD card. */
const CARD_BYTES = 32 * 2 ** 30;

/** What a path is on: a card, or the data partition, which shared storage is a view of. */
function mountOf({ root, storageBytes }: Android, path: string): Mount {
  const whole = {
    totalBytes: storageBytes,
    freeBytes: Math.min(storageBytes, root.room?.bytes ?? storageBytes),
  };
  if (/^\/data(\/|$)/.test(path)) return { device: '/dev/block/dm-44', on: '/data', ...whole };
  const [card] = /^\/storage\/[0-9A-F]{4}-[0-9A-F]{4}/.exec(path) ?? [];
  const node = card === undefined ? undefined : nodeAt(root, card);
  if (card === undefined || node === undefined)
    return { device: '/dev/fuse', on: '/storage/emulated', ...whole };
  return { device: '/dev/fuse', on: card, totalBytes: CARD_BYTES, freeBytes: CARD_BYTES - bytesIn(node) };
}

const df: Command = async (call) => {
  const { rest } = optionsOf(call.args);
  const asked: Mount[] = [];
  let code = 0;
  for (const path of rest.length === 0 ? ['/data', '/storage/emulated'] : rest) {
    if (at(call, path, true) === undefined) {
      await call.complain(`df: ${path}: ${NONE}\n`);
      code = 1;
    } else asked.push(mountOf(call.android, absolute(call, path)));
  }
  const kib = (bytes: number): number => Math.floor(bytes / 1024);
  const rows = asked.map(({ device, on, totalBytes, freeBytes }) => {
    const used = kib(totalBytes) - kib(freeBytes);
    const share = `${Math.ceil((100 * used) / kib(totalBytes))}%`;
    return [device, `${kib(totalBytes)}`, `${used}`, `${kib(freeBytes)}`, share, on];
  });
  const heading = ['Filesystem', '1K-blocks', 'Used', 'Available', 'Use%', 'Mounted on'];
  await call.print(`${table([heading, ...rows])}\n`);
  return code;
};

/** `readlink [-n] PATH`: where a link points, as it says itself. */
const readlink: Command = async (call) => {
  const { options, rest } = optionsOf(call.args);
  let code = 0;
  for (const path of rest) {
    const node = at(call, path);
    if (node?.kind === 'link') await call.print(options.has('n') ? node.target : `${node.target}\n`);
    else code = 1;
  }
  return code;
};

/** Commands that list files, as toybox has them. */
export const LISTING: Readonly<Record<string, Command>> = { ls, stat, df, readlink };
