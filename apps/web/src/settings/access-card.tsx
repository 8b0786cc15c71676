import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useOperation } from '#api/hooks.ts';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Field } from '#design/field.tsx';
import { Row, Stack } from '#design/layout.tsx';
import { useToast } from '#design/toast.tsx';

const LEAST_LETTERS = 8;

/** From where Holdfast can be opened, and the password for that. */
export function AccessCard({
  reach,
}: {
  readonly reach: 'this-computer' | 'network' | undefined;
}): ReactNode {
  const client = useQueryClient();
  const toast = useToast();
  const set = useOperation('setAccessPassword');
  const logOut = useOperation('logOut');
  const [password, setPassword] = useState('');
  return (
    <Card
      title="Who may open Holdfast"
      hint={
        reach === 'network'
          ? 'Other computers and phones in your network can open Holdfast, with the password.'
          : 'Only this computer, by the link that Holdfast gives. To open it from others too, set a password and start it with --host.'
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (password.length < LEAST_LETTERS) return;
          set.mutate(
            { body: { password } },
            {
              onSuccess: () => {
                setPassword('');
                toast.say('Set. Everybody else has to log in again.');
              },
              onError: toast.complain,
            },
          );
        }}
      >
        <Stack>
          <Field
            label="New password for opening it"
            hint="At least eight letters or digits. It is not the password of the repository."
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Row>
            <Button
              type="submit"
              disabled={password.length < LEAST_LETTERS}
              working={set.isPending && 'Setting…'}
            >
              Set the password
            </Button>
            <Button
              look="quiet"
              onClick={() =>
                logOut.mutate(
                  {},
                  { onSuccess: () => void client.invalidateQueries(), onError: toast.complain },
                )
              }
            >
              Log out of this browser
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}
