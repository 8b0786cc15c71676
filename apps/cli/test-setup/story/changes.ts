import {
  type Android,
  contentBytes,
  type PhoneFile,
  type PhoneFolder,
  type PhoneNode,
  phoneFile,
} from '@holdfast/testkit/phone';
import { type Chance, chanceOf } from './chance.ts';
import { addSome, contentBy, newFile, refused, sizeBy, timeBy } from './new-things.ts';
import { filesBelow, foldersBelow, type Place, storageOf } from './storage.ts';

/** Does so many things a person or an app does to a phone. */
export function changePhone(android: Android, seed: number, times: number, only?: 'files'): void {
  const chance = chanceOf(seed);
  for (let time = 0; time < times; time++) {
    const [, root] = chance.pick(storageOf(android) as [readonly [string, PhoneFolder]]);
    chance.weighed(only === 'files' ? FILE_CHANGES : [...FILE_CHANGES, ...ROW_CHANGES])(
      root,
      chance,
      android,
    );
    // A phone with nothing on it is an alarm, and ends the backup.
    if (filesBelow(root).length === 0) root.entries.set('last', newFile(chance));
  }
}

type Change = (root: PhoneFolder, chance: Chance, android: Android) => void;

const FILE_CHANGES: readonly (readonly [weight: number, Change])[] = [
  [6, addSome],
  [4, (root, chance) => onFile(root, chance, (place) => void place.parent.entries.delete(place.name))],
  [2, (root, chance) => onFolder(root, chance, ({ parent, name }) => void parent.entries.delete(name))],
  [3, (root, chance) => onFile(root, chance, (place) => move(place, root, chance))],
  [2, (root, chance) => onFolder(root, chance, (place) => move(place, undefined, chance))],
  [
    2,
    (root, chance) => onFile(root, chance, (place, file) => put(place, { ...file, mtime: timeBy(chance) })),
  ],
  [
    4,
    (root, chance) =>
      onFile(root, chance, (place, file) => rewrite(place, file, contentBytes(file.content), chance)),
  ],
  [4, (root, chance) => onFile(root, chance, (place, file) => rewrite(place, file, sizeBy(chance), chance))],
  [2, (root, chance) => onFile(root, chance, (place, file) => put(place, refused(file, chance)))],
  [
    2,
    (root, chance) =>
      onFile(root, chance, (place, { content, mtime }) =>
        put(place, phoneFile(content, { mtime: mtime ?? 0 })),
      ),
  ],
  [
    1,
    (root, chance) =>
      onFolder(
        root,
        chance,
        ({ parent, name }, folder) => void parent.entries.set(name, closedOrOpen(folder)),
      ),
  ],
];

const ROW_CHANGES: readonly (readonly [weight: number, Change])[] = [
  [
    3,
    (_root, chance, { database }) => {
      database
        .prepare('INSERT INTO sms(thread_id, address, date, read, type, body) VALUES (1, ?, ?, 1, ?, ?)')
        .run(
          `+35191${chance.below(10 ** 7)}`,
          1_700_000_000_000 + chance.below(10 ** 10),
          1 + chance.below(2),
          textBy(chance),
        );
    },
  ],
  [
    2,
    (_root, chance, { database }) =>
      void database.prepare('DELETE FROM sms WHERE _id % 5 = ?').run(chance.below(5)),
  ],
  [
    1,
    (_root, chance, { database }) =>
      void database.prepare('UPDATE sms SET body = ? WHERE _id % 7 = ?').run(textBy(chance), chance.below(7)),
  ],
  [
    1,
    (_root, chance, { database }) =>
      void database.prepare('DELETE FROM pdu WHERE _id % 3 = ?').run(chance.below(3)),
  ],
];

const textBy = (chance: Chance): string =>
  chance.pick(['', 'NULL', 'two\nlines', 'Row: 0 _id=1, body=x', 'é, = 😀', 'hello']);

const closedOrOpen = ({ listing, ...folder }: PhoneFolder): PhoneFolder =>
  listing === undefined ? { ...folder, listing: 'closed' } : folder;

const put = ({ parent, name }: Place, node: PhoneNode): void => void parent.entries.set(name, node);

function rewrite(place: Place, file: PhoneFile, length: number, chance: Chance): void {
  put(place, { ...file, content: contentBy(length, chance), mtime: timeBy(chance) });
}

function move({ parent, name }: Place, root: PhoneFolder | undefined, chance: Chance): void {
  const node = parent.entries.get(name);
  if (node === undefined) return;
  parent.entries.delete(name);
  const folders = root === undefined ? [] : foldersBelow(root).map(({ folder }) => folder);
  chance.pick([parent, ...folders] as [PhoneFolder]).entries.set(`moved ${chance.below(100)}`, node);
}

function onFile(root: PhoneFolder, chance: Chance, act: (place: Place, file: PhoneFile) => void): void {
  const files = filesBelow(root).filter(({ file }) => file.lstatError === undefined);
  if (files.length < 2) return;
  const { file, ...place } = chance.pick(files as [(typeof files)[number]]);
  act(place, file);
}

function onFolder(root: PhoneFolder, chance: Chance, act: (place: Place, folder: PhoneFolder) => void): void {
  const folders = foldersBelow(root);
  if (folders.length < 2) return;
  const { folder, ...place } = chance.pick(folders as [(typeof folders)[number]]);
  act(place, folder);
}
