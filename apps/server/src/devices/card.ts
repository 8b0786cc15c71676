import type { Balance, ReasonCode } from '@holdfast/contract';
import type { Card, Problem, Rules, Run } from '@holdfast/contract/api';
import type { Device } from '@holdfast/devices';
import type { Decision } from '@holdfast/engine';
import { formatAgo, formatCount, plural } from '../words.ts';
import { type Sentence, sentenceOfRun } from './run-sentence.ts';

/** All that a card is made of. */
export interface CardFacts {
  readonly device: Device;
  readonly now: Temporal.Instant;
  readonly lastSeen: Temporal.Instant;
  /** How it is in sight; absent when it is not. */
  readonly route?: Card['route'];
  /** Set where it is in sight and cannot be talked to: what to do. */
  readonly obstacle?: { readonly says: string; readonly hint: string } | undefined;
  /** What is on the device, by state. */
  readonly balance: Balance;
  /** The most frequent reason of those that wait. */
  readonly waitingFor?:
    | { readonly reason: ReasonCode; readonly sentence: string; readonly remedy?: string }
    | undefined;
  /** Of the skipped: those that no rule of the person's leaves out. */
  readonly refused: number;
  /** Of what the person held back. */
  readonly held: number;
  readonly rules: Pick<Rules, 'isOn'>;
  /** The one that has not come to its end. */
  readonly run?: Run | undefined;
  /** Why the last backup failed, when none got to its end since. */
  readonly failure?: Problem | undefined;
  readonly lastBackup?: Card['lastBackup'];
  /** What automatic backup does now. */
  readonly decision?: Decision | undefined;
  /** The worst of what the last listing lacks. */
  readonly alarm?: { readonly kind: string; readonly before: number; readonly now: number } | undefined;
  /** 0: never. */
  readonly notSeenDays: number;
  /** What leaves open whether what was saved is still there: a sentence. */
  readonly doubt?: string | undefined;
}

type Part = Pick<Card, 'state' | 'sentence' | 'button'> & Partial<Pick<Card, 'remedy' | 'number'>>;

/** A device's card: one sentence, one number, one button. */
export function cardOf(facts: CardFacts): Card {
  const { device, route, rules, lastSeen, balance, run, lastBackup, obstacle } = facts;
  const part = partOf(facts);
  return {
    device: { id: device.id, name: device.name, kind: device.kind },
    ...part,
    number: part.number ?? safeItems(facts),
    isInSight: route !== undefined && obstacle === undefined,
    ...(route !== undefined && { route }),
    isBackupOn: rules.isOn,
    lastSeen: lastSeen.toString(),
    balance,
    ...(run !== undefined && { run }),
    ...(lastBackup !== undefined && { lastBackup }),
  };
}

/** What matters most comes first: what happens now, what is broken, what nobody has decided, what waits; then that all is well. */
const partOf = (facts: CardFacts): Part =>
  ofRun(facts) ??
  ofFailure(facts) ??
  ofAlarm(facts) ??
  ofObstacle(facts) ??
  ofNever(facts) ??
  ofOff(facts) ??
  ofFailedItems(facts) ??
  ofNotSeen(facts) ??
  ofHold(facts) ??
  ofWaitingItems(facts) ??
  ofDoubt(facts) ??
  allSafe(facts);

const ofRun = ({ run, now }: CardFacts): Part | undefined => run && partOfRun(run, now);

/** What a card says, and what its button does, while there is this run. */
export function partOfRun(run: Run, now: Temporal.Instant): Part {
  const said: Sentence = sentenceOfRun(run, now);
  const button: Card['button'] =
    run.state.kind === 'paused'
      ? { label: 'Go on', action: { kind: 'resume-run', run: run.id } }
      : { label: 'Watch', action: { kind: 'watch-run', run: run.id } };
  return { ...said, button };
}

function ofFailure({ failure, route }: CardFacts): Part | undefined {
  if (failure === undefined) return undefined;
  return {
    state: 'failed',
    sentence: `The last backup failed: ${lowerFirst(failure.message)}.`,
    ...(failure.hint !== undefined && { remedy: failure.hint }),
    button: route === undefined ? NOTHING : BACK_UP,
  };
}

function ofAlarm({ alarm }: CardFacts): Part | undefined {
  if (alarm === undefined) return undefined;
  const what = alarm.kind === 'all' ? 'item' : alarm.kind;
  return {
    state: 'attention',
    sentence: `Far less is on it than before: ${plural(alarm.now, what)} of ${formatCount(alarm.before)}.`,
    remedy: 'What was saved stays saved. Look whether a card or a drive is missing.',
    button: { label: 'See what there is', action: { kind: 'see-items' } },
  };
}

function ofObstacle({ obstacle }: CardFacts): Part | undefined {
  return (
    obstacle && { state: 'cannot-talk', sentence: obstacle.says, remedy: obstacle.hint, button: NOTHING }
  );
}

function ofNever({ lastBackup, route, device, rules }: CardFacts): Part | undefined {
  if (lastBackup !== undefined) return undefined;
  const isHere = route !== undefined;
  return {
    state: 'never',
    sentence: 'It was never backed up.',
    remedy: isHere
      ? `Back it up once${rules.isOn ? '' : ': from then on that happens by itself'}.`
      : device.kind === 'folder'
        ? 'Connect the drive it is on.'
        : 'Plug it in and unlock it.',
    button: isHere ? BACK_UP : NOTHING,
  };
}

function ofOff({ rules, balance, lastBackup, now, doubt }: CardFacts): Part | undefined {
  if (rules.isOn) return undefined;
  const since =
    lastBackup && `, the last backup was ${formatAgo(Temporal.Instant.from(lastBackup.time), now)}`;
  return {
    state: 'off',
    sentence: `Backup is off: ${plural(balance.verified, 'item')} ${doubt === undefined ? 'safe' : 'proved so far'}${since ?? ''}.`,
    remedy: 'Turn it on, and it is backed up by itself.',
    button: { label: 'Turn on', action: { kind: 'turn-on' } },
  };
}

function ofFailedItems({ balance: { failed } }: CardFacts): Part | undefined {
  if (failed === 0) return undefined;
  return {
    state: 'attention',
    sentence: `${plural(failed, 'item')} could not be backed up.`,
    number: { value: failed, label: failed === 1 ? 'item failed' : 'items failed', state: 'failed' },
    button: { label: 'See why', action: { kind: 'see-items', state: 'failed' } },
  };
}

function ofNotSeen({ route, lastSeen, now, notSeenDays, device }: CardFacts): Part | undefined {
  if (route !== undefined || notSeenDays === 0) return undefined;
  const days = Math.floor((now.epochMilliseconds - lastSeen.epochMilliseconds) / 86_400_000);
  if (days < notSeenDays) return undefined;
  return {
    state: 'not-seen',
    sentence: `Not seen for ${plural(days, 'day')}: what is new on it is not safe.`,
    remedy:
      device.kind === 'folder'
        ? 'Connect the drive it is on.'
        : 'Plug it in, or bring it into the same Wi-Fi.',
    button: NOTHING,
  };
}

function ofHold({ decision, balance }: CardFacts): Part | undefined {
  if (decision?.kind !== 'hold' || decision.rule === 'off') return undefined;
  // What is all safe need not say when it is looked at next.
  if (decision.rule === 'interval' && balance.waiting === 0) return undefined;
  return {
    state: 'waiting',
    sentence: decision.sentence,
    remedy: decision.remedy,
    ...(balance.waiting > 0 && { number: waitingItems(balance) }),
    button: BACK_UP,
  };
}

function ofWaitingItems({ balance, held, waitingFor, route }: CardFacts): Part | undefined {
  const waiting = balance.waiting - held;
  if (waiting <= 0) return undefined;
  return {
    state: 'waiting',
    sentence: `${plural(waiting, 'item')} ${waiting === 1 ? 'waits' : 'wait'} to be backed up.`,
    ...(waitingFor !== undefined && { remedy: `${waitingFor.sentence} ${waitingFor.remedy ?? ''}`.trim() }),
    number: waitingItems(balance),
    button:
      route === undefined ? { label: 'See them', action: { kind: 'see-items', state: 'waiting' } } : BACK_UP,
  };
}

function ofDoubt({ doubt, lastBackup, now, route }: CardFacts): Part | undefined {
  if (doubt === undefined) return undefined;
  const proved = lastBackup && `, proved ${formatAgo(Temporal.Instant.from(lastBackup.time), now)}`;
  return {
    state: 'in-doubt',
    sentence: `Everything was backed up${proved ?? ''}. Whether it is still safe is not known now.`,
    remedy: doubt,
    // What is still on it is saved again.
    button: route === undefined ? NOTHING : BACK_UP,
  };
}

function allSafe({ balance, refused, held, lastBackup, now }: CardFacts): Part {
  const proved = lastBackup && `, proved ${formatAgo(Temporal.Instant.from(lastBackup.time), now)}`;
  const notes = [
    ...(refused > 0 ? [`${plural(refused, 'item')} left out`] : []),
    ...(held > 0 ? [`${plural(held, 'item')} held back by you`] : []),
  ];
  return {
    state: 'safe',
    sentence: `Everything is backed up: ${plural(balance.verified, 'item')}${proved ?? ''}.`,
    ...(notes.length > 0 && { remedy: `${notes.join(', ')}.` }),
    button:
      refused > 0
        ? { label: 'See what was left out', action: { kind: 'see-items', state: 'skipped' } }
        : lastBackup === undefined
          ? NOTHING
          : { label: 'View backup', action: { kind: 'view-backup', backup: lastBackup.id } },
  };
}

const BACK_UP: Card['button'] = { label: 'Back up now', action: { kind: 'back-up' } };
const NOTHING: Card['button'] = { label: '', action: { kind: 'none' } };

const safeItems = ({ balance: { verified }, doubt }: CardFacts): NonNullable<Card['number']> => ({
  value: verified,
  label: `${verified === 1 ? 'item' : 'items'} ${doubt === undefined ? 'safe' : 'proved so far'}`,
  state: 'verified',
});

const waitingItems = ({ waiting }: Balance): NonNullable<Card['number']> => ({
  value: waiting,
  label: waiting === 1 ? 'item waiting' : 'items waiting',
  state: 'waiting',
});

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
