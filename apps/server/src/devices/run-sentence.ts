import type { Card, Run } from '@holdfast/contract/api';
import { formatAgo, formatBytes, formatCount, formatLeft, plural } from '../words.ts';

/** What a card says of a run. */
export type Sentence = Pick<Card, 'state' | 'sentence'> & Partial<Pick<Card, 'remedy' | 'number'>>;

const DOING: Readonly<Record<Run['kind'], string>> = {
  backup: 'Backing up',
  restore: 'Giving back',
  audit: 'Comparing with the backups',
  check: 'Checking',
  drill: 'Trying out a restore',
  forget: 'Removing old backups',
  prune: 'Tidying up',
  rebuild: 'Making the ledger again',
};

/** What a card says while there is a run. */
export function sentenceOfRun(run: Run, now: Temporal.Instant): Sentence {
  const { state, items, kind } = run;
  const left = leftItems(run);
  switch (state.kind) {
    case 'waiting':
      return { state: 'waiting', sentence: state.sentence, ...remedied(state.remedy), ...left };
    case 'pausing':
      return {
        state: 'waiting',
        sentence: `${DOING[kind]}: pausing, what is under way is finished.`,
        ...left,
      };
    case 'paused':
      return {
        state: 'waiting',
        sentence: `Paused at ${ofTotal(items)}. What is stored is not sent again.`,
        ...left,
      };
    case 'stopping':
      return {
        state: 'waiting',
        sentence: `${DOING[kind]}: stopping, what is under way is finished.`,
        ...left,
      };
    case 'running':
      if (run.stuckSince !== undefined)
        return {
          state: 'attention',
          sentence: `${DOING[kind]}: nothing moves, the last thing did ${formatAgo(Temporal.Instant.from(run.stuckSince), now)}.`,
          remedy: 'Look at the phone: it may ask something, or be locked. Plugging it in again helps often.',
          ...left,
        };
      return { state: 'backing-up', sentence: runningSentence(run, state.phase), ...left };
    case 'stopped':
    case 'done':
    case 'failed':
      return { state: 'waiting', sentence: DOING[kind] };
    default:
      return state satisfies never;
  }
}

function runningSentence(run: Run, phase: Extract<Run['state'], { kind: 'running' }>['phase']): string {
  const { items, kind } = run;
  // An attempt before this one got so far, and this one goes on from there.
  const doing = items.done > 0 ? `${DOING[kind]}, ${ofTotal(items)} so far` : DOING[kind];
  switch (phase) {
    case 'connecting':
      return `${doing}: connecting.`;
    case 'asking':
      return `${doing}: asking ${items.done > 0 ? 'what is new' : 'what there is'}.`;
    case 'looking':
      if (items.done > 0) return `${doing}: looking for what is new.`;
      return run.balance.found > 0
        ? `${doing}: ${plural(run.balance.found, 'item')} found so far.`
        : `${doing}: looking through it.`;
    case 'proving':
      return `${DOING[kind]}: reading back what was saved.`;
    case 'comparing':
      if (kind === 'restore') return `${doing}: looking what is there already.`;
      return howFar(run);
    case 'saving':
    case 'giving':
    case 'checking':
    case 'removing':
    case 'repeating':
      return howFar(run);
    default:
      return phase satisfies never;
  }
}

function howFar({ kind, items, bytes, secondsLeft }: Run): string {
  const leftBytes = bytes.total === undefined ? undefined : Math.max(0, bytes.total - bytes.done);
  const parts = [
    ofTotal(items),
    ...(leftBytes === undefined || leftBytes === 0 ? [] : [`${formatBytes(leftBytes)} left`]),
    ...(secondsLeft === undefined ? [] : [formatLeft(secondsLeft)]),
  ];
  return `${DOING[kind]}: ${parts.join(', ')}.`;
}

function leftItems({ items: { done, total }, kind }: Run): Pick<Sentence, 'number'> {
  if (total === undefined || kind !== 'backup') return {};
  const value = Math.max(0, total - done);
  return { number: { value, label: value === 1 ? 'item left' : 'items left' } };
}

const ofTotal = ({ done, total }: Run['items']): string =>
  total === undefined ? plural(done, 'item') : `${formatCount(done)} of ${formatCount(total)}`;

const remedied = (remedy: string | undefined): { remedy?: string } =>
  remedy === undefined ? {} : { remedy };
