/**
 * Why Google Photos on a phone does not back up: asks the phone without changing anything, says what stands out and what follows from
 * it, and what mends it. Pure but for the probes, which read; only a fix that somebody agreed to changes a phone.
 *
 * It backs nothing up, knows no repository and no home folder.
 */
export { type Asked, refused } from './asked.ts';
export type { ComplaintEntry, Severity } from './catalogue/complaint-entry.ts';
export { COMPLAINTS } from './catalogue/complaints.ts';
export { COMPLAINT_CODES, type ComplaintCode } from './complaint-code.ts';
export {
  type Complaint,
  type Diagnosis,
  diagnose,
  type SeenSince,
  seenSince,
  unplugged,
  verdictOf,
} from './diagnose.ts';
export {
  type Examination,
  type ExamineOptions,
  examine,
  reportOf,
  standingOf,
} from './examine.ts';
export { DOCTOR_FAILURES } from './failures.ts';
export { FIX_CODES_BY_WAY, type FixCode, type Way } from './fix-code.ts';
export { type ApplyOptions, applyFix, type Rescue } from './fixes/apply.ts';
export { isFixCode, SAFE_ORDER } from './fixes/fixes.ts';
export { parseJournal } from './fixes/parse-journal.ts';
export { extrasFor, type Plan, planFix, shownPlan, WAIVER } from './fixes/plan.ts';
export {
  canBeUndone,
  type FixJournal,
  fixRecordOf,
  type JournalEntry,
  type KeptFix,
  keptFix,
} from './fixes/record.ts';
export { fixesFor } from './fixes/shown-fixes.ts';
export { type Moved, movedBetween, type Standing } from './fixes/standing.ts';
export type { Risk } from './fixes/step.ts';
export { undoFix } from './fixes/undo.ts';
export { PHOTOS } from './google-photos.ts';
export type { LimitTable, SkipReason } from './limits/limit-table.ts';
export { LIMIT_TABLES, LIMITS_BEFORE, LIMITS_NOW } from './limits/tables.ts';
export { type FileToTake, isIndexed, whySkipped } from './limits/why-skipped.ts';
export { type OwnReader, ownReport } from './own/own-complaints.ts';
export type { OwnDevice, OwnFacts, OwnRun } from './own/own-facts.ts';
export {
  type AccountFacts,
  type AndroidFacts,
  type AppFacts,
  type AppScreenFacts,
  type ClockFacts,
  type DataSaverFacts,
  type FactOf,
  factOf,
  type MediaFacts,
  type NetworkFacts,
  type PermissionFacts,
  type PhotoAccess,
  type PhotosFacts,
  type PhotosJob,
  type PhotosState,
  type PowerFacts,
  type ProbeName,
  type ScreenFacts,
  type SkippedFile,
  type StatusFacts,
  type StorageFacts,
  type ToolFacts,
  type UnseenFacts,
} from './photos-facts.ts';
export { PROBES } from './probes/all-probes.ts';
export type { Answer, Evidence, Probe, ProbeOptions } from './probes/probe.ts';
export { type Asking, factsOf, type ProbeAllOptions, probeAll } from './probes/probe-all.ts';
