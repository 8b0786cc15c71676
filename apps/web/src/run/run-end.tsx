import { ITEM_STATES, type ItemState } from '@holdfast/contract';
import type { Run } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { backupHref, deviceHref, itemsHref, runHref } from '#app/addresses.ts';
import { Button, LinkButton } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { formatBytes, formatCount, formatDuration, plural } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { Row, Soft, Stack } from '#design/layout.tsx';
import { Notice, ProblemNotice } from '#design/notice.tsx';
import { StateIcon } from '#design/state-badge.tsx';
import { useToast } from '#design/toast.tsx';
import tones from '#design/tones.module.css';
import { STATE_WORDS } from '#design/words.ts';
import styles from './run-end.module.css';
import { repeatOf, stateWord } from './words.ts';

interface RunEndProps {
  readonly run: Run;
  /** Items of these states are to be listed. */
  readonly onList: (states: readonly ItemState[]) => void;
}

/** What came of a run: a sentence, the balance, each number of which opens its list, and what can be done next. */
export function RunEnd({ run, onList }: RunEndProps): ReactNode {
  const { balance, bytes } = run;
  const seconds = run.ended === undefined ? 0 : (Date.parse(run.ended) - Date.parse(run.began)) / 1000;
  return (
    <Card>
      <Stack>
        <Ending run={run} />
        {balance.found > 0 && (
          <ul className={styles.balance} aria-label="Items by what became of them">
            {ITEM_STATES.map((state) => (
              <li key={state}>
                <button
                  type="button"
                  className={joinClasses(styles.part, tones[STATE_WORDS[state].tone])}
                  onClick={() => onList([state])}
                >
                  <span className={styles.word}>
                    <StateIcon state={state} />
                    {stateWord(run.kind, state)}
                  </span>
                  <strong>{formatCount(balance[state])}</strong>
                </button>
              </li>
            ))}
          </ul>
        )}
        <Soft>
          Took {formatDuration(seconds)}
          {bytes.done > 0 && `, ${formatBytes(bytes.done)}`}.
          {balance.found > 0 && ` ${plural(balance.found, 'item')} in all.`}
        </Soft>
        <NextSteps run={run} />
      </Stack>
    </Card>
  );
}

function Ending({ run: { state, kind, balance } }: { readonly run: Run }): ReactNode {
  switch (state.kind) {
    case 'done':
      return (
        <Notice
          tone={kind === 'restore' && balance.failed > 0 ? 'wait' : 'good'}
          title={state.sentence}
          role="status"
        />
      );
    case 'failed':
      return <ProblemNotice problem={state.problem} />;
    case 'stopped':
      return (
        <Notice tone="idle" title="It was stopped." role="status">
          {kind === 'restore' ? 'What was given back stays there.' : 'What was safe by then stays safe.'}
        </Notice>
      );
    default:
      return null;
  }
}

function NextSteps({ run }: { readonly run: Run }): ReactNode {
  const [, go] = useLocation();
  const toast = useToast();
  const again = useOperation('startRun', ['runs', 'home']);
  const { device, kind, snapshot } = run;
  const repeat = repeatOf(run);
  return (
    <Row>
      {snapshot !== undefined && (
        <LinkButton look="main" href={backupHref(snapshot)}>
          View the backup
        </LinkButton>
      )}
      {repeat !== undefined && (
        <Button
          look="main"
          working={again.isPending && 'Beginning…'}
          onClick={() =>
            again.mutate(
              { body: repeat },
              { onSuccess: (next) => go(runHref(next.id)), onError: toast.complain },
            )
          }
        >
          Try again
        </Button>
      )}
      {device !== undefined && kind !== 'restore' && (
        <LinkButton href={itemsHref(device.id)}>See all items</LinkButton>
      )}
      {device === undefined ? (
        <LinkButton href="/repository">To the repository</LinkButton>
      ) : (
        <LinkButton href={deviceHref(device.id)}>To the device</LinkButton>
      )}
    </Row>
  );
}
