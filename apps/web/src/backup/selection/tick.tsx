import { type ReactNode, useEffect, useRef } from 'react';
import type { Tickedness } from './selection.ts';
import styles from './tick.module.css';

interface TickProps {
  /** What is ticked, for who cannot see it beside. */
  readonly label: string;
  readonly state: Tickedness;
  readonly onChange: (isOn: boolean) => void;
  /** Shown after the box. */
  readonly children?: ReactNode;
}

/** Gives a box that is ticked, not ticked, or ticked in part; a press on a part of it ticks all of it. */
export function Tick({ label, state, onChange, children }: TickProps): ReactNode {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = state === 'some';
  }, [state]);
  return (
    <label className={styles.tick}>
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={state === 'all'}
        onChange={() => onChange(state !== 'all')}
      />
      {children}
    </label>
  );
}
