/** A path's parent, `''` for the root's children; `undefined` for the root itself. */
export function parentOf(path: string): string | undefined {
  if (path === '') return undefined;
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The path of something in a folder. */
export const childPath = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;

/** The path of a record in a file made of records: as set-aside ones have it in `holdfast.json`. */
export const recordPath = (made: string, key: string): string => `${made}#${key}`;

/** From, and up to but without: what holds all paths below one, and no other. */
export type PathRange = readonly [from: string, to: string];

/** Above every path: no stored text begins with it. */
const LAST = '\u{10ffff}';

/** Everything in a folder, at any depth. `0` comes right after `/`. */
export const below = (folder: string): PathRange =>
  folder === '' ? ['', LAST] : [`${folder}/`, `${folder}0`];

/** All records of a made file. `$` comes right after `#`. */
export const recordsBelow = (made: string): PathRange => [`${made}#`, `${made}$`];
