import type { ReactNode } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { isServerGone, problemOf } from '#api/problem.ts';
import { Button } from '#design/button.tsx';
import { ProblemNotice } from '#design/notice.tsx';
import { Doorstep } from './doorstep.tsx';
import { LogIn } from './log-in.tsx';

/** What is behind it is shown to those who may come in; the others are told how. */
export function SessionGate({ children }: { readonly children: ReactNode }): ReactNode {
  const { data, error, failureReason, refetch } = useAnswer('session');
  if (data?.kind === 'open') return children;
  if (data?.kind === 'closed') return data.needs === 'password' ? <LogIn /> : <LinkNeeded />;
  if (isServerGone(failureReason))
    return (
      <Doorstep title="Holdfast does not answer">
        <p>Start it again on the computer it runs on. This page goes on by itself as soon as it does.</p>
      </Doorstep>
    );
  if (error !== null)
    return (
      <Doorstep title="Holdfast cannot be opened">
        <ProblemNotice
          problem={problemOf(error)}
          buttons={<Button onClick={() => void refetch()}>Try again</Button>}
        />
      </Doorstep>
    );
  return <Doorstep title="Opening Holdfast…" />;
}

function LinkNeeded(): ReactNode {
  return (
    <Doorstep title="Open Holdfast with its link">
      <p>
        To keep your backups to yourself, Holdfast lets in only those who come by the link that it gives on
        the computer it runs on. The link works once.
      </p>
      <p>
        Start Holdfast again there: it opens your browser by itself, and prints a new link. If it runs
        already, run <code>holdfast</code> once more for a new one.
      </p>
    </Doorstep>
  );
}
