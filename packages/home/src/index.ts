/**
 * A home folder and what is at hand in it: its repository and password, the ledger, the phones in sight and what was noted about them. It knows
 * no command line and no screen: a program says what is outside it, and whom to tell.
 *
 * ```ts
 * const host: Host = { ...machine, tell: { note: console.error, trouble: console.error } };
 * await withIndex(host, {}, listSnapshots, async (repository, snapshots, signal) => { … });
 * ```
 *
 * What phones need is behind a door of its own, `@holdfast/home/phones`: it takes longer to load than a backup of a folder to begin.
 */
export type { Kit } from './care/kit-text.ts';
export {
  hasBackupsHere,
  isRepositoryThere,
  lookAtRepository,
  type RepositoryFacts,
} from './care/look-at-repository.ts';
export { makeRecoveryKit, type RecoveryKit } from './care/recovery-kit.ts';
export { type StoreSigns, storeSigns } from './care/store-signs.ts';
export { HOME_FAILURES } from './failures.ts';
export type { Host, Machine, Tell } from './host.ts';
export { type Journal, type Journals, journalsIn } from './journals/journals.ts';
export { keepLedgers, type Ledgers, ledgersOn, NO_LEDGERS } from './ledger/keep-ledgers.ts';
export { beginRebuild, endRebuild, isHalfRebuilt } from './ledger/unfinished-rebuild.ts';
export { openCatalogHere } from './ledger/with-catalog.ts';
export { type ChangedPassword, changePasswordHere } from './password/change-password-here.ts';
export { newPassword } from './password/new-password.ts';
export { type Password, readPasswordFile } from './password/password.ts';
export { claimPhone } from './phones/claim.ts';
export { factsOf } from './phones/facts.ts';
export { undoNotes } from './phones/undo-notes.ts';
export { claimantHere, isClaimantAlive } from './place/claimant.ts';
export { freeBytes } from './place/free-bytes.ts';
export { type Home, homeOf, type RepositoryPlace, repositoryPlace } from './place/home.ts';
export {
  appendPrivateFile,
  cannot,
  makePrivateFolder,
  putPrivateFile,
  readPrivateFile,
  removeFile,
  replaceFile,
  writePrivateFile,
} from './place/private-file.ts';
export { createHere, openOrCreate, openOrPretend } from './repository/create.ts';
export { type Opened, openHere } from './repository/open.ts';
export { repairConfigHere } from './repository/repair-config-here.ts';
export {
  type Early,
  type Hold,
  type Indexed,
  indexHere,
  type Locked,
  withBegun,
  withIndex,
  withIndexOnly,
  withLock,
} from './repository/with-repository.ts';
export { type AuditHereEvent, auditHere } from './runs/audit.ts';
export { type BackUpEvent, type BackUpOptions, backUp } from './runs/back-up.ts';
export { type GiveBackEvent, giveBack } from './runs/give-back.ts';
export {
  type GiveBackPlan,
  type GiveBackRequest,
  type GiveBackTo,
  planGiveBack,
} from './runs/plan-give-back.ts';
export { DEFAULT_RULES, DEFAULT_SETTINGS, keepsAll, retentionFor } from './settings/defaults.ts';
export { chosenTypes, ruling } from './settings/ruling.ts';
export { channelWithSecrets, withoutSecrets, withSecretsOf } from './settings/secrets.ts';
export { rulesOf, SettingsFile } from './settings/settings-file.ts';
export { type ChosenSource, folderSource, type SourceChoice } from './sources/sources.ts';
