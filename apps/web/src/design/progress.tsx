import type { ReactNode } from 'react';
import { joinClasses } from './join-classes.ts';
import styles from './progress.module.css';
import type { Tone } from './tone.ts';
import tones from './tones.module.css';

interface ProgressProps {
  /** What goes on, for those who listen. */
  readonly label: string;
  /** 0 to 1; `undefined` while nobody knows. */
  readonly share: number | undefined;
  readonly tone?: Tone;
  /** Words at the beginning of the line below. */
  readonly words?: ReactNode;
  /** Words at its end: time left. */
  readonly end?: ReactNode;
}

/** How far something is, as a bar and in words. Its height does not change with them. */
export function Progress({ label, share, tone = 'busy', words, end }: ProgressProps): ReactNode {
  const percent = share === undefined ? undefined : Math.floor(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div className={joinClasses(styles.progress, tones[tone])}>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent !== undefined && { 'aria-valuenow': percent })}
      >
        <div
          className={joinClasses(styles.bar, share === undefined && styles.unknown)}
          style={share === undefined ? undefined : { transform: `scaleX(${share})` }}
        />
      </div>
      {(words !== undefined || end !== undefined) && (
        <div className={styles.words}>
          <span>{words}</span>
          <span>{end}</span>
        </div>
      )}
    </div>
  );
}
