import type { Backup } from '@holdfast/contract/api';
import { GitCompareArrows, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Ago } from '#design/ago.tsx';
import { LinkButton } from '#design/button.tsx';
import { formatBytes, formatTime, plural, showText } from '#design/format.ts';
import { PageHeader } from '#design/page-header.tsx';
import styles from './backup-page.module.css';
import { olderThan, useBackupsBeside } from './compare/older-backups.ts';

/** Gives whose backup it is, of when, how much of it is proved, and a way to compare it where there is an older one. */
export function BackupHeader({ backup }: { backup: Backup }): ReactNode {
  const { counts, device } = backup;
  const { data: all } = useBackupsBeside(backup);
  return (
    <PageHeader
      title={device === undefined ? showText(backup.name) : showText(device.name)}
      back={{ href: '/backups', label: 'Backups' }}
      more={
        <span className={styles.facts}>
          <span>
            {formatTime(backup.time)} (<Ago time={backup.time} />)
          </span>
          {counts !== undefined && (
            <span className={styles.proved}>
              <ShieldCheck size={16} aria-hidden="true" />
              {plural(counts.verified, 'item')} proved
            </span>
          )}
          {backup.totalBytes !== undefined && <span>{formatBytes(backup.totalBytes)}</span>}
          {counts !== undefined && counts.failed + counts.skipped + counts.waiting > 0 && (
            <span>{plural(counts.failed + counts.skipped + counts.waiting, 'item')} not in it</span>
          )}
        </span>
      }
      buttons={
        all === undefined || olderThan(backup, all).length === 0 ? undefined : (
          <LinkButton
            href={`/backups/${backup.id}/compare`}
            icon={<GitCompareArrows size={18} aria-hidden="true" />}
            aria-label="Compare with an older backup"
          >
            <span className={styles.long}>Compare with an older backup</span>
          </LinkButton>
        )
      }
    />
  );
}
