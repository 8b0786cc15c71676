import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import styles from './tabs.module.css';

interface TabsProps {
  /** What they are the parts of, for those who listen. */
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: ReactNode; readonly isCurrent: boolean }[];
}

/** Parts of a screen, each with an address of its own, so that going back works. */
export function Tabs({ label, tabs }: TabsProps): ReactNode {
  const ref = useRef<HTMLElement>(null);
  const current = tabs.findIndex(({ isCurrent }) => isCurrent);
  // Where they are wider than the screen, the one that is shown must not be the one cut off.
  useEffect(() => {
    const row = ref.current;
    const tab = row?.children[current];
    if (row === null || !(tab instanceof HTMLElement)) return;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }, [current]);
  return (
    <nav ref={ref} className={styles.tabs} aria-label={label}>
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
