import type { ReactNode } from 'react';
import { joinClasses } from './join-classes.ts';
import type { Tone } from './tone.ts';
import tones from './tones.module.css';
import styles from './verdict-banner.module.css';

interface VerdictBannerProps {
  readonly tone: Tone;
  readonly icon: ReactNode;
  /** In two or three words. */
  readonly word: string;
  readonly sentence: string;
  /** It is the heading of the whole page. */
  readonly isFirst?: boolean;
  /** Since when, in small. */
  readonly when?: ReactNode;
  /** At its end: a button. */
  readonly button?: ReactNode;
}

/** What it comes to, before everything else on a page: a colour, a few words and a sentence. */
export function VerdictBanner({
  tone,
  icon,
  word,
  sentence,
  isFirst = false,
  when,
  button,
}: VerdictBannerProps): ReactNode {
  const Heading = isFirst ? 'h1' : 'h2';
  return (
    <header className={joinClasses(styles.verdict, tones[tone], isFirst && styles.first)}>
      <span className={styles.picture} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.words} role="status">
        <Heading className={styles.word}>{word}</Heading>
        <p className={styles.sentence}>{sentence}</p>
        {when !== undefined && <p className={styles.when}>{when}</p>}
      </div>
      {button !== undefined && <div className={styles.button}>{button}</div>}
    </header>
  );
}
