import { type AdbTransport, isFolder, RemoteFiles, type RemoteFilesOptions } from '@holdfast/adb';
import { type DiskSpace, parseDiskSpace } from './disk-space.ts';
import { outputOf } from './output.ts';
import { type Told, unrecognised } from './told.ts';

/** Storage of a phone that holds people's files. */
export interface Volume {
  /** `internal`, or a card's id as the phone has it: `1A2B-3C4D`. */
  readonly id: string;
  /** Its root on the phone. */
  readonly path: string;
  readonly space: Told<DiskSpace>;
}

const STORAGE = '/storage';
const INTERNAL = '/storage/emulated/0';

/** Ids of file systems: `1A2B-3C4D` of FAT and exFAT, longer ones of others. `emulated` and `self` are none. */
const CARD_ID = /^[0-9A-Fa-f]{4,16}(-[0-9A-Fa-f]{4,12}){0,4}$/;

/** The volumes there are now: the phone's own storage first, then cards by id. */
export async function volumesOf(
  transport: AdbTransport,
  options: RemoteFilesOptions,
  signal?: AbortSignal,
): Promise<readonly Volume[]> {
  const { entries } = await new RemoteFiles(transport, options).list(STORAGE, signal);
  const cards = entries
    .filter((entry) => CARD_ID.test(entry.name))
    // One that could not be looked at is there all the same: listing it will say why.
    .filter((entry) => entry.kind === 'problem' || isFolder(entry.stat.mode))
    .map(({ name }) => ({ id: name, path: `${STORAGE}/${name}` }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const places = [{ id: 'internal', path: INTERNAL }, ...cards];
  const words = ['df', '-k', ...places.map(({ path }) => path)];
  const output = await outputOf(transport, words, options, signal);
  return places.map((place) => ({
    ...place,
    // An error about one path leaves the rows of the others.
    space: output.stdout === '' ? unrecognised(output.stderr) : parseDiskSpace(output.stdout, place.path),
  }));
}
