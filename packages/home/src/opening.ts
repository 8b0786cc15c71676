/**
 * What a command begins with, without all that runs need. A backup has its folder looked at and the repository's key derived, on threads of their own,
 * while the rest of the program is still being loaded. All of it is behind the main door too.
 */
export { openOrCreate, openOrPretend } from './repository/create.ts';
export { type Hold, withIndexOnly } from './repository/with-repository.ts';
export { type ChosenSource, folderSource } from './sources/sources.ts';
