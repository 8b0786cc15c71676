import type { Run, RunItem } from '@holdfast/contract/api';
import { rateOf, type Samples, sampled, secondsLeft } from './rate.ts';
import type { Progress } from './runner.ts';
import { stuckSince } from './stuck.ts';

/** How many of the items that were set aside last come with the run itself. */
const LAST = 5;

/** What a run shows before anything is known. */
export const NOTHING_YET = {
  balance: { found: 0, verified: 0, waiting: 0, skipped: 0, failed: 0 },
  items: { done: 0 },
  bytes: { done: 0 },
  setAside: 0,
  lastSetAside: [],
} as const satisfies Partial<Run>;

/** How far a run is of which another attempt has just begun: as far as it was, until what is there already has been found again. */
export function goingOn(before: Pick<Run, 'items' | 'bytes' | 'balance'>, now: Progress): Progress {
  const isAsFar = now.items.done >= before.items.done && now.bytes.done >= before.bytes.done;
  if (now.isFindingOut !== true || isAsFar) return now;
  const { items, bytes, balance } = before;
  return { ...now, items: within(items, now.items), bytes: within(bytes, now.bytes), balance };
}

/** What was done, of what there is by the newest count. */
function within(before: Run['items'], now: Run['items']): Run['items'] {
  const total = now.total ?? before.total;
  return total === undefined ? before : { done: Math.min(before.done, total), total };
}

/** What a run shows when it got as far as that. */
export function progressed(
  run: Run,
  { phase, items, bytes, balance = run.balance, current }: Progress,
  {
    samples,
    movedMs,
    nowMs,
  }: { readonly samples: Samples; readonly movedMs: number; readonly nowMs: number },
): Run {
  const { bytesPerSecond: _rate, secondsLeft: _left, stuckSince: _stuck, current: _current, ...rest } = run;
  const rate = rateOf(samples);
  const left = secondsLeft(samples, { bytes: bytes.total, items: items.total });
  const stuck = stuckSince(phase, movedMs, nowMs);
  const isRunning = run.state.kind === 'running';
  return {
    ...rest,
    ...(isRunning && { state: { kind: 'running', phase } }),
    items,
    bytes,
    balance,
    ...(rate !== undefined && { bytesPerSecond: rate }),
    ...(left !== undefined && stuck === undefined && { secondsLeft: left }),
    ...(current !== undefined && { current }),
    ...(stuck !== undefined && { stuckSince: stuck.toString() }),
  };
}

/** The samples with how far a run is now. */
export const measured = (samples: Samples, { items, bytes }: Progress, atMs: number): Samples =>
  sampled(samples, { atMs, bytes: bytes.done, items: items.done });

/** What a run shows when an item more was set aside; what is proved is not. */
export function withItem(run: Run, item: RunItem): Run {
  if (item.state === 'verified') return run;
  return { ...run, setAside: run.setAside + 1, lastSetAside: [...run.lastSetAside, item].slice(-LAST) };
}

/** What a run shows that is not under way: no rates, no item, nothing stuck. */
export function still(run: Run, state: Run['state'], ended?: Temporal.Instant): Run {
  const { bytesPerSecond: _rate, secondsLeft: _left, stuckSince: _stuck, current: _current, ...rest } = run;
  return { ...rest, state, ...(ended !== undefined && { ended: ended.toString() }) };
}

/** True for a run that has come to its end. */
export const isOver = ({ state }: Run): boolean =>
  state.kind === 'done' || state.kind === 'failed' || state.kind === 'stopped';

/** True for a run that does something now. */
export const isAtWork = ({ state }: Run): boolean =>
  state.kind === 'running' || state.kind === 'pausing' || state.kind === 'stopping';

/** What a run shows when the program that did it has died: what was to be paused is, what was to be stopped is, the others go on by themselves. */
export function afterRestart(run: Run, now: Temporal.Instant): Run {
  switch (run.state.kind) {
    case 'pausing':
      return still(run, { kind: 'paused' });
    case 'stopping':
      return still(run, { kind: 'stopped' }, now);
    case 'running':
      return still(run, { kind: 'waiting', sentence: 'Holdfast was started again: this goes on at once.' });
    case 'waiting':
    case 'paused':
    case 'stopped':
    case 'done':
    case 'failed':
      return run;
    default:
      return run.state satisfies never;
  }
}
