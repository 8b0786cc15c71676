import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { problemOf } from '#api/problem.ts';
import { Button } from './button.tsx';
import { asSentence } from './format.ts';
import { joinClasses } from './join-classes.ts';
import styles from './toast.module.css';
import tones from './tones.module.css';

interface ToastText {
  readonly tone: 'good' | 'bad';
  readonly message: string;
  readonly hint?: string | undefined;
}

interface Toasts {
  /** Says that something is done. It goes away by itself. */
  readonly say: (message: string) => void;
  /** Says why something was not done, and what to do. It stays until it is closed, or the page is another. */
  readonly complain: (thrown: unknown) => void;
}

const ToastContext = createContext<Toasts>({ say: () => undefined, complain: () => undefined });

/** Short words about what was just done. */
export const useToast = (): Toasts => useContext(ToastContext);

const SHOWN_MS = 6_000;
const MOST_SHOWN = 3;

/** Where they are shown. */
export function ToastPlace({ children }: { readonly children: ReactNode }): ReactNode {
  const [shown, setShown] = useState<readonly (ToastText & { readonly key: number })[]>([]);
  const [path] = useLocation();
  useEffect(() => {
    // What went wrong on `path` is no news on the next: there it would stand beside what went well.
    return () => setShown((all) => all.filter(({ tone }) => tone === 'good'));
  }, [path]);
  const add = useCallback((text: ToastText) => {
    setShown((others) => {
      const key = (others.at(-1)?.key ?? 0) + 1;
      return [...others.filter(({ message }) => message !== text.message), { ...text, key }].slice(
        -MOST_SHOWN,
      );
    });
  }, []);
  const toasts = useMemo<Toasts>(
    () => ({
      say: (message) => add({ tone: 'good', message }),
      complain(thrown) {
        const { message, hint } = problemOf(thrown);
        add({ tone: 'bad', message: asSentence(message), hint });
      },
    }),
    [add],
  );
  const remove = useCallback(
    (key: number) => setShown((all) => all.filter((toast) => toast.key !== key)),
    [],
  );
  return (
    <ToastContext value={toasts}>
      {children}
      <div className={styles.toasts} role="status" aria-live="polite">
        {shown.map((toast) => (
          <Toast key={toast.key} toast={toast} onClose={() => remove(toast.key)} />
        ))}
      </div>
    </ToastContext>
  );
}

function Toast({ toast, onClose }: { readonly toast: ToastText; readonly onClose: () => void }): ReactNode {
  const { tone, message, hint } = toast;
  useEffect(() => {
    if (tone === 'bad') return undefined;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [tone, onClose]);
  const Icon = tone === 'good' ? CircleCheck : CircleAlert;
  return (
    <div className={joinClasses(styles.toast, tones[tone])}>
      <span className={styles.icon}>
        <Icon size={20} aria-hidden="true" />
      </span>
      <div className={styles.words}>
        <p>{message}</p>
        {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      </div>
      <Button look="icon" icon={<X size={18} />} aria-label="Close this message" onClick={onClose} />
    </div>
  );
}
