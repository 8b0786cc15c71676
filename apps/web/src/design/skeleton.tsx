import type { ReactNode } from 'react';
import styles from './skeleton.module.css';

interface SkeletonProps {
  /** What is waited for: `Reading the list of items…`. */
  readonly words: string;
  /** About how much will stand there. */
  readonly lines?: number;
}

/** What stands there until an answer does, and says what is waited for. */
export function Skeleton({ words, lines = 4 }: SkeletonProps): ReactNode {
  return (
    <div className={styles.skeleton} role="status" aria-busy="true">
      <span className={styles.words}>{words}</span>
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} className={styles.line} aria-hidden="true" />
      ))}
    </div>
  );
}
