/**
 * Files of this machine, below the threads that write them and the sinks that say where: paths of any length and any
 * bytes; files that are written under another name and get their own when they are whole, replacing nothing unasked;
 * permissions and times.
 *
 * All calls but `writeFile`, which takes a stream, are synchronous. All follow no link at the end of a path, and throw the system's errors.
 */

export { giveName, type Occupied, unlinkQuietly } from './give-name.ts';
export { below, byteLength, osPath, split } from './os-path.ts';
export { hasProc, isShort, LONGEST_NAME, LONGEST_PATH, type Reached, reach, reachEntry } from './reach.ts';
export {
  beginStage,
  createStage,
  finishClosedStage,
  finishStage,
  openStage,
  type StagedFile,
  type StagePaths,
} from './stage.ts';
export { type EntryTraits, setFolderTraits, setLinkTime } from './traits.ts';
export { hashFile, writeFile } from './write-file.ts';
