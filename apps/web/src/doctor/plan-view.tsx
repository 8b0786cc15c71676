import type { FixPlan } from '@holdfast/contract/api';
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { showText } from '#design/format.ts';
import { Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { ChangesTable } from './changes-table.tsx';
import { changesOf } from './fix-view.ts';
import styles from './plan-view.module.css';

/** What a fix would do: its steps, what is so now, and what undoing does. */
export function PlanView({ plan }: { readonly plan: FixPlan }): ReactNode {
  return (
    <Stack>
      <PlanSteps plan={plan} />
      <ChangesTable
        caption="How it is now"
        changes={changesOf({ before: plan.before, after: [] })}
        hasAfter={false}
      />
      {plan.undo !== undefined && (
        <p className={styles.undo}>
          <Undo2 size={18} aria-hidden="true" />
          <span>{plan.undo}</span>
        </p>
      )}
      {plan.risk === 'destructive' && <Notice tone="bad" title="This cannot be undone." />}
    </Stack>
  );
}

/** Steps of a plan in order, each command below what it does. */
export function PlanSteps({ plan: { steps } }: { readonly plan: Pick<FixPlan, 'steps'> }): ReactNode {
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map(({ says, command }, at) => (
        <li key={`${at} ${says}`}>
          <p>{showText(says)}</p>
          {command !== undefined && <code className={styles.command}>{showText(command)}</code>}
        </li>
      ))}
    </ol>
  );
}
