import type { ItemType } from '@holdfast/contract';
import type { Answer } from '@holdfast/contract/api';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { runHref } from '#app/addresses.ts';
import { Check } from '#design/field.tsx';
import { FormDialog } from '#design/form-dialog.tsx';
import { showText } from '#design/format.ts';
import { TypeChoice } from './type-choice.tsx';

interface BackUpDialogProps {
  readonly detail: Answer<'device'>;
  readonly onClose: () => void;
}

/** What to back up this time: what the rules choose, unless something is unticked. */
export function BackUpDialog({ detail, onClose }: BackUpDialogProps): ReactNode {
  const [, go] = useLocation();
  const [types, setTypes] = useState<readonly ItemType[]>(detail.rules.types);
  const [allowEmpty, setAllowEmpty] = useState(false);
  const startRun = useOperation('startRun', ['home', 'runs', 'device']);
  const { id, name } = detail.card.device;
  const isAsRules =
    types.length === detail.rules.types.length && types.every((type) => detail.rules.types.includes(type));
  return (
    <FormDialog
      title={`What to back up of ${showText(name)}`}
      action="Back up now"
      isReady={types.length > 0}
      working={startRun.isPending && 'Beginning…'}
      error={startRun.error}
      onSubmit={() =>
        startRun.mutate(
          {
            body: {
              kind: 'backup',
              device: id,
              ...(!isAsRules && { types: [...types] }),
              ...(allowEmpty && { allowEmpty }),
            },
          },
          { onSuccess: (run) => go(runHref(run.id)) },
        )
      }
      onClose={onClose}
    >
      <p>What is safe already is not copied again. You can use the phone meanwhile.</p>
      <TypeChoice kind={detail.card.device.kind} types={types} onChange={setTypes} />
      {detail.alarms.length > 0 && (
        <Check
          label="It is right that there is so much less on it than before"
          isTicked={allowEmpty}
          onChange={setAllowEmpty}
        />
      )}
    </FormDialog>
  );
}
