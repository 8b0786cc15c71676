/**
 * The engine's door for backups alone: whoever only backs up need not load what gives back, audits and rebuilds. All of it is in the
 * engine's main door, too.
 *
 * ```ts
 * for await (const event of backup(repository, source, { clock, isProcessAlive, signal })) state = stepBackup(state, event);
 * ```
 */
export { wordsOf as rulesInWords } from '../rules/content-rules.ts';
export { ruledSource } from '../rules/ruled-source.ts';
export { type BackupOptions, backup } from './backup.ts';
export type { BackupEvent, BackupSummary } from './events.ts';
export { BACKUP_BEGINNING, type BackupState, reachedBytes, stepBackup, stopBackup } from './state.ts';
