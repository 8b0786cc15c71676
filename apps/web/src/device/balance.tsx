import { ITEM_STATES } from '@holdfast/contract';
import type { Card } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { itemsHref } from '#app/addresses.ts';
import { formatCount } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { StateIcon } from '#design/state-badge.tsx';
import tones from '#design/tones.module.css';
import { STATE_WORDS } from '#design/words.ts';
import styles from './balance.module.css';

interface BalanceProps {
  readonly device: string;
  readonly balance: Card['balance'];
}

/** How many items are in which state: each number leads to its list. */
export function Balance({ device, balance }: BalanceProps): ReactNode {
  return (
    <ul className={styles.balance} aria-label="Items by state">
      {ITEM_STATES.map((state) => (
        <li key={state}>
          <Link
            href={itemsHref(device, { state })}
            className={joinClasses(styles.part, tones[STATE_WORDS[state].tone])}
          >
            <span className={styles.word}>
              <StateIcon state={state} />
              {STATE_WORDS[state].word}
            </span>
            <span className={styles.number}>{formatCount(balance[state])}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
