import type { ItemType } from '@holdfast/contract';
import { fileKindOf, type SinkVolume, TYPE_OF_FILE } from '@holdfast/devices';
import { recordFileAt } from '../../saved/record-files.ts';

const INTERNAL = 'internal';

/** Ids of file systems, by which backups name cards: `1A2B-3C4D`. */
const CARD_ID = /^[0-9A-Fa-f]{4,16}(-[0-9A-Fa-f]{4,12}){0,4}$/;

/**
 * Where a file of a backup belongs on a device; `undefined` for one of a card when the device has none.
 *
 * A card's files go to that card, and without it to another where there is but one. Files of a folder of some computer go into
 * a folder of that name.
 */
export function placeOnDevice(
  [top = '', ...names]: readonly string[],
  volumes: readonly SinkVolume[],
): readonly string[] | undefined {
  if (volumes.some(({ id }) => id === top)) return [top, ...names];
  if (!CARD_ID.test(top)) return [INTERNAL, top, ...names];
  const [card, ...others] = volumes.filter(({ id }) => id !== INTERNAL);
  return card === undefined || others.length > 0 ? undefined : [card.id, ...names];
}

/** Types that are made of records, and folders of a backup by that. */
const MADE_TYPES = [
  'contacts',
  'messages',
  'calls',
  'calendar',
  'apps',
  'settings',
] as const satisfies readonly ItemType[];

/** A made file of a backup: what type its records are of, and its path. */
export interface MadeFile {
  readonly type: ItemType;
  readonly path: readonly string[];
}

/**
 * The made file that a path of a backup belongs to: a message's picture to the messages, a package file to its app. `undefined` for
 * what is no item.
 */
export function madeFileOf(path: readonly string[]): MadeFile | undefined {
  const [top = '', second, third] = path;
  const type = MADE_TYPES.find((each) => each === top);
  if (type === undefined || second === undefined) return undefined;
  switch (type) {
    case 'messages':
      return path.length === 2 ? { type, path } : { type, path: [top, 'messages.ndjson'] };
    case 'apps':
      return third === undefined ? undefined : { type, path: [top, second, 'app.json'] };
    default:
      return path.length === 2 ? { type, path } : undefined;
  }
}

/** The type that chooses a file. */
export const typeOfFile = (name: string): ItemType => TYPE_OF_FILE[fileKindOf(name)];

/** Paths in a backup, and the keys of records that some of them name behind a `#`. */
export interface ChosenPaths {
  readonly paths: readonly string[];
  /** Keys of the records that are chosen one by one, by their made file. */
  readonly records: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether all of a file is chosen, itself or with what it is in. */
  readonly isWhole: (path: string) => boolean;
  /** Whether a record of a made file is chosen. */
  readonly isChosen: (made: string, key: string) => boolean;
}

/** `a/b/c`, `a/b`, `a`. */
function aboveAndSelf(path: string): string[] {
  const names = path.split('/');
  return names.map((_, at) => names.slice(0, at + 1).join('/'));
}

const RECORD = /^\/*((?!\/|files\/).+)#([0-9a-f]{64})(?:~\d+)?$/;

/** True for the path of a record; files may have a `#` in their names too. */
export const isRecordPath = (path: string): boolean => RECORD.test(path);

/** Takes paths of records apart; see `recordPath` of the catalog for how they are made. */
export function choosePaths(paths: readonly string[]): ChosenPaths {
  const keys = new Map<string, Set<string>>();
  const plain: string[] = [];
  for (const path of paths) {
    // Those that say the very same (`~2`) are chosen together.
    const [, made, key] = RECORD.exec(path) ?? [];
    if (made === undefined || key === undefined || recordFileAt(made) === undefined)
      plain.push(path.replace(/^\/+/, ''));
    else keys.set(made, (keys.get(made) ?? new Set()).add(key));
  }
  // Without a key, all of a file was chosen.
  const whole = new Set(plain);
  const isWhole = (made: string): boolean =>
    paths.length === 0 || whole.has('') || aboveAndSelf(made).some((path) => whole.has(path));
  const records = new Map([...keys].filter(([made]) => !isWhole(made)));
  return {
    paths: [...plain, ...records.keys()],
    records,
    isWhole,
    isChosen: (made, key) => isWhole(made) || keys.get(made)?.has(key) === true,
  };
}
