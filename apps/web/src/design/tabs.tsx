import type { ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './tabs.module.css';

interface TabsProps {
  /** What they are the parts of, for those who listen. */
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: ReactNode; readonly isCurrent: boolean }[];
}

/** Parts of a screen, each with an address of its own, so that going back works. */
export function Tabs({ label, tabs }: TabsProps): ReactNode {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          className={styles.tab}
          replace
          {...(tab.isCurrent && { 'aria-current': 'page' as const })}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
