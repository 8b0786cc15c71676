import type { Backup } from '@holdfast/contract/api';
import { Archive } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { backupHref } from '#app/addresses.ts';
import { Answered } from '#design/answered.tsx';
import { LinkButton } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { formatBytes, formatTime, plural, showText } from '#design/format.ts';
import { List, ListRow } from '#design/list-row.tsx';
import styles from './backup-list.module.css';

/** Backups, of one device or of all, the newest first: to be looked into, or compared with the one before. */
export function BackupList({ device }: { readonly device?: string }): ReactNode {
  const backups = useAnswer('backups', { query: device === undefined ? {} : { device } });
  return (
    <Answered of={backups} words="Reading the list of backups…" lines={6}>
      {({ backups: list }) =>
        list.length === 0 ? (
          <Card>
            <EmptyState
              icon={<Archive size={26} />}
              title="No backup yet"
              {...(device === undefined && {
                buttons: <LinkButton href="/">To the first screen</LinkButton>,
              })}
            >
              {device === undefined
                ? 'Plug in a phone or add a folder on the first screen, and back it up.'
                : 'Press “Back up now” in the overview: afterwards it can be looked into here.'}
            </EmptyState>
          </Card>
        ) : (
          <Card
            title={plural(list.length, 'backup')}
            hint="Each is whole by itself: any of them can be looked into and given back."
            isFlush
          >
            <List label="Backups, the newest first">
              {list.map((backup, at) => (
                <li key={backup.id}>
                  <ListRow
                    icon={<Archive size={20} aria-hidden="true" />}
                    title={formatTime(backup.time)}
                    more={factsOf(backup, device === undefined)}
                    end={<Buttons backup={backup} hasOlder={hasOlder(list, at)} />}
                  />
                </li>
              ))}
            </List>
          </Card>
        )
      }
    </Answered>
  );
}

interface ButtonsProps {
  readonly backup: Backup;
  /** There is an older one of the same device to compare it with. */
  readonly hasOlder: boolean;
}

function Buttons({ backup, hasOlder }: ButtonsProps): ReactNode {
  const when = formatTime(backup.time);
  return (
    <span className={styles.buttons}>
      {hasOlder && (
        <span className={styles.compare}>
          <LinkButton
            look="quiet"
            href={`${backupHref(backup.id)}/compare`}
            aria-label={`Compare the backup of ${when} with the one before`}
          >
            Compare
          </LinkButton>
        </span>
      )}
      <LinkButton href={backupHref(backup.id)} aria-label={`View the backup of ${when}`}>
        View
      </LinkButton>
    </span>
  );
}

const hasOlder = (list: readonly Backup[], at: number): boolean =>
  list.slice(at + 1).some(({ device }) => device !== undefined && device.id === list[at]?.device?.id);

function factsOf({ name, device, counts, totalBytes }: Backup, isWithName: boolean): string {
  const whose = showText(device?.name ?? name);
  return [
    ...(isWithName ? [whose] : []),
    ...(counts === undefined ? ['made by another program'] : [plural(counts.verified, 'item')]),
    ...(totalBytes === undefined ? [] : [formatBytes(totalBytes)]),
    ...(counts !== undefined && counts.failed > 0 ? [`${plural(counts.failed, 'item')} failed`] : []),
  ].join(' · ');
}
