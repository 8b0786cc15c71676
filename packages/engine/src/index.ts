/**
 * Runs: a source is backed up into a repository, a backup is given back to a sink. Each run is an async iterable of events,
 * and a pure function makes the state a person sees out of them. It knows no screen, no clock of its own and no device's
 * protocol.
 *
 * ```ts
 * let state = BACKUP_BEGINNING;
 * for await (const event of backup(repository, source, { clock, isProcessAlive, signal })) {
 *   state = stepBackup(state, event);
 *   show(state);
 * }
 * ```
 */
export { type AuditOptions, audit } from './audit/audit.ts';
export type { AuditEvent, AuditedItem, AuditSummary, Verdict } from './audit/events.ts';
export { type BackupOptions, backup } from './backup/backup.ts';
export type { BackupEvent, BackupPhase, BackupSummary, SetAside } from './backup/events.ts';
export { LAYOUT_VERSION, MANIFEST_NAME, type Manifest, parseManifest } from './backup/manifest.ts';
export { BACKUP_BEGINNING, type BackupState, reachedBytes, stepBackup, stopBackup } from './backup/state.ts';
export { type DrillEvent, type DrilledItem, type DrillOptions, drill } from './drill/drill.ts';
export type { SampleLimits } from './drill/sample.ts';
export { ENGINE_FAILURES } from './failures.ts';
export type { RebuildEvent, RebuildSummary, Unread } from './rebuild/events.ts';
export { rebuild } from './rebuild/rebuild.ts';
export { type DevicePlan, type DeviceSelection, planDeviceRestore } from './restore/device/device-plan.ts';
export { isRecordPath, typeOfFile } from './restore/device/places.ts';
export type { PlannedRecords } from './restore/device/plan-records.ts';
export {
  type DeviceRestoreOptions,
  restoreToDevice,
  undoLeftOver,
} from './restore/device/restore-to-device.ts';
export type { RestoredItem, RestoredRecord, RestoreEvent, RestoreSummary } from './restore/events.ts';
export { planRestore } from './restore/plan.ts';
export { restore } from './restore/restore.ts';
export type {
  Conflict,
  PlannedExcerpt,
  RestorePlan,
  RestoreSelection,
  SettledItem,
} from './restore/restore-plan.ts';
export { find, namesOf } from './restore/select.ts';
export { RESTORE_BEGINNING, type RestoreState, stepRestore } from './restore/state.ts';
export { type ContentRules, wordsOf as rulesInWords } from './rules/content-rules.ts';
export { ruledSource } from './rules/ruled-source.ts';
export { damageOf } from './saved/damage.ts';
export { type ExcerptOptions, excerptOf } from './saved/excerpt.ts';
export { type RecordFile, recordFileAt } from './saved/record-files.ts';
export { savedDevice } from './saved/saved-device.ts';
export {
  type CareDone,
  type CareDue,
  type CareHistory,
  type CareKind,
  type CareSettings,
  careDue,
} from './schedule/care-due.ts';
export { type Decision, decide, type HoldRule, type Situation, type WhenRules } from './schedule/decide.ts';
