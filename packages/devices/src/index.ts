export { type FolderSource, type FolderSourceOptions, openFolderSource } from './folder/folder-source.ts';
export { openFolderSink } from './folder/sink/folder-sink.ts';
export type { FolderSink, Place } from './sink.ts';
export {
  type Device,
  type FolderTotals,
  MOST_READ_AT_ONCE,
  type Source,
  type SourceEntry,
  type SourceFile,
  type SourceFolder,
  type SourceLink,
  type SourceProblem,
  type SourceRecord,
  type SourceSpecial,
  type SourceSubfolder,
} from './source.ts';
export { totalsOf } from './totals.ts';
