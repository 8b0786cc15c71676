import type { ItemState } from '@holdfast/contract';
import type { Run } from '@holdfast/contract/api';
import { Pause, Play, Square } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAnswer, useOperation } from '#api/hooks.ts';
import { deviceHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { Answered } from '#design/answered.tsx';
import { Button } from '#design/button.tsx';
import { Confirm } from '#design/confirm.tsx';
import { showText } from '#design/format.ts';
import { Row, Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { PageHeader } from '#design/page-header.tsx';
import { RunBadge } from '#design/state-badge.tsx';
import { useToast } from '#design/toast.tsx';
import { LiveRun } from './live-run.tsx';
import { RunEnd } from './run-end.tsx';
import { isUnderWay, runTitle } from './run-progress.ts';
import { SetAside } from './set-aside.tsx';

/** How often a run is asked for besides what the server tells by itself. */
const ASK_EVERY_MS = 15_000;

/** A run while it goes on, and what came of it. It is the server's: loading the page again changes nothing. */
export function RunScreen({ id }: { readonly id: string }): ReactNode {
  const asked = useAnswer('run', { params: { run: id } }, { every: ASK_EVERY_MS });
  const [states, setStates] = useState<readonly ItemState[]>();
  return (
    <Answered of={asked} words="Looking how far it is…" lines={6}>
      {(run) => (
        <>
          <PageHeader
            title={showText(runTitle(run))}
            back={
              run.device === undefined
                ? { href: '/repository', label: 'Repository' }
                : { href: deviceHref(run.device.id), label: showText(run.device.name) }
            }
            more={
              <Row>
                <RunBadge state={run.state.kind} />
                <span>
                  begun <Ago time={run.began} />
                  {run.startedBy === 'rule' ? ', by itself' : ', by you'}
                </span>
              </Row>
            }
            buttons={isUnderWay(run) && <RunButtons run={run} />}
          />
          <Stack>
            {run.stuckSince !== undefined && isUnderWay(run) && (
              <Stuck since={run.stuckSince} phone={run.device?.name} />
            )}
            {isUnderWay(run) ? <LiveRun run={run} /> : <RunEnd run={run} onList={setStates} />}
            <SetAside run={run} states={states} />
          </Stack>
        </>
      )}
    </Answered>
  );
}

function Stuck({ since, phone }: { readonly since: string; readonly phone: string | undefined }): ReactNode {
  return (
    <Notice
      tone="wait"
      role="status"
      title={
        <>
          Nothing has moved since <Ago time={since} />.
        </>
      }
    >
      {phone === undefined
        ? 'Look whether the drive with the backups is connected and awake. It goes on by itself as soon as it can.'
        : 'Unlock the phone, look whether the cable or the Wi-Fi holds, and leave it a moment. The step is tried again by itself; an item that does not come is set aside and the rest goes on.'}
    </Notice>
  );
}

function RunButtons({ run }: { readonly run: Run }): ReactNode {
  const toast = useToast();
  const [isStopping, setStopping] = useState(false);
  const pause = useOperation('pauseRun', ['run', 'runs', 'home']);
  const resume = useOperation('resumeRun', ['run', 'runs', 'home']);
  const stop = useOperation('stopRun', ['run', 'runs', 'home']);
  const input = { params: { run: run.id } };
  const { kind } = run.state;
  const refused = { onError: toast.complain };
  return (
    <>
      {kind === 'paused' ? (
        <Button
          look="main"
          icon={<Play size={18} />}
          working={resume.isPending && 'Going on…'}
          onClick={() => resume.mutate(input, refused)}
        >
          Go on
        </Button>
      ) : (
        <Button
          icon={<Pause size={18} />}
          disabled={kind !== 'running' && kind !== 'waiting'}
          working={(pause.isPending || kind === 'pausing') && 'Pausing…'}
          onClick={() => pause.mutate(input, refused)}
        >
          Pause
        </Button>
      )}
      <Button
        icon={<Square size={16} />}
        working={(stop.isPending || kind === 'stopping') && 'Stopping…'}
        onClick={() => setStopping(true)}
      >
        Stop
      </Button>
      {isStopping && (
        <Confirm
          title="Stop it?"
          action="Stop"
          onClose={() => setStopping(false)}
          onConfirm={() => stop.mutateAsync(input, refused)}
        >
          <p>
            {run.kind === 'rebuild'
              ? 'Nothing has changed so far: the ledger stays as it is.'
              : 'What is safe by now stays safe. Next time it goes on from there, and nothing is copied twice.'}
          </p>
        </Confirm>
      )}
    </>
  );
}
