import type { Answer } from '@holdfast/contract/api';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { runHref } from '#app/addresses.ts';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Dialog } from '#design/dialog.tsx';
import { formatTime, plural, showText } from '#design/format.ts';
import { Row, Soft, Stack } from '#design/layout.tsx';
import { List, ListRow } from '#design/list-row.tsx';
import { useToast } from '#design/toast.tsx';

/** Which old backups the rules let go: first a list, then, if a person says so, gone. */
export function RetentionPlanCard(): ReactNode {
  const toast = useToast();
  const plan = useOperation('planForget');
  return (
    <Card title="Old backups" hint="The rules say how many are kept. Look first what would be removed.">
      <Row>
        <Button
          working={plan.isPending && 'Looking…'}
          onClick={() => plan.mutate({ body: {} }, { onError: toast.complain })}
        >
          See what would be removed
        </Button>
      </Row>
      {plan.data !== undefined && <PlanDialog plan={plan.data} onClose={() => plan.reset()} />}
    </Card>
  );
}

function PlanDialog({
  plan,
  onClose,
}: {
  readonly plan: Answer<'planForget'>;
  readonly onClose: () => void;
}): ReactNode {
  const [, go] = useLocation();
  const toast = useToast();
  const apply = useOperation('startRun', ['runs', 'backups', 'repository']);
  const [isSure, setSure] = useState(false);
  const { keep, remove } = plan;
  const begin = (): void =>
    apply.mutate(
      { body: { kind: 'forget', plan: plan.plan } },
      { onSuccess: (run) => go(runHref(run.id)), onError: toast.complain },
    );
  return (
    <Dialog
      title={
        remove.length === 0
          ? 'Nothing would be removed'
          : `${plural(remove.length, 'backup')} would be removed`
      }
      isWide
      onClose={onClose}
      buttons={
        remove.length === 0 ? (
          <Button look="main" onClick={onClose}>
            Good
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Not now</Button>
            <Button
              look="danger"
              working={apply.isPending && 'Beginning…'}
              onClick={() => (isSure ? begin() : setSure(true))}
            >
              {isSure ? `Yes, remove ${plural(remove.length, 'backup')} for good` : 'Remove them'}
            </Button>
          </>
        )
      }
    >
      <Stack>
        {remove.length > 0 && (
          <p>
            This cannot be undone. What only these backups hold goes with them; everything in the backups that
            stay is untouched.
          </p>
        )}
        {remove.length > 0 && (
          <section aria-label="Would be removed">
            <h3>Would be removed</h3>
            <List>
              {remove.map(({ id, time, device }) => (
                <li key={id}>
                  <ListRow
                    title={formatTime(time)}
                    more={showText(device?.name ?? 'Made by another program')}
                  />
                </li>
              ))}
            </List>
          </section>
        )}
        <section aria-label="Stay">
          <h3>{plural(keep.length, 'backup')} would stay</h3>
          <List>
            {keep.map(({ id, time, device, reasons }) => (
              <li key={id}>
                <ListRow
                  title={formatTime(time)}
                  more={showText(device?.name ?? 'Made by another program')}
                  end={<Soft isSmall>{reasons.map(showText).join(', ')}</Soft>}
                />
              </li>
            ))}
          </List>
        </section>
      </Stack>
    </Dialog>
  );
}
