import type { ItemState } from '@holdfast/contract';
import type { Run, RunItem } from '@holdfast/contract/api';
import { type ReactNode, useState } from 'react';
import { usePages } from '#api/hooks.ts';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { formatCount, nameOf, showText } from '#design/format.ts';
import { remedyOf } from '#design/reason-words.ts';
import { StateBadge } from '#design/state-badge.tsx';
import styles from './set-aside.module.css';
import { placeOf, stateWord } from './words.ts';

interface SetAsideProps {
  readonly run: Run;
  /** Which items are asked for; `undefined`: those set aside. */
  readonly states: readonly ItemState[] | undefined;
}

/** What a run set aside, and why: the last few while it goes on, all of them when asked. */
export function SetAside({ run, states }: SetAsideProps): ReactNode {
  const [isAll, setAll] = useState(false);
  const isListing = isAll || states !== undefined;
  const pages = usePages(
    'runItems',
    { params: { run: run.id }, query: { limit: 100, states: (states ?? ASIDE).join(',') } },
    { enabled: isListing },
  );
  if (run.setAside === 0 && states === undefined) return null;
  const items = isListing ? (pages.data?.flatMap((page) => page.items) ?? []) : run.lastSetAside;
  const isUnlisted = !isListing && run.setAside > run.lastSetAside.length;
  return (
    <Card title={titleOf(run, states)} isFlush>
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={`${item.path} ${item.to ?? ''}`}>
            <AsideRow item={item} />
          </li>
        ))}
        {isListing && pages.isPending && <li className={styles.foot}>Reading the list…</li>}
        {isListing && !pages.isPending && items.length === 0 && (
          <li className={styles.foot}>There are none, or they are not known any more.</li>
        )}
      </ul>
      {(isUnlisted || (isListing && pages.hasNextPage)) && (
        <p className={styles.foot}>
          <Button
            look="quiet"
            working={pages.isFetching && isListing && 'Reading…'}
            onClick={() => (isListing ? void pages.fetchNextPage() : setAll(true))}
          >
            {isListing ? 'Show more' : `Show all ${formatCount(run.setAside)}`}
          </Button>
        </p>
      )}
    </Card>
  );
}

const ASIDE: readonly ItemState[] = ['failed', 'skipped', 'waiting'];

function titleOf(run: Run, states: readonly ItemState[] | undefined): string {
  if (states === undefined) return `Set aside: ${formatCount(run.setAside)}`;
  return states.map((state) => stateWord(run.kind, state)).join(', ');
}

/** An item and what became of it: its sentence and remedy. */
function AsideRow({ item }: { readonly item: RunItem }): ReactNode {
  const remedy = item.state === 'verified' ? undefined : remedyOf(item.reason, item.remedy);
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <p className={styles.name}>
          <bdi>{item.title === undefined ? nameOf(item.path) : showText(item.title)}</bdi>
        </p>
        <p className={styles.folder}>
          <bdi>{placeOf(item)}</bdi>
        </p>
        <p>{item.sentence}</p>
        {remedy !== undefined && <p className={styles.remedy}>{remedy}</p>}
      </div>
      <StateBadge state={item.state} />
    </div>
  );
}
