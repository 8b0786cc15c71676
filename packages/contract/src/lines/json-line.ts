import { z } from 'zod';
import { errorLine, noteLine, progressLine, versionLine } from './any-command.ts';
import {
  backupLine,
  entryLine,
  itemLine,
  restoredItemLine,
  restoreLine,
  snapshotLine,
} from './backing-up.ts';
import {
  keyChangedLine,
  keyLine,
  recoveryKitLine,
  repositoryLine,
  unlockLine,
  writtenLine,
} from './looking-after.ts';

/** Validates any line that `--json` prints. A new `type` may be added; the fields of one are never renamed. */
export const jsonLineSchema = z.discriminatedUnion('type', [
  backupLine,
  entryLine,
  errorLine,
  itemLine,
  keyChangedLine,
  keyLine,
  noteLine,
  progressLine,
  recoveryKitLine,
  repositoryLine,
  restoredItemLine,
  restoreLine,
  snapshotLine,
  unlockLine,
  versionLine,
  writtenLine,
]);

/** Any line that `--json` prints. */
export type JsonLine = z.infer<typeof jsonLineSchema>;

/** The line of one `type`. */
export type JsonLineOf<Type extends JsonLine['type']> = Extract<JsonLine, { type: Type }>;
