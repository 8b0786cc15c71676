import { type ReactNode, useState } from 'react';
import { useOperation } from '#api/hooks.ts';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Field } from '#design/field.tsx';
import { FormDialog } from '#design/form-dialog.tsx';
import { Row } from '#design/layout.tsx';
import { useToast } from '#design/toast.tsx';

const LEAST_LETTERS = 8;

/** Where the password of the repository is changed. */
export function PasswordCard(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title="Password"
      hint="It opens the repository, here and in any program that reads the same format."
    >
      <Row>
        <Button onClick={() => setOpen(true)}>Change the password</Button>
      </Row>
      {isOpen && <PasswordDialog onClose={() => setOpen(false)} />}
    </Card>
  );
}

function PasswordDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const toast = useToast();
  const change = useOperation('changePassword', ['repository']);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const isShort = next !== '' && next.length < LEAST_LETTERS;
  const isOther = again !== '' && again !== next;
  const isReady = current !== '' && next.length >= LEAST_LETTERS && again === next;
  return (
    <FormDialog
      title="Change the password of the repository"
      action="Change it"
      isReady={isReady}
      working={change.isPending && 'Changing…'}
      error={change.error}
      onSubmit={() =>
        change.mutate(
          { body: { current, next } },
          {
            onSuccess: () => {
              toast.say('Changed. Print a new recovery kit: the old one no longer opens anything.');
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Field
        label="The password now"
        hint="It is in the recovery kit, and in the file “password” of Holdfast's folder."
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <Field
        label="The new one"
        hint="At least eight letters or digits. A few words that only you put together are best."
        type="password"
        autoComplete="new-password"
        value={next}
        error={isShort ? 'At least eight letters or digits.' : undefined}
        onChange={(event) => setNext(event.target.value)}
      />
      <Field
        label="The new one once more"
        type="password"
        autoComplete="new-password"
        value={again}
        error={isOther ? 'It is not the same.' : undefined}
        onChange={(event) => setAgain(event.target.value)}
      />
    </FormDialog>
  );
}
