import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** Why there is nothing, and how there could be. */
  readonly children?: ReactNode;
  readonly buttons?: ReactNode;
}

/** What stands where a list would be and has nothing in it. */
export function EmptyState({ icon, title, children, buttons }: EmptyStateProps): ReactNode {
  return (
    <div className={styles.empty}>
      <span className={styles.picture} aria-hidden="true">
        {icon}
      </span>
      <h2>{title}</h2>
      {children !== undefined && <div className={styles.more}>{children}</div>}
      {buttons !== undefined && <div className={styles.buttons}>{buttons}</div>}
    </div>
  );
}
