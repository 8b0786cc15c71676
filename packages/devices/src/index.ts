export { type FolderSource, type FolderSourceOptions, openFolderSource } from './folder/folder-source.ts';
export { openFolderSink } from './folder/sink/folder-sink.ts';
export type { FolderSink, Place } from './sink.ts';
export type {
  Device,
  EntryColumns,
  FolderTotals,
  Source,
  SourceEntry,
  SourceFile,
  SourceFolder,
  SourceLink,
  SourceProblem,
  SourceSpecial,
  SourceSubfolder,
} from './source.ts';
export { totalsOf } from './totals.ts';
