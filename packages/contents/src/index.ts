/**
 * What is in a backup, laid out to be looked at: photos by day, folders, message threads, contacts, search, differences. Each backup is read once, into a
 * file that is only a cache; from then on every page of it is there at once, however much it holds.
 *
 * It reads repositories and writes nothing but that cache; what it shows is as hostile as the phone it came from.
 *
 * ```ts
 * await using contents = new Contents({ folder, read, clock, timeZone });
 * const index = await contents.ready(snapshot, signal);
 * const { path, content } = index.entry(4711);
 * ```
 */
export type { BackupIndex } from './backup-index.ts';
export { Contents, type ContentsOptions, type ContentsState, type Reading } from './contents.ts';
export type { Entry } from './entry.ts';
export type { FileFacts } from './facts/told.ts';
export { CONTENTS_FAILURES } from './failures.ts';
export { type ChosenFile, type ChosenFiles, chosenBytes } from './selection/files.ts';
export type { Resolved } from './selection/resolve.ts';
