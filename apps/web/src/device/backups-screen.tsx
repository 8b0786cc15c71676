import type { ReactNode } from 'react';
import { PageHeader } from '#design/page-header.tsx';
import { BackupList } from './backup-list.tsx';

/** All backups of all devices. */
export function BackupsScreen(): ReactNode {
  return (
    <>
      <PageHeader title="Backups" more="Look inside any of them, and give back what you need." />
      <BackupList />
    </>
  );
}
