import type { DoctorReport } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { Card } from '#design/card.tsx';
import { folderOf, formatCount, nameOf, plural, showText } from '#design/format.ts';
import { Soft } from '#design/layout.tsx';
import { Fold } from './fold.tsx';
import styles from './report.module.css';
import { leftFiles } from './report-view.ts';

/** Files that Google Photos would not take, and why, a group a reason. */
export function SkippedFiles({ report }: { readonly report: DoctorReport }): ReactNode {
  const groups = leftFiles(report);
  if (groups.length === 0) return null;
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card
      title={`${plural(all, 'file')} Google Photos would leave out`}
      hint="Holdfast saves all of them, as they are."
      isFlush
    >
      <ul className={styles.files}>
        {groups.map(({ code, title, files, count }) => (
          <li key={code} className={styles.group}>
            <Fold
              label={
                <span className={styles.split}>
                  <span>{title}</span>
                  <span className={styles.count}>{formatCount(count)}</span>
                </span>
              }
            >
              {/* It scrolls: with the keyboard too. */}
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
              <ul className={styles.long} tabIndex={0} aria-label={title}>
                {files.map(({ path, why }) => (
                  <li key={path} className={styles.file}>
                    <p className={styles.name}>
                      <bdi>{nameOf(path)}</bdi>
                    </p>
                    <Soft isSmall>
                      <bdi>{folderOf(path)}</bdi>
                    </Soft>
                    <p>{showText(why)}</p>
                  </li>
                ))}
              </ul>
              {count > files.length && (
                <Soft isSmall>
                  These are the first {formatCount(files.length)} of {formatCount(count)}.
                </Soft>
              )}
            </Fold>
          </li>
        ))}
      </ul>
    </Card>
  );
}
