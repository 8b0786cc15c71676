import { REASONS, type ReasonCode } from '@holdfast/contract';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { formatCount } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { remedyOf } from '#design/reason-words.ts';
import { StateIcon } from '#design/state-badge.tsx';
import tones from '#design/tones.module.css';
import { STATE_WORDS } from '#design/words.ts';
import type { ReasonCount } from './filter.ts';
import styles from './reason-list.module.css';

interface ReasonListProps {
  readonly reasons: readonly ReasonCount[];
  readonly chosen: ReasonCode | undefined;
  readonly onChoose: (reason: ReasonCode | undefined) => void;
}

/** Why items are as they are, each reason with what to do and how many have it: pressed, only those are listed. */
export function ReasonList({ reasons, chosen, onChoose }: ReasonListProps): ReactNode {
  const shown = chosen === undefined ? reasons : reasons.filter(({ reason }) => reason === chosen);
  if (shown.length === 0) return null;
  return (
    <Card
      title={chosen === undefined ? 'Why' : 'Only those with this reason'}
      isFlush
      {...(chosen !== undefined && {
        aside: (
          <Button look="quiet" icon={<X size={16} />} onClick={() => onChoose(undefined)}>
            All reasons
          </Button>
        ),
      })}
    >
      <ul className={styles.list}>
        {shown.map(({ reason, state, items }) => (
          <li key={reason}>
            <button
              type="button"
              className={joinClasses(styles.reason, tones[STATE_WORDS[state].tone])}
              aria-pressed={reason === chosen}
              onClick={() => onChoose(reason === chosen ? undefined : reason)}
            >
              <span className={styles.icon} title={STATE_WORDS[state].word}>
                <StateIcon state={state} />
              </span>
              <span className={styles.words}>
                <span className={styles.sentence}>{REASONS[reason].sentence}</span>
                <span className={styles.remedy}>{remedyOf(reason)}</span>
              </span>
              <span className={styles.count}>{formatCount(items)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
