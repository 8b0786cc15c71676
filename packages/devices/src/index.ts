export type {
  Device,
  Source,
  SourceEntry,
  SourceFile,
  SourceFolder,
  SourceLink,
  SourceProblem,
  SourceSpecial,
  SourceSubfolder,
} from './source.ts';
