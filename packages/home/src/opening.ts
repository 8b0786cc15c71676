/**
 * What a command opens a repository with, without all that runs need: while a thread of its own derives the key, the rest of the program is still
 * being loaded. All of it is behind the main door too.
 */
export { openOrCreate, openOrPretend } from './repository/create.ts';
export { type Early, withBegun, withIndexOnly } from './repository/with-repository.ts';
