import { shown } from '#output/screen.ts';

/** A place in a backup as people and `BACKUP:PATH` write it: `/files/DCIM/a.jpg`. */
export function pathText(names: readonly string[]): string {
  return `/${names.join('/')}`;
}

/** The same, fit for a terminal. */
export function shownPath(names: readonly string[]): string {
  return shown(pathText(names));
}
