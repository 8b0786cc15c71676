import type { Retention } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { Field } from '#design/field.tsx';
import type { DraftErrors, RetentionDraft } from './rules-draft.ts';
import styles from './rules-editor.module.css';

const FIELDS: readonly (readonly [name: keyof Retention, label: string, unit: string])[] = [
  ['keepLast', 'The last', 'backups'],
  ['keepDaily', 'One a day for', 'days'],
  ['keepWeekly', 'One a week for', 'weeks'],
  ['keepMonthly', 'One a month for', 'months'],
  ['keepYearly', 'One a year for', 'years'],
];

interface RetentionFieldsProps {
  readonly draft: RetentionDraft;
  readonly errors: DraftErrors;
  readonly onChange: (draft: RetentionDraft) => void;
}

/** How many backups stay: what any of the lines keeps is kept. */
export function RetentionFields({ draft, errors, onChange }: RetentionFieldsProps): ReactNode {
  return (
    <div className={styles.numbers}>
      {FIELDS.map(([name, label, unit]) => (
        <Field
          key={name}
          label={label}
          unit={unit}
          inputMode="numeric"
          value={draft[name]}
          error={errors[name]}
          onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
        />
      ))}
    </div>
  );
}
