import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { joinClasses } from '#design/join-classes.ts';
import styles from './fold.module.css';

interface FoldProps {
  /** `link`: looks like one; `plain`: like the text around it. */
  readonly look?: 'link' | 'plain';
  readonly label: ReactNode;
  readonly children: ReactNode;
}

/** Something that opens below its line when that is pressed. */
export function Fold({ look = 'link', label, children }: FoldProps): ReactNode {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.fold}>
      <button
        type="button"
        className={joinClasses(styles.line, styles[look])}
        aria-expanded={isOpen}
        {...(isOpen && { 'aria-controls': id })}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronDown size={18} aria-hidden="true" className={styles.arrow} />
        <span className={styles.label}>{label}</span>
      </button>
      {isOpen && (
        <div id={id} className={styles.body}>
          {children}
        </div>
      )}
    </div>
  );
}
