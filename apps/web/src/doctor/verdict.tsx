import { CircleHelp, SearchCheck, ShieldCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Ago } from '#design/ago.tsx';
import { joinClasses } from '#design/join-classes.ts';
import type { Tone } from '#design/tone.ts';
import tones from '#design/tones.module.css';
import styles from './verdict.module.css';

const ICONS = {
  good: ShieldCheck,
  busy: SearchCheck,
  wait: TriangleAlert,
  bad: SearchCheck,
  idle: CircleHelp,
};

interface VerdictProps {
  readonly word: string;
  readonly tone: Tone;
  readonly sentence: string;
  readonly at: string;
  /** At its end: a button. */
  readonly button?: ReactNode;
}

/** What the doctor found, in a few words and one sentence. */
export function Verdict({ word, tone, sentence, at, button }: VerdictProps): ReactNode {
  const Icon = ICONS[tone];
  return (
    <header className={joinClasses(styles.verdict, tones[tone])}>
      <span className={styles.picture}>
        <Icon size={30} aria-hidden="true" />
      </span>
      <div className={styles.words} role="status">
        <h2 className={styles.word}>{word}</h2>
        <p className={styles.sentence}>{sentence}</p>
        <p className={styles.when}>
          Looked <Ago time={at} />
        </p>
      </div>
      {button !== undefined && <div className={styles.button}>{button}</div>}
    </header>
  );
}
