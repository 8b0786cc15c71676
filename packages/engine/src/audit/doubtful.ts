import { fileKindOf, type SourceFile } from '@holdfast/devices';
import type { AuditedThing } from './events.ts';
import type { SavedContent } from './saved-contents.ts';

/** A file of the device that is not as its last backup has it. */
export interface Doubtful {
  readonly path: string;
  readonly sizeBytes: number;
  readonly file: SourceFile;
  /** True when the last backup has something at its path. */
  readonly isThere: boolean;
  /** What backups of the device have at its path, of its size; the newest first. */
  readonly here: SavedContent[];
}

/** Why nothing is looked for: rules, and what holds no content. */
export const NOT_ASKED_FOR: readonly string[] = [
  'excluded',
  'rule-type',
  'own-repository',
  'folder-loop',
  'special-file',
];

/** What is told of it. */
export const fileOf = ({ path, sizeBytes }: Doubtful): AuditedThing => ({
  path,
  kind: fileKindOf(path.slice(path.lastIndexOf('/') + 1)),
  sizeBytes,
});
