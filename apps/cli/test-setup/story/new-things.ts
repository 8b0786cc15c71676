import {
  contentBytes,
  onStorage,
  type PhoneFile,
  type PhoneFolder,
  type PhoneNode,
  phoneFile,
  phoneFolder,
  phoneLink,
} from '@holdfast/testkit/phone';
import type { Chance } from './chance.ts';
import { foldersBelow } from './storage.ts';

const LONG = 'ü'.repeat(127);

/** Names that have broken programs; the last two are no UTF-8. */
const NAMES = [
  'photo.jpg',
  'a\nb.txt',
  '\'"`$(rm -rf)`"',
  ' before',
  'after ',
  '-rf',
  'Maré – 写真 😀.jpg',
  'e\u0301.txt',
  '.hidden',
  '.nomedia',
  'a#b',
  'a~2',
  'a#b~2',
  '*?:|<>\\',
  '%2e%2e%2f',
  'tab\there',
  '\u0001\u007f',
  'holdfast.json',
  'messages',
  'NULL',
  'video.mp4',
  '0',
  '$',
  'z\u{10ffff}',
  LONG,
  'odd \udcff\udcfe.bin',
  '\udc80',
] as const;

/** No two contents of a phone have the same time: two that agree in length and time are one to whoever reads files. */
export const timeBy = (chance: Chance): number => 1_000_000_000 + chance.below(700_000_000);

/** Puts something new somewhere. */
export function addSome(root: PhoneFolder, chance: Chance): void {
  const parent = chance.pick([root, ...foldersBelow(root).map(({ folder }) => folder)] as [PhoneFolder]);
  const name = chance.is(0.5) ? chance.pick(NAMES) : `IMG_${chance.below(10 ** 6)}.jpg`;
  const node = chance.weighed<() => PhoneNode>([
    [14, () => phoneFile(contentBy(sizeBy(chance), chance), { mtime: timeBy(chance) })],
    [
      4,
      () => ({
        ...onStorage(
          phoneFolder({ inside: phoneFile(chance.bytes(chance.ofAnySize(3000)), { mtime: timeBy(chance) }) }),
          'shared',
        ),
        mtime: timeBy(chance),
      }),
    ],
    [1, () => onStorage(phoneFolder(), 'shared')],
    [
      1,
      () => ({
        ...phoneLink(chance.pick(['/sdcard/DCIM', '../up', 'no such\n place', '.'])),
        mtime: timeBy(chance),
      }),
    ],
    [1, () => refused(phoneFile('secret', { mtime: timeBy(chance) }), chance)],
    [1, () => phoneFile('never seen', { lstatError: 13 })],
    [1, () => deep(chance)],
  ])();
  parent.entries.set(name, node);
}

/** A file as there are many. */
export const newFile = (chance: Chance): PhoneFile =>
  phoneFile(contentBy(sizeBy(chance), chance), { mtime: timeBy(chance) });

/** A branch with paths longer than a phone's file service takes. */
function deep(chance: Chance): PhoneFolder {
  let folder = phoneFolder({ deepest: phoneFile(chance.bytes(100), { mtime: timeBy(chance) }) });
  for (let depth = 0; depth < 4; depth++)
    folder = phoneFolder({
      [LONG]: folder,
      [`file${depth}`]: phoneFile(chance.bytes(50), { mtime: timeBy(chance) }),
    });
  return folder;
}

/** A size: mostly a small one. */
export function sizeBy(chance: Chance): number {
  return chance.weighed<() => number>([
    [2, () => 0],
    [30, () => chance.ofAnySize(3000)],
    [10, () => chance.ofAnySize(60_000)],
    [3, () => 200_000 + chance.below(150_000)],
    [1, () => chance.below(2_000_000)],
  ])();
}

/** Noise, or what shrinks when it is packed; never the same twice. */
export function contentBy(length: number, chance: Chance): Uint8Array {
  const bytes = chance.is(0.5) ? chance.bytes(length) : new Uint8Array(length).fill(65 + chance.below(26));
  new TextEncoder().encodeInto(String(chance.seed()), bytes);
  return bytes;
}

/** The file, which can no longer be read: not at all, or not to its end. */
export const refused = (file: PhoneFile, chance: Chance): PhoneFile =>
  chance.is(0.6)
    ? { ...file, refusal: 'open failed: Permission denied' }
    : { ...file, failAfterBytes: chance.below(contentBytes(file.content)) };
