import type { Answer, Backup } from '@holdfast/contract/api';
import { useAnswer } from '#api/hooks.ts';

/** Gives the backups of the device that a backup is of, itself among them. Asked for once the backup is known. */
export const useBackupsBeside = (backup: Backup | undefined) =>
  useAnswer(
    'backups',
    { query: backup?.device === undefined ? {} : { device: backup.device.id } },
    { enabled: backup !== undefined },
  );

/** Gives those that were made before a backup. */
export const olderThan = ({ id, time }: Backup, { backups }: Answer<'backups'>): readonly Backup[] =>
  backups.filter((other) => other.id !== id && other.time < time);
