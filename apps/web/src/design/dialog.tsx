import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button.tsx';
import styles from './dialog.module.css';
import { joinClasses } from './join-classes.ts';

interface DialogProps {
  readonly title: string;
  readonly isWide?: boolean;
  readonly onClose: () => void;
  /** Buttons at the bottom, the main one last. */
  readonly buttons?: ReactNode;
  readonly children: ReactNode;
}

/** Something that must be dealt with, or closed, before the page below: shown as long as it is rendered. */
export function Dialog({ title, isWide = false, onClose, buttons, children }: DialogProps): ReactNode {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={joinClasses(styles.dialog, isWide && styles.wide)}
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <Button look="icon" icon={<X size={20} />} aria-label="Close" onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
      {buttons !== undefined && <footer className={styles.foot}>{buttons}</footer>}
    </dialog>
  );
}
