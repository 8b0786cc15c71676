import type { RepositoryCare, RunRequest } from '@holdfast/contract/api';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { runHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { Confirm } from '#design/confirm.tsx';
import { formatBytes, formatPercent, plural } from '#design/format.ts';
import { Columns, Row, Soft, Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { Progress } from '#design/progress.tsx';
import { useToast } from '#design/toast.tsx';

/** When everything was last read back, and when a sample was last given back and compared; buttons for both. */
export function ProofCards({ care }: { readonly care: RepositoryCare }): ReactNode {
  const { lastCheck, lastDrill, nextCheck, nextDrill, readBackShare } = care;
  const { start, isStarting } = useStart();
  const [isAskingAll, setAskingAll] = useState(false);
  return (
    <Columns>
      <Card
        title="Check"
        hint="Reads backups back, part by part, and compares every byte with its fingerprint."
      >
        <Stack>
          {lastCheck === undefined ? (
            <Notice tone="idle" title="It was not checked yet." />
          ) : (
            <Notice
              tone={lastCheck.isClean ? 'good' : 'bad'}
              title={
                lastCheck.isClean
                  ? 'Nothing is damaged.'
                  : `${plural(lastCheck.findings, 'thing')} found that is not right.`
              }
            >
              {lastCheck.isClean
                ? ''
                : 'Open the last check in the list below: it says what, and what to do. '}
              {formatBytes(lastCheck.readBytes)} read <Ago time={lastCheck.time} />.
            </Notice>
          )}
          <Progress
            label="Read back in the last month"
            share={readBackShare}
            tone="good"
            words={`${formatPercent(readBackShare)} read back in the last month`}
          />
          <Row>
            <Button disabled={isStarting} onClick={() => start({ kind: 'check' })}>
              Check what is due
            </Button>
            <Button look="quiet" disabled={isStarting} onClick={() => setAskingAll(true)}>
              Check everything
            </Button>
          </Row>
          {nextCheck !== undefined && (
            <Soft isSmall>
              The next one begins by itself <Ago time={nextCheck} />.
            </Soft>
          )}
        </Stack>
      </Card>
      <Card
        title="Trial restore"
        hint="Gives a sample of your things back to a scratch place, and compares it."
      >
        <Stack>
          {lastDrill === undefined ? (
            <Notice tone="idle" title="It was not tried yet.">
              A backup is proved when something came back from it.
            </Notice>
          ) : (
            <Notice tone={lastDrill.isGood ? 'good' : 'bad'} title={lastDrill.sentence}>
              Tried <Ago time={lastDrill.time} />.
            </Notice>
          )}
          <Row>
            <Button disabled={isStarting} onClick={() => start({ kind: 'drill' })}>
              Try it now
            </Button>
          </Row>
          {nextDrill !== undefined && (
            <Soft isSmall>
              The next one begins by itself <Ago time={nextDrill} />.
            </Soft>
          )}
        </Stack>
      </Card>
      {isAskingAll && (
        <Confirm
          title="Check everything?"
          action="Check everything"
          onClose={() => setAskingAll(false)}
          onConfirm={() => {
            start({ kind: 'check', all: true });
            return undefined;
          }}
        >
          <p>
            All {formatBytes(care.usedBytes)} are read. Depending on the drive this takes minutes to hours; it
            can be stopped at any time, and backups wait for it.
          </p>
        </Confirm>
      )}
    </Columns>
  );
}

/** Begins a run and goes to it. */
function useStart(): { start: (request: RunRequest) => void; isStarting: boolean } {
  const [, go] = useLocation();
  const toast = useToast();
  const run = useOperation('startRun', ['runs', 'repository']);
  return {
    start: (body) =>
      run.mutate({ body }, { onSuccess: ({ id }) => go(runHref(id)), onError: toast.complain }),
    isStarting: run.isPending,
  };
}
