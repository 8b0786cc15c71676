import type { ReactNode } from 'react';
import { joinClasses } from './join-classes.ts';
import styles from './picture-card.module.css';
import type { Tone } from './tone.ts';
import tones from './tones.module.css';

interface PictureCardProps {
  readonly as: 'article' | 'section';
  readonly tone: Tone;
  readonly icon: ReactNode;
  /** What it is, for those who listen; or the id of its heading. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly children: ReactNode;
}

/** A card that a picture of its colour stands beside, where there is room for it. */
export function PictureCard({
  as: Element,
  tone,
  icon,
  label,
  labelledBy,
  children,
}: PictureCardProps): ReactNode {
  return (
    <Element
      className={joinClasses(styles.card, tones[tone])}
      aria-label={label}
      aria-labelledby={labelledBy}
    >
      <span className={styles.picture} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.words}>{children}</div>
    </Element>
  );
}
