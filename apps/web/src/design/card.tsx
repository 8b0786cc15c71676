import { type ReactNode, useId } from 'react';
import styles from './card.module.css';
import { joinClasses } from './join-classes.ts';

interface CardProps {
  readonly title?: ReactNode;
  /** A line below the title. */
  readonly hint?: ReactNode;
  /** At the end of the title's line. */
  readonly aside?: ReactNode;
  /** Rows go to its edges. */
  readonly isFlush?: boolean;
  readonly children?: ReactNode;
}

/** A piece of a page that belongs together. */
export function Card({ title, hint, aside, isFlush = false, children }: CardProps): ReactNode {
  const id = useId();
  return (
    <section
      className={joinClasses(styles.card, isFlush && styles.flush)}
      {...(title !== undefined && { 'aria-labelledby': id })}
    >
      {title !== undefined && (
        <header className={styles.head}>
          <div className={styles.words}>
            <h2 id={id}>{title}</h2>
            {hint !== undefined && <p className={styles.hint}>{hint}</p>}
          </div>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}
