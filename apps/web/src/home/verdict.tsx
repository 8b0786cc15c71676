import type { Home } from '@holdfast/contract/api';
import { RefreshCw, ShieldAlert, ShieldCheck, Sprout } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { joinClasses } from '#design/join-classes.ts';
import tones from '#design/tones.module.css';
import styles from './verdict.module.css';

const LOOKS = {
  safe: { Icon: ShieldCheck, tone: 'good', word: 'You are safe' },
  busy: { Icon: RefreshCw, tone: 'busy', word: 'Backing up' },
  attention: { Icon: ShieldAlert, tone: 'wait', word: 'Something needs a look' },
  empty: { Icon: Sprout, tone: 'idle', word: 'Nothing is backed up yet' },
} as const satisfies Record<Home['verdict']['kind'], unknown>;

/** Is everything safe? In two words, a colour and a sentence. */
export function Verdict({ verdict }: { readonly verdict: Home['verdict'] }): ReactNode {
  const { Icon, tone, word } = LOOKS[verdict.kind];
  useEffect(() => {
    document.title = `${word} · Holdfast`;
  }, [word]);
  return (
    <header className={joinClasses(styles.verdict, tones[tone])}>
      <span className={styles.picture}>
        <Icon size={34} aria-hidden="true" />
      </span>
      <div className={styles.words} role="status">
        <h1 className={styles.word}>{word}</h1>
        <p className={styles.sentence}>{verdict.sentence}</p>
      </div>
    </header>
  );
}
