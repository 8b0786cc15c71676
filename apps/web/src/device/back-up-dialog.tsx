import type { ItemType } from '@holdfast/contract';
import type { Answer } from '@holdfast/contract/api';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { problemOf } from '#api/problem.ts';
import { runHref } from '#app/addresses.ts';
import { Button } from '#design/button.tsx';
import { Dialog } from '#design/dialog.tsx';
import { Check } from '#design/field.tsx';
import { showText } from '#design/format.ts';
import { Stack } from '#design/layout.tsx';
import { ProblemNotice } from '#design/notice.tsx';
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
    <Dialog
      title={`Back up ${showText(name)} now`}
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            look="main"
            disabled={types.length === 0}
            working={startRun.isPending && 'Beginning…'}
            onClick={() =>
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
          >
            Back up now
          </Button>
        </>
      }
    >
      <Stack>
        <p>What is safe already is not copied again. You can use the phone meanwhile.</p>
        <TypeChoice kind={detail.card.device.kind} types={types} onChange={setTypes} />
        {detail.alarms.length > 0 && (
          <Check
            label="It is right that there is so much less on it than before"
            isTicked={allowEmpty}
            onChange={setAllowEmpty}
          />
        )}
        {startRun.error !== null && <ProblemNotice problem={problemOf(startRun.error)} />}
      </Stack>
    </Dialog>
  );
}
