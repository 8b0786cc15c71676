import type { FixRecord } from '@holdfast/contract/api';
import { CircleAlert, CircleCheck, CircleHelp, Clock, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useOperation } from '#api/hooks.ts';
import { Ago } from '#design/ago.tsx';
import { Badge } from '#design/badge.tsx';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Confirm } from '#design/confirm.tsx';
import { asSentence } from '#design/format.ts';
import { Soft, Stack } from '#design/layout.tsx';
import { useToast } from '#design/toast.tsx';
import { ChangesTable } from './changes-table.tsx';
import styles from './fix-history.module.css';
import { changesOf, recordWords } from './fix-view.ts';
import { Fold } from './fold.tsx';

const ICONS = { good: CircleCheck, busy: Clock, wait: CircleAlert, bad: CircleAlert, idle: CircleHelp };

interface FixHistoryProps {
  readonly device: string;
  readonly records: readonly FixRecord[];
  /** The phone is to be asked again. */
  readonly onChanged: () => void;
}

/** Fixes that were carried out on a phone, and a button to undo each that can be. */
export function FixHistory({ device, records, onChanged }: FixHistoryProps): ReactNode {
  const [undoing, setUndoing] = useState<FixRecord>();
  const undo = useOperation('undoFix', ['fixRecords']);
  const toast = useToast();
  if (records.length === 0) return null;
  return (
    <Card title="What was done" isFlush>
      <ul className={styles.list}>
        {records.map((record) => (
          <li key={record.id} className={styles.record}>
            <div className={styles.words}>
              <p className={styles.title}>{record.title}</p>
              <p className={styles.state}>
                <StateOf record={record} />
                <Soft isSmall>
                  <Ago time={record.at} />
                </Soft>
              </p>
              <Soft>{sentenceOf(record)}</Soft>
              {(record.before.length > 0 || record.after.length > 0) && (
                <Fold label="Before and after">
                  <ChangesTable caption={record.title} changes={changesOf(record)} hasAfter />
                </Fold>
              )}
            </div>
            {record.canBeUndone && (
              <Button
                icon={<Undo2 size={18} aria-hidden="true" />}
                aria-label={`Undo: ${record.title}`}
                onClick={() => setUndoing(record)}
              >
                Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
      {undoing !== undefined && (
        <Confirm
          title={`Undo “${undoing.title}”?`}
          action="Put it back"
          onClose={() => setUndoing(undefined)}
          onConfirm={() =>
            undo.mutateAsync(
              { params: { device, fix: undoing.id } },
              {
                onSuccess: () => {
                  toast.say('It is as it was before.');
                  onChanged();
                },
                onError: toast.complain,
              },
            )
          }
        >
          <Stack>
            <p>The phone gets back what it had before. Leave the phone connected.</p>
            <ChangesTable
              caption="This is put back"
              changes={undoing.before.map(({ what, value }) => ({ what, before: value, after: undefined }))}
              hasAfter={false}
            />
          </Stack>
        </Confirm>
      )}
    </Card>
  );
}

function StateOf({ record }: { readonly record: FixRecord }): ReactNode {
  const { word, tone } = recordWords(record);
  const Icon = ICONS[tone];
  return (
    <Badge tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
      {word}
    </Badge>
  );
}

function sentenceOf({ state }: FixRecord): ReactNode {
  switch (state.kind) {
    case 'begun':
      return 'It was begun, and its end was never heard of. Undoing puts back what was.';
    case 'done':
      return state.sentence;
    case 'refused':
      return `${asSentence(state.problem.message)} ${state.problem.hint ?? ''}`;
    case 'undone':
      return (
        <>
          Put back <Ago time={state.at} />.
        </>
      );
  }
}
