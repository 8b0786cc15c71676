import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { joinClasses } from './join-classes.ts';
import type { Tone } from './tone.ts';
import tones from './tones.module.css';

interface BadgeProps {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

/** A state: colour, picture and word. */
export function Badge({ tone, icon, children }: BadgeProps): ReactNode {
  return (
    <span className={joinClasses(styles.badge, tones[tone])}>
      {icon}
      {children}
    </span>
  );
}
