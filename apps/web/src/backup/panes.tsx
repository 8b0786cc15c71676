import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { Link } from 'wouter';
import { Button } from '#design/button.tsx';
import { joinClasses } from '#design/join-classes.ts';
import styles from './panes.module.css';

interface PanesProps {
  readonly list: ReactNode;
  /** What was chosen in the list. */
  readonly detail: ReactNode | undefined;
  /** Where a small screen goes back to the list. */
  readonly back: { readonly href: string; readonly label: string };
  /** Stands where the detail would, on a wide screen. */
  readonly none: ReactNode;
}

/** Gives a list and what was chosen in it: beside each other where there is room, one after another on a phone. */
export function Panes({ list, detail, back, none }: PanesProps): ReactNode {
  return (
    <div className={joinClasses(styles.panes, detail !== undefined && styles['has-detail'])}>
      <div className={styles.list}>{list}</div>
      <div className={styles.detail}>
        {detail !== undefined && (
          <Link href={back.href} className={styles.back}>
            <ChevronLeft size={16} aria-hidden="true" />
            {back.label}
          </Link>
        )}
        {detail ?? none}
      </div>
    </div>
  );
}

interface PagedSheetProps {
  /** What the list is of, for those who listen. */
  readonly label: string;
  readonly moreWords: string;
  readonly pages: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly children: ReactNode;
}

/** Gives lines on a sheet, which goes on as far as there are pages. */
export function PagedSheet({ label, moreWords, pages, children }: PagedSheetProps): ReactNode {
  return (
    <div className={styles.sheet}>
      <ul aria-label={label}>{children}</ul>
      <MorePages
        words={moreWords}
        hasMore={pages.hasNextPage}
        isFetching={pages.isFetchingNextPage}
        onMore={() => void pages.fetchNextPage()}
      />
    </div>
  );
}

interface MorePagesProps {
  readonly words: string;
  readonly hasMore: boolean;
  readonly isFetching: boolean;
  readonly onMore: () => void;
}

/** Gives the end of a list that goes on: more comes when it comes into view, and by a button for who has no scroll wheel. */
export function MorePages({ words, hasMore, isFetching, onMore }: MorePagesProps): ReactNode {
  const end = useRef<HTMLDivElement>(null);
  const seen = useEffectEvent(() => {
    if (!isFetching) onMore();
  });
  useEffect(() => {
    const element = end.current;
    if (element === null || !hasMore || isFetching) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && seen(),
      {
        rootMargin: '800px',
      },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasMore, isFetching]);
  if (!hasMore) return null;
  return (
    <div ref={end} className={styles['more-button']}>
      <Button look="quiet" working={isFetching && 'Reading more…'} onClick={onMore}>
        {words}
      </Button>
    </div>
  );
}
