export { type AndroidFiles, type AndroidFilesOptions, androidFiles } from './android/android-files.ts';
export { type AndroidSource, type AndroidSourceOptions, androidSource } from './android/android-source.ts';
export { capabilitiesOf } from './android/capabilities/capabilities.ts';
export { BIND_PROBE, parseAppOp, parseBindDialect } from './android/capabilities/probes.ts';
export { type MediaRow, mediaIndexOf } from './android/content/media-index.ts';
export { type BatteryFacts, batteryOf, parseBattery } from './android/facts/battery.ts';
export { type DiskSpace, parseDiskSpace } from './android/facts/disk-space.ts';
export { type Output, outputOf } from './android/facts/output.ts';
export type { PhoneFacts } from './android/facts/phone-facts.ts';
export { parseProperties } from './android/facts/properties.ts';
export { ABSENT, type Told, told, unrecognised, valueOf } from './android/facts/told.ts';
export type { Volume } from './android/facts/volumes.ts';
export { type AndroidSinkOptions, androidSink } from './android/giving/android-sink.ts';
export { type HashesOptions, phoneHashes } from './android/hashes/phone-hashes.ts';
export {
  LOOPBACK_ADDRESSES,
  type Lookout,
  type PhoneAddress,
  type PhoneInSight,
  phonesInSight,
} from './android/in-sight/phones-in-sight.ts';
export { type AndroidPhone, type OpenPhoneOptions, openPhone } from './android/phone.ts';
export { Recorder, type RecorderOptions } from './android/recording/recorder.ts';
export {
  type PhoneLine,
  parseTranscript,
  type ServiceLine,
  type ShellLine,
  type SyncLine,
  type TranscriptLine,
} from './android/recording/transcript.ts';
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
export { totalsOf } from './totals.ts';
export type { UndoNote, UndoNotes } from './undo-note.ts';
