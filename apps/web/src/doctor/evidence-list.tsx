import type { Evidence } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { Card } from '#design/card.tsx';
import { formatCount, plural, showText } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { Soft } from '#design/layout.tsx';
import tones from '#design/tones.module.css';
import styles from './evidence-list.module.css';
import { Fold } from './fold.tsx';
import { showRaw, tallyOf } from './report-view.ts';
import { toldWords } from './words.ts';

/** More of a raw output slows the page down, and nobody reads it. */
const MOST_RAW = 100_000;

/** Everything that was asked, what was told, and the phone's own words: all of it folded. */
export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }): ReactNode {
  const { value, absent, unrecognised, refused } = tallyOf(evidence);
  const silent = unrecognised + refused;
  return (
    <Card
      title="Evidence"
      hint={`${plural(evidence.length, 'question')}: ${formatCount(value + absent)} answered${silent === 0 ? '' : `, ${formatCount(silent)} not`}. Names and numbers are masked.`}
    >
      <Fold label="What was asked, and what the phone said">
        <Answers evidence={evidence} />
      </Fold>
    </Card>
  );
}

/** Answers below each other, each with the phone's own words in it. */
export function Answers({ evidence }: { readonly evidence: readonly Evidence[] }): ReactNode {
  return (
    <ul className={styles.list}>
      {evidence.map((one) => (
        <li key={one.probe}>
          <Answered evidence={one} />
        </li>
      ))}
    </ul>
  );
}

function Answered({ evidence: { title, told, asked, raw } }: { readonly evidence: Evidence }): ReactNode {
  const { word, tone } = toldWords(told);
  const { text, left } = showRaw(raw, MOST_RAW);
  return (
    <Fold
      label={
        <span className={styles.line}>
          <span className={styles.title}>{title}</span>
          <bdi
            className={joinClasses(
              styles.told,
              tone !== 'good' && tones[tone],
              tone !== 'good' && styles.toned,
            )}
          >
            {showText(word)}
          </bdi>
        </span>
      }
    >
      <div className={styles.raw}>
        <Soft isSmall>Asked</Soft>
        <code className={styles.asked}>{showText(asked)}</code>
        <Soft isSmall>Said</Soft>
        {text.trim() === '' ? (
          <p>Nothing.</p>
        ) : (
          // It scrolls: with the keyboard too.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <pre className={styles.said} tabIndex={0} dir="ltr" aria-label={`What the phone said: ${title}`}>
            {text}
          </pre>
        )}
        {left > 0 && <Soft isSmall>{plural(left, 'more character')} are left out here.</Soft>}
      </div>
    </Fold>
  );
}
