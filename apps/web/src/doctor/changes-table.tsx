import type { ReactNode } from 'react';
import { showText } from '#design/format.ts';
import styles from './changes-table.module.css';
import type { Change } from './fix-view.ts';

interface ChangesTableProps {
  readonly caption: string;
  readonly changes: readonly Change[];
  /** False before a fix: then there is no after. */
  readonly hasAfter: boolean;
}

/** Values before and after, side by side. */
export function ChangesTable({ caption, changes, hasAfter }: ChangesTableProps): ReactNode {
  if (changes.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">{hasAfter ? 'Before' : 'Now'}</th>
          {hasAfter && <th scope="col">After</th>}
        </tr>
      </thead>
      <tbody>
        {changes.map(({ what, before, after }) => (
          <tr key={what}>
            <th scope="row">{showText(what)}</th>
            <td>
              <bdi>{before === undefined ? '—' : showText(before)}</bdi>
            </td>
            {hasAfter && (
              <td>
                <bdi>{after === undefined ? '—' : showText(after)}</bdi>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
