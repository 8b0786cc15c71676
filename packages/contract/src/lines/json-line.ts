import { z } from 'zod';
import { errorLine, noteLine, progressLine, versionLine } from './any-command.ts';
import {
  backupLine,
  capabilityLine,
  deviceLine,
  entryLine,
  itemLine,
  pairedLine,
  restoreLine,
  snapshotLine,
} from './backing-up.ts';
import { doctorLine, fixLine, fixPlanLine, iphoneGuideLine, ownDoctorLine } from './doctor.ts';
import { auditedLine, auditLine, ledgerLine, rebuiltLine, unreadLine } from './ledger.ts';
import {
  checkLine,
  findingLine,
  forgetLine,
  forgottenLine,
  lockLine,
  lossLine,
  prunedLine,
  prunePlanLine,
  repairedLine,
  repairIndexPlanLine,
  repairPacksPlanLine,
  repairSnapshotPlanLine,
  replacedLine,
  statsLine,
  unlockLine,
} from './looking-after.ts';
import {
  keyChangedLine,
  keyLine,
  recoveryKitLine,
  repositoryLine,
  servingLine,
  writtenLine,
} from './setting-up.ts';

/** Validates any line that `--json` prints. A new `type` may be added; the fields of one are never renamed. */
export const jsonLineSchema = z.discriminatedUnion('type', [
  auditedLine,
  auditLine,
  backupLine,
  capabilityLine,
  checkLine,
  deviceLine,
  doctorLine,
  entryLine,
  errorLine,
  findingLine,
  fixLine,
  fixPlanLine,
  forgetLine,
  forgottenLine,
  iphoneGuideLine,
  itemLine,
  keyChangedLine,
  keyLine,
  ledgerLine,
  lockLine,
  lossLine,
  noteLine,
  ownDoctorLine,
  pairedLine,
  progressLine,
  prunedLine,
  prunePlanLine,
  rebuiltLine,
  recoveryKitLine,
  repairedLine,
  repairIndexPlanLine,
  repairPacksPlanLine,
  repairSnapshotPlanLine,
  replacedLine,
  repositoryLine,
  restoreLine,
  servingLine,
  snapshotLine,
  statsLine,
  unlockLine,
  unreadLine,
  versionLine,
  writtenLine,
]);

/** Any line that `--json` prints. */
export type JsonLine = z.infer<typeof jsonLineSchema>;

/** The line of one `type`. */
export type JsonLineOf<Type extends JsonLine['type']> = Extract<JsonLine, { type: Type }>;
