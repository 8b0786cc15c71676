import type { RestorePlan } from '@holdfast/contract/api';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useOperation, usePages } from '#api/hooks.ts';
import { folderWords } from '#backup/moments.ts';
import { MorePages } from '#backup/panes.tsx';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Dialog } from '#design/dialog.tsx';
import { formatCount, nameOf, showText } from '#design/format.ts';
import { TypeIcon } from '#design/kind-icon.tsx';
import { Stack } from '#design/layout.tsx';
import { List, ListRow } from '#design/list-row.tsx';
import { Notice } from '#design/notice.tsx';
import { useToast } from '#design/toast.tsx';
import { TYPE_WORDS } from '#design/words.ts';
import styles from './restore.module.css';
import { beginWords, isWriting, PLANNED, PLANNED_WORDS, type Planned, planSentence } from './words.ts';

interface PlanViewProps {
  readonly plan: RestorePlan;
  readonly onBack: () => void;
}

/** Gives what giving back would do, item by item if one looks. Only its last button writes, and says so. */
export function PlanView({ plan, onBack }: PlanViewProps): ReactNode {
  const [open, setOpen] = useState<Planned>();
  const start = useOperation('startRun', ['runs', 'home']);
  const [, navigate] = useLocation();
  const toast = useToast();
  const canBegin = isWriting(plan);
  const begin = (): void =>
    start.mutate(
      { body: { kind: 'restore', plan: plan.plan } },
      {
        onSuccess: ({ id }) => navigate(`/runs/${encodeURIComponent(id)}`),
        onError: (thrown) => toast.complain(thrown),
      },
    );
  return (
    <Stack gap="loose">
      <Card title={planSentence(plan)} hint="Nothing is written yet." isFlush>
        <ul className={styles.counts}>
          {PLANNED.map((comesTo) => (
            <Count
              key={comesTo}
              comesTo={comesTo}
              items={plan.counts[comesTo]}
              onOpen={() => setOpen(comesTo)}
            />
          ))}
        </ul>
      </Card>
      {plan.notes.map((note) => (
        <Notice key={note} tone="wait" title={note} />
      ))}
      {plan.byType.length > 1 && (
        <Card title="By type" isFlush>
          <List label="By type">
            {plan.byType.map((one) => (
              <li key={one.type}>
                <ListRow
                  icon={<TypeIcon type={one.type} />}
                  title={TYPE_WORDS[one.type]}
                  end={`${formatCount(one.new)} new of ${formatCount(one.items)}`}
                />
              </li>
            ))}
          </List>
        </Card>
      )}
      <div className={styles.foot}>
        <Button onClick={onBack}>Choose otherwise</Button>
        <Button look="main" disabled={!canBegin} working={start.isPending && 'Beginning…'} onClick={begin}>
          {canBegin ? beginWords(plan) : 'Nothing to give back'}
        </Button>
      </div>
      {open !== undefined && (
        <PlannedItems plan={plan.plan} comesTo={open} onClose={() => setOpen(undefined)} />
      )}
    </Stack>
  );
}

interface CountProps {
  readonly comesTo: Planned;
  readonly items: number;
  readonly onOpen: () => void;
}

function Count({ comesTo, items, onOpen }: CountProps): ReactNode {
  const { label, hint } = PLANNED_WORDS[comesTo];
  return (
    <li>
      <button
        type="button"
        className={styles.count}
        disabled={items === 0}
        onClick={onOpen}
        data-planned={comesTo}
      >
        <strong>{formatCount(items)}</strong>
        <span className={styles.label}>{label}</span>
        <span className={styles.hint}>{hint}</span>
      </button>
    </li>
  );
}

function PlannedItems({
  plan,
  comesTo,
  onClose,
}: {
  plan: string;
  comesTo: Planned;
  onClose: () => void;
}): ReactNode {
  const items = usePages('plannedItems', { params: { plan }, query: { comesTo } });
  return (
    <Dialog title={PLANNED_WORDS[comesTo].label} isWide onClose={onClose}>
      <p className={styles.hint}>{PLANNED_WORDS[comesTo].hint}</p>
      <Answered of={items} words="Reading the list…">
        {(pages) => (
          <>
            <ul className={styles.items} aria-label={PLANNED_WORDS[comesTo].label} tabIndex={0}>
              {pages
                .flatMap((page) => page.items)
                .map((item, index) => (
                  <li key={`${item.path} ${index}`}>
                    <bdi className={styles.label}>
                      {item.title === undefined ? nameOf(item.path) : showText(item.title)}
                    </bdi>
                    <bdi className={styles.hint}>
                      {folderWords(item.path)}
                      {item.to?.includes('/') === true && ` → ${showText(item.to)}`}
                    </bdi>
                    {item.sentence !== undefined && <p>{item.sentence}</p>}
                    {item.remedy !== undefined && <p className={styles.hint}>{item.remedy}</p>}
                    {item.detail !== undefined && <p className={styles.hint}>{showText(item.detail)}</p>}
                  </li>
                ))}
            </ul>
            <MorePages
              words="More items"
              hasMore={items.hasNextPage}
              isFetching={items.isFetchingNextPage}
              onMore={() => void items.fetchNextPage()}
            />
          </>
        )}
      </Answered>
    </Dialog>
  );
}
