import type { Run } from '@holdfast/contract/api';
import { Check, Circle, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Card } from '#design/card.tsx';
import { folderOf, formatPercent, nameOf } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import { Unseen } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { Progress } from '#design/progress.tsx';
import styles from './live-run.module.css';
import { amountsOf, paceOf, phaseWord, shareOf, showsProgress, stepsOf } from './run-progress.ts';

const PICTURES = { done: Check, now: LoaderCircle, 'to-come': Circle } as const;
const STEP_WORDS = { done: 'done', now: 'now', 'to-come': 'to come' } as const;

/** How far a run is: its share, its phases, what is under way. Nothing moves but numbers. */
export function LiveRun({ run }: { readonly run: Run }): ReactNode {
  const share = shareOf(run);
  const { state } = run;
  return (
    <Card>
      <div className={styles.live}>
        <p className={styles.share}>{share === undefined ? sayState(run) : formatPercent(share)}</p>
        {showsProgress(run) && (
          <Progress
            label="How far it is"
            share={share}
            tone={state.kind === 'running' ? 'busy' : 'wait'}
            words={amountsOf(run)}
            end={paceOf(run)}
          />
        )}
        {state.kind === 'waiting' && (
          <Notice tone="wait" title={state.sentence} role="status">
            {state.remedy ?? 'It goes on by itself.'}
          </Notice>
        )}
        {state.kind === 'paused' && (
          <Notice tone="wait" title="Paused." role="status">
            What is safe by now stays safe. Press “Go on” whenever you like.
          </Notice>
        )}
        <ol className={styles.steps} aria-label="Steps">
          {stepsOf(run).map(({ phase, at }) => {
            const Picture = PICTURES[at];
            return (
              <li
                key={phase}
                className={joinClasses(styles.step, styles[at])}
                {...(at === 'now' && { 'aria-current': 'step' })}
              >
                <Picture size={18} aria-hidden="true" />
                <span>
                  {phaseWord(phase)} <Unseen>({STEP_WORDS[at]})</Unseen>
                </span>
              </li>
            );
          })}
        </ol>
        {state.kind === 'running' && (
          // Between two items it keeps its place: nothing below it jumps.
          <p className={styles.current}>
            {run.current === undefined ? (
              ' '
            ) : (
              <>
                <bdi className={styles.name}>{nameOf(run.current)}</bdi>
                <bdi className={styles.folder}>{folderOf(run.current)}</bdi>
              </>
            )}
          </p>
        )}
      </div>
    </Card>
  );
}

function sayState({ state }: Run): string {
  if (state.kind === 'running') return `${phaseWord(state.phase)}…`;
  if (state.kind === 'waiting') return 'Waiting';
  return state.kind === 'paused' ? 'Paused' : 'One moment…';
}
