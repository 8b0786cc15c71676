import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useAnswer, useOperation } from '#api/hooks.ts';
import { runHref } from '#app/addresses.ts';
import { Button, type ButtonLook, LinkButton } from '#design/button.tsx';
import { useToast } from '#design/toast.tsx';

/** Has the ledger made again from the backups, and leads to the run; to the one under way where there is one. */
export function RebuildButton({ look = 'plain' }: { readonly look?: ButtonLook }): ReactNode {
  const runs = useAnswer('runs', { query: {} });
  const start = useOperation('startRun', ['runs', 'home']);
  const [, go] = useLocation();
  const toast = useToast();
  const underWay = runs.data?.runs.find(({ kind, ended }) => kind === 'rebuild' && ended === undefined);
  if (underWay !== undefined)
    return (
      <LinkButton look={look} href={runHref(underWay.id)}>
        The ledger is being made again: watch
      </LinkButton>
    );
  return (
    <Button
      look={look}
      onClick={() =>
        // The promise: what `mutate` is told is forgotten where the notice goes first.
        void start
          .mutateAsync({ body: { kind: 'rebuild' } })
          .then((run) => go(runHref(run.id)), toast.complain)
      }
      working={start.isPending && 'Beginning…'}
    >
      Make the ledger again
    </Button>
  );
}
