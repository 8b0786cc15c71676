import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { joinClasses } from './join-classes.ts';
import styles from './list-row.module.css';

interface ListRowProps {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  /** A second line. */
  readonly more?: ReactNode;
  /** At the end: a number, a state, buttons where the row itself goes nowhere. */
  readonly end?: ReactNode;
  /** Where it leads. */
  readonly href?: string | undefined;
  readonly onPress?: (() => void) | undefined;
  readonly isCurrent?: boolean;
}

/** A line of a list. Long names are cut, never wrapped: all rows are as high. */
export function ListRow({
  icon,
  title,
  more,
  end,
  href,
  onPress,
  isCurrent = false,
}: ListRowProps): ReactNode {
  const inner = (
    <>
      {icon !== undefined && <span className={styles.icon}>{icon}</span>}
      <span className={styles.words}>
        <bdi className={styles.title}>{title}</bdi>
        {more !== undefined && <span className={styles.more}>{more}</span>}
      </span>
      {end !== undefined && <span className={styles.end}>{end}</span>}
      {href !== undefined && <ChevronRight size={18} aria-hidden="true" />}
    </>
  );
  const classes = joinClasses(
    styles.row,
    (href !== undefined || onPress !== undefined) && styles.goes,
    isCurrent && styles.current,
  );
  if (href !== undefined)
    return (
      <Link href={href} className={classes}>
        {inner}
      </Link>
    );
  if (onPress !== undefined)
    return (
      <button type="button" className={classes} onClick={onPress} aria-pressed={isCurrent}>
        {inner}
      </button>
    );
  return <div className={classes}>{inner}</div>;
}

/** Rows below each other, with lines between them. */
export function List({
  children,
  label,
}: {
  readonly children: ReactNode;
  readonly label?: string;
}): ReactNode {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  );
}
