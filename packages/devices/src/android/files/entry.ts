import type { RemoteEntry, RemoteProblem, RemoteStat } from '@holdfast/adb';
import { reasonOf } from '#folder/errno.ts';
import type { SourceEntry, SourceProblem, SourceSpecial, SourceSubfolder } from '#source.ts';

const KIND_BITS = 0o170000;
const FILE = 0o100000;
const FOLDER = 0o040000;
const LINK = 0o120000;
const SPECIAL: Readonly<Record<number, SourceSpecial['what']>> = {
  0o140000: 'socket',
  0o060000: 'block-device',
  0o020000: 'character-device',
  0o010000: 'fifo',
};

/** Phones tell times in whole seconds. */
export const NS_A_SECOND = 1_000_000_000n;

/** A link, before it is known where it leads: the file service does not tell. */
export interface FoundLink {
  readonly kind: 'link';
  readonly name: string;
  readonly stat: RemoteStat;
}

/** What came with a name, as an entry. */
export function entryOf(remote: RemoteEntry): SourceEntry | FoundLink {
  const { name } = remote;
  if (!isOneName(name)) return problemEntry(visibleName(name), 'unsafe-name');
  if (remote.kind === 'problem') return problemOf(name, remote.problem);
  const { stat } = remote;
  const kind = stat.mode & KIND_BITS;
  if (kind === FILE) return { kind: 'file', ...factsOf(name, stat), sizeBytes: stat.sizeBytes };
  if (kind === FOLDER) return { kind: 'folder', ...factsOf(name, stat) };
  if (kind === LINK) return { kind: 'link', name, stat };
  const what = SPECIAL[kind];
  if (what === undefined) return problemEntry(name, 'special-file', `mode ${stat.mode.toString(8)}`);
  return { kind: 'special', ...factsOf(name, stat), what };
}

/** Numbers of files do not outlive a restart of the phone: they, and how many names a file has, are left out. */
export function factsOf(name: string, { mode, mtime, more }: RemoteStat): Omit<SourceSubfolder, 'kind'> {
  return {
    name,
    mode,
    mtimeNs: BigInt(mtime) * NS_A_SECOND,
    ...(more && { ctimeNs: BigInt(more.ctime) * NS_A_SECOND }),
    uid: more?.uid ?? 0,
    gid: more?.gid ?? 0,
  };
}

/** What the phone said, as the reason why nothing else is known of a name. */
export const problemOf = (name: string, { errno, said }: RemoteProblem): SourceProblem =>
  problemEntry(name, reasonOf(errno), errno === 'unknown' ? said : errno);

/** An entry that is nothing but a reason. */
export const problemEntry = (
  name: string,
  reason: SourceProblem['reason'],
  detail: string = '',
): SourceProblem => ({ kind: 'problem', name, reason, detail });

/** No phone has other names; whoever sends one wants a path to lead somewhere else. */
const isOneName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0');

/** To be shown only. */
const visibleName = (name: string): string =>
  `unsafe name ${name.replaceAll('/', '\u2215').replaceAll('\0', '\u2400')}`;
