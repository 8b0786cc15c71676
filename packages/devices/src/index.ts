export type {
  BackupFile,
  DeviceSink,
  FileOutcome,
  FileSink,
  FileToGive,
  FolderThere,
  GiveRecordsOptions,
  IndexState,
  RecordFile,
  RecordOutcome,
  RecordSink,
  RecordVerdict,
  SinkRefusal,
  SinkVolume,
  TakenName,
} from './device-sink.ts';
export { type FolderSource, type FolderSourceOptions, openFolderSource } from './folder/folder-source.ts';
export { openFolderSink } from './folder/sink/folder-sink.ts';
export type { FileHash, HashableFile, HashFiles } from './hash-files.ts';
export { type FileKind, fileKindOf, TYPE_OF_FILE } from './item-kind.ts';
export type { FolderSink, Place } from './sink.ts';
export {
  type Device,
  type EntryColumns,
  type FolderTotals,
  MOST_READ_AT_ONCE,
  type ReadFacts,
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
export { toldApart, withDigits } from './told-apart.ts';
export { totalsOf } from './totals.ts';
export type { UndoNote, UndoNotes } from './undo-note.ts';
