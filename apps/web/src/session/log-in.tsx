import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useOperation } from '#api/hooks.ts';
import { keyOf } from '#api/keys.ts';
import { problemOf } from '#api/problem.ts';
import { Button } from '#design/button.tsx';
import { Field } from '#design/field.tsx';
import { Stack } from '#design/layout.tsx';
import { ProblemNotice } from '#design/notice.tsx';
import { Doorstep } from './doorstep.tsx';

/** Where the password for coming in over the network is asked for. */
export function LogIn(): ReactNode {
  const client = useQueryClient();
  const logIn = useOperation('logIn');
  const [password, setPassword] = useState('');
  return (
    <Doorstep title="Welcome back">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          logIn.mutate(
            { body: { password } },
            { onSuccess: (session) => client.setQueryData(keyOf('session'), session) },
          );
        }}
      >
        <Stack>
          <Field
            label="Password"
            hint="The one that was set for opening Holdfast from other computers and phones."
            type="password"
            name="password"
            autoComplete="current-password"
            autoFocus
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button
            look="main"
            type="submit"
            isWide
            disabled={password === ''}
            working={logIn.isPending && 'Opening…'}
          >
            Open Holdfast
          </Button>
        </Stack>
      </form>
      {logIn.error !== null && <ProblemNotice problem={problemOf(logIn.error)} />}
    </Doorstep>
  );
}
