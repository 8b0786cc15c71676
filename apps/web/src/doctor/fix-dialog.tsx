import type { DoctorFix, FixRecord } from '@holdfast/contract/api';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { call } from '#api/call.ts';
import { useOperation } from '#api/hooks.ts';
import { problemOf } from '#api/problem.ts';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { Dialog } from '#design/dialog.tsx';
import { Stack } from '#design/layout.tsx';
import { ProblemNotice } from '#design/notice.tsx';
import { Progress } from '#design/progress.tsx';
import { FixOutcome } from './fix-outcome.tsx';
import { consentOf, consentWords } from './fix-view.ts';
import { PlanView } from './plan-view.tsx';
import { RescueFirst } from './rescue-first.tsx';
import { RiskBadge } from './risk-badge.tsx';

interface FixDialogProps {
  readonly device: string;
  readonly fix: DoctorFix;
  /** What to try where this one did not help. */
  readonly next: DoctorFix | undefined;
  readonly onNext: (fix: DoctorFix) => void;
  /** Something on the phone may be another way now. Told as soon as it is over, also after this was closed. */
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** A fix from its plan to what came of it. Nothing is done to the phone before its button is pressed. */
export function FixDialog({ device, fix, next, onNext, onChanged, onClose }: FixDialogProps): ReactNode {
  const client = useQueryClient();
  const input = { params: { device }, body: { code: fix.code } };
  const planned = useQuery({
    queryKey: ['planFix', input],
    queryFn: async ({ signal }) => await call('planFix', input, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const apply = useOperation('applyFix', ['fixRecords']);
  const [typed, setTyped] = useState('');
  const [record, setRecord] = useState<FixRecord>();
  const plan = planned.data;
  const consent = plan === undefined ? undefined : consentOf(plan, typed);

  const carryOut = (): void => {
    if (plan === undefined) return;
    const over = (): void => {
      onChanged();
      // What was begun stands in the history, although nothing was answered.
      void client.invalidateQueries({ queryKey: ['fixRecords'] });
    };
    // The promise, and not what `mutate` is told: that is forgotten when the dialog is closed.
    apply
      .mutateAsync({
        params: { device },
        body: { plan: plan.plan, agreed: true, ...(typed !== '' && { waiver: typed }) },
      })
      .then(setRecord)
      .catch(() => undefined)
      .finally(over);
  };
  const planAgain = (): void => {
    apply.reset();
    void planned.refetch();
  };
  return (
    <Dialog
      title={fix.title}
      onClose={onClose}
      buttons={
        record !== undefined ? (
          <>
            {next !== undefined && record.state.kind === 'done' && record.state.moved === 'no' && (
              <Button onClick={() => onNext(next)}>Try next: {next.title}</Button>
            )}
            <Button look="main" onClick={onClose}>
              Done: ask the phone again
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{apply.isPending ? 'Close' : 'Not now'}</Button>
            {apply.error !== null ? (
              <Button look="main" onClick={planAgain}>
                Look at the plan again
              </Button>
            ) : (
              plan !== undefined && (
                <Button
                  look={plan.risk === 'destructive' ? 'danger' : 'main'}
                  disabled={consent?.kind !== 'may' || planned.isFetching}
                  working={apply.isPending && 'One moment…'}
                  onClick={carryOut}
                >
                  {consentWords(plan)}
                </Button>
              )
            )}
          </>
        )
      }
    >
      {record !== undefined ? (
        <FixOutcome record={record} plan={plan} />
      ) : (
        <Answered of={planned} words="Looking what it would do…" lines={4}>
          {(made) => (
            <Stack>
              <p>
                <RiskBadge code={made.code} risk={made.risk} />
              </p>
              {apply.error !== null && <ProblemNotice problem={problemOf(apply.error)} />}
              {apply.isPending && (
                <div role="status">
                  <Progress
                    label={made.title}
                    share={undefined}
                    words="Carrying it out, then looking whether it helped. Leave the phone connected."
                  />
                </div>
              )}
              {(made.rescueFirst ?? 0) > 0 && (
                <RescueFirst
                  device={device}
                  items={made.rescueFirst ?? 0}
                  words={made.waiverWords}
                  typed={typed}
                  onTyped={setTyped}
                  onSaved={planAgain}
                />
              )}
              <PlanView plan={made} />
            </Stack>
          )}
        </Answered>
      )}
    </Dialog>
  );
}
