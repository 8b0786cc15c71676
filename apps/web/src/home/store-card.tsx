import type { Home } from '@holdfast/contract/api';
import { HardDrive } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Ago } from '#design/ago.tsx';
import { formatBytes, showText } from '#design/format.ts';
import styles from './store-card.module.css';

/** Where everything is kept, how full that is, and when it was last tried whether it can be given back. */
export function StoreCard({
  store,
  isAway,
}: {
  readonly store: Home['store'];
  /** Its drive is not there. */
  readonly isAway: boolean;
}): ReactNode {
  const { place, usedBytes, freeBytes, provedRestorable } = store;
  return (
    <section className={styles.store} aria-label="Where your backups are">
      <HardDrive size={22} aria-hidden="true" />
      <div className={styles.words}>
        <h2 className={styles.title}>
          <Link href="/repository">Your backups</Link>
        </h2>
        <bdi className={styles.place} title={showText(place)}>
          {showText(place)}
        </bdi>
        <p className={styles.more}>
          {isAway
            ? 'not there now'
            : `${formatBytes(usedBytes)} used${freeBytes === undefined ? '' : `, ${formatBytes(freeBytes)} free`}`}
          {' · '}
          {provedRestorable === undefined ? (
            'no trial restore yet'
          ) : (
            <>
              proved restorable <Ago time={provedRestorable} />
            </>
          )}
        </p>
      </div>
    </section>
  );
}
