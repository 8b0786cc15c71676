import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { useAnswer, useOperation } from '#api/hooks.ts';
import { problemOf } from '#api/problem.ts';
import { runHref } from '#app/addresses.ts';
import { Button } from '#design/button.tsx';
import { Field } from '#design/field.tsx';
import { asSentence, plural } from '#design/format.ts';
import { Stack } from '#design/layout.tsx';
import { Notice, ProblemNotice } from '#design/notice.tsx';
import { Progress } from '#design/progress.tsx';
import { amountsOf, isUnderWay, paceOf, shareOf } from '#run/run-progress.ts';
import { Fold } from './fold.tsx';

interface RescueFirstProps {
  readonly device: string;
  readonly items: number;
  /** The words that go without; absent: there are none. */
  readonly words: string | undefined;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  /** A backup has ended: what is left to be saved is to be looked at again. */
  readonly onSaved: () => void;
}

/** Before something that cannot be undone: save the photos and videos that are in no backup, or say in words that they need not be. */
export function RescueFirst({ device, items, words, typed, onTyped, onSaved }: RescueFirstProps): ReactNode {
  const [run, setRun] = useState<string>();
  const start = useOperation('startRun', ['home', 'runs', 'device']);
  const begin = (): void =>
    start.mutate(
      { body: { kind: 'backup', device, types: ['photos', 'videos'] } },
      { onSuccess: ({ id }) => setRun(id) },
    );
  return (
    <Stack>
      {run === undefined ? (
        <Notice
          tone="wait"
          title={`${plural(items, 'photo or video', 'photos and videos')} on this phone ${items === 1 ? 'is' : 'are'} in no backup.`}
          buttons={
            <Button look="main" working={start.isPending && 'Beginning…'} onClick={begin}>
              Save {plural(items, 'photo', 'photos')} first
            </Button>
          }
        >
          Save them with Holdfast first: then they are safe, whatever becomes of this.
        </Notice>
      ) : (
        <Saving run={run} onSaved={onSaved} onAgain={begin} />
      )}
      {start.error !== null && <ProblemNotice problem={problemOf(start.error)} />}
      {words !== undefined && (
        <Fold label="Go on without saving them">
          <Field
            label={
              <>
                Type: <q>{words}</q>
              </>
            }
            hint="What is in no backup may be lost for good."
            value={typed}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => onTyped(event.target.value)}
          />
        </Fold>
      )}
    </Stack>
  );
}

interface SavingProps {
  readonly run: string;
  readonly onSaved: () => void;
  readonly onAgain: () => void;
}

function Saving({ run: id, onSaved, onAgain }: SavingProps): ReactNode {
  const { data: run } = useAnswer('run', { params: { run: id } }, { every: 5_000 });
  if (run === undefined) return <Progress label="Saving photos and videos" share={undefined} />;
  const watch = <Link href={runHref(id)}>Watch it on its own page</Link>;
  if (isUnderWay(run))
    return (
      <div>
        <Progress
          label="Saving photos and videos"
          share={shareOf(run)}
          words={amountsOf(run)}
          end={paceOf(run)}
        />
        {watch}
      </div>
    );
  if (run.state.kind === 'done')
    return (
      <Notice
        tone="good"
        role="status"
        title={run.state.sentence}
        buttons={<Button onClick={onSaved}>Look at the plan again</Button>}
      />
    );
  return (
    <Notice
      tone="bad"
      role="alert"
      title={run.state.kind === 'failed' ? asSentence(run.state.problem.message) : 'Saving was stopped.'}
      buttons={<Button onClick={onAgain}>Try again</Button>}
    >
      {run.state.kind === 'failed' && run.state.problem.hint} {watch}
    </Notice>
  );
}
