import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import styles from './page-header.module.css';

interface PageHeaderProps {
  /** Plain text: it is the window's title too. */
  readonly title: string;
  readonly more?: ReactNode;
  readonly back?: { readonly href: string; readonly label: string };
  readonly buttons?: ReactNode;
}

/** What a screen is: its title, which is focused when one comes to it, and what can be done. */
export function PageHeader({ title, more, back, buttons }: PageHeaderProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${title} · Holdfast`;
  }, [title]);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        {back !== undefined && (
          <Link href={back.href} className={styles.back}>
            <ChevronLeft size={16} aria-hidden="true" />
            {back.label}
          </Link>
        )}
        <h1 className={styles.title} ref={heading} tabIndex={-1}>
          <bdi>{title}</bdi>
        </h1>
        {more !== undefined && <div className={styles.more}>{more}</div>}
      </div>
      {buttons !== undefined && <div className={styles.buttons}>{buttons}</div>}
    </header>
  );
}
