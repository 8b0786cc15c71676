import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import styles from './fold.module.css';

interface FoldProps {
  readonly label: ReactNode;
  readonly children: ReactNode;
}

/** Something that opens below its line when that is pressed. */
export function Fold({ label, children }: FoldProps): ReactNode {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.fold}>
      <button
        type="button"
        className={styles.line}
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
