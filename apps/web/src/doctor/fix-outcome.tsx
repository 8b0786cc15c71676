import type { FixPlan, FixRecord } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { Soft, Stack } from '#design/layout.tsx';
import { Notice, ProblemNotice } from '#design/notice.tsx';
import { ChangesTable } from './changes-table.tsx';
import { changesOf, recordWords } from './fix-view.ts';
import { PlanSteps } from './plan-view.tsx';

interface FixOutcomeProps {
  readonly record: FixRecord;
  readonly plan: FixPlan | undefined;
}

/** What came of a fix: whether it helped, and what is another way now. */
export function FixOutcome({ record, plan }: FixOutcomeProps): ReactNode {
  const { state } = record;
  return (
    <Stack>
      {state.kind === 'refused' ? (
        <ProblemNotice problem={state.problem} />
      ) : (
        <Notice {...outcomeOf(record)} role="status">
          {state.kind === 'done' && state.sentence}
        </Notice>
      )}
      {plan?.risk === 'guided' && state.kind === 'done' && <PlanSteps plan={plan} />}
      {state.kind !== 'refused' && (
        <ChangesTable caption="Before and after" changes={changesOf(record)} hasAfter />
      )}
      {record.canBeUndone && <Soft isSmall>It can be undone below, in “What was done”.</Soft>}
    </Stack>
  );
}

function outcomeOf(record: FixRecord): {
  tone: ReturnType<typeof recordWords>['tone'];
  title: string;
} {
  const { code, state } = record;
  const { tone } = recordWords(record);
  if (state.kind !== 'done') return { tone, title: 'Its end was never heard of.' };
  if (code === 'back-up-here')
    return {
      tone,
      title: state.moved === 'yes' ? 'Everything is saved.' : 'Your photos and videos are being saved here.',
    };
  switch (state.moved) {
    case 'yes':
      return { tone, title: 'It helped.' };
    case 'no':
      return { tone, title: 'It was done, and Google Photos stands where it stood.' };
    case 'unknown':
      return { tone, title: 'It was done. Whether it helped does not show yet.' };
  }
}
