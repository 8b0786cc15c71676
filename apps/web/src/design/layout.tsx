import type { ReactNode } from 'react';
import { joinClasses } from './join-classes.ts';
import styles from './layout.module.css';

interface StackProps {
  /** How far apart. */
  readonly gap?: 'tight' | 'normal' | 'loose';
  readonly children: ReactNode;
}

/** Things below each other. */
export function Stack({ gap = 'normal', children }: StackProps): ReactNode {
  return <div className={joinClasses(styles.stack, gap !== 'normal' && styles[gap])}>{children}</div>;
}

/** Things beside each other, on as many lines as they need. */
export function Row({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={styles.row}>{children}</div>;
}

/** As many columns as there is room for. */
export function Columns({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={styles.columns}>{children}</div>;
}

/** Words that stand back. */
export function Soft({
  isSmall = false,
  children,
}: {
  readonly isSmall?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return <span className={joinClasses(styles.soft, isSmall && styles.small)}>{children}</span>;
}

/** Words for those who listen. */
export function Unseen({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className={styles.hidden}>{children}</span>;
}
