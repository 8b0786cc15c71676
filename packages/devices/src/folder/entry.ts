import { type BigIntStats, lstatSync, readlinkSync } from 'node:fs';
import { decodeName, errnoOf } from '@holdfast/kernel';
import { osPath } from '@holdfast/local-files';
import type {
  SourceEntry,
  SourceFile,
  SourceLink,
  SourceProblem,
  SourceSpecial,
  SourceSubfolder,
} from '#source.ts';
import { reasonOf } from './errno.ts';

/** What there is at a path, without following a link there. */
export type Found = SourceFile | SourceSubfolder | SourceLink | SourceSpecial;

type Facts = Omit<SourceSubfolder, 'kind'>;

/** Bits of a mode that say what kind of thing it is, and their values (inode(7)). */
const KIND_BITS = 0o170000;
const KINDS: Readonly<Record<number, 'file' | 'folder' | 'symlink' | SourceSpecial['what']>> = {
  0o140000: 'socket',
  0o120000: 'symlink',
  0o100000: 'file',
  0o060000: 'block-device',
  0o040000: 'folder',
  0o020000: 'character-device',
  0o010000: 'fifo',
};

/** What is at `path`, which the system takes as it is; a problem's reason where that cannot be told. */
export function entryAt(path: string, name: string): SourceEntry {
  try {
    return foundAt(path, name) ?? unknownKind(name);
  } catch (error) {
    return problem(name, error);
  }
}

/** What is at `path`; `undefined` for a kind no system we know has. Throws the system's errors. */
export function foundAt(path: string, name: string): Found | undefined {
  const stat = lstatSync(osPath(path), { bigint: true });
  const mode = Number(stat.mode);
  const kind = KINDS[mode & KIND_BITS];
  switch (kind) {
    case 'file':
      return fileOf(stat, name, mode);
    case 'folder':
      return { kind, ...factsOf(stat, name, mode) };
    case 'symlink':
      return { kind, ...factsOf(stat, name, mode), target: targetOf(path) };
    case undefined:
      return undefined;
    default:
      return { kind: 'special', ...factsOf(stat, name, mode), what: kind };
  }
}

/** A problem entry for a system error; throws anything else. */
export function problem(name: string, error: unknown): SourceProblem {
  const detail = errnoOf(error);
  if (detail === undefined) throw error;
  return { kind: 'problem', name, reason: reasonOf(detail), detail };
}

/** In one object, not made from another: most entries are files. */
const fileOf = (stat: BigIntStats, name: string, mode: number): SourceFile => ({
  kind: 'file',
  name,
  mode,
  mtimeNs: stat.mtimeNs,
  ctimeNs: stat.ctimeNs,
  uid: Number(stat.uid),
  gid: Number(stat.gid),
  inode: stat.ino,
  deviceId: sharedDevice(stat.dev),
  links: Number(stat.nlink),
  sizeBytes: Number(stat.size),
});

function factsOf(stat: BigIntStats, name: string, mode: number): Facts {
  const { kind: _kind, sizeBytes: _sizeBytes, ...facts } = fileOf(stat, name, mode);
  return facts;
}

/** One and the same bigint for the same drive: a million entries share it. */
function sharedDevice(device: bigint): bigint {
  if (device !== lastDevice) lastDevice = device;
  return lastDevice;
}
let lastDevice = -1n;

function targetOf(path: string): string {
  const target = readlinkSync(osPath(path), 'utf8');
  return target.includes('\ufffd') ? decodeName(readlinkSync(osPath(path), 'buffer')) : target;
}

const unknownKind = (name: string): SourceProblem => ({
  kind: 'problem',
  name,
  reason: 'special-file',
  detail: '',
});
