import type { Alert, Card, Home } from '@holdfast/contract/api';
import { doubtOf } from '../alerts/doubt.ts';
import { formatAgo, plural } from '../words.ts';

const NEEDS_A_PERSON: ReadonlySet<Card['state']> = new Set([
  'attention',
  'failed',
  'never',
  'not-seen',
  'cannot-talk',
  'off',
]);

/**
 * Is everything safe? In one sentence for all devices together: what is worst counts, and nothing is safe in backups that something is wrong with.
 * `alerts` are all that hold, those too that were dismissed: knowing of a trouble does not end it.
 */
export function verdictOf(
  cards: readonly Card[],
  alerts: readonly Alert[],
  now: Temporal.Instant,
): Home['verdict'] {
  const ofBackups =
    doubtOf(alerts) ?? alerts.find(({ severity, device }) => severity === 'error' && device === undefined);
  const forAlert = ({ id, sentence }: Alert): Home['verdict'] => ({
    kind: 'attention',
    sentence,
    about: { kind: 'alert', alert: id },
  });
  if (ofBackups !== undefined) return forAlert(ofBackups);
  // Of devices that the ledger does not know nothing can be said.
  const unknown = alerts.find(({ id }) => id === 'ledger-empty');
  if (cards.length === 0 && unknown !== undefined) return forAlert(unknown);
  if (cards.length === 0)
    return { kind: 'empty', sentence: 'Nothing is backed up yet. Plug in a phone to begin.' };
  const troubled = cards.filter(({ state }) => NEEDS_A_PERSON.has(state));
  const [first] = troubled;
  // Nothing is wrong with who has just come.
  if (first !== undefined && cards.every(({ state, isInSight }) => state === 'never' && isInSight))
    return {
      kind: 'empty',
      sentence: `${namesOf(cards)} ${cards.length === 1 ? 'is' : 'are'} here. Press “Back up now”: everything else happens by itself.`,
    };
  if (first !== undefined)
    return troubled.length === 1
      ? {
          kind: 'attention',
          sentence: `${first.device.name} needs you. ${first.sentence}`,
          about: { kind: 'device', device: first.device.id },
        }
      : { kind: 'attention', sentence: `${troubled.length} devices need you.` };
  const busy = cards.filter(({ state }) => state === 'backing-up');
  if (busy.length > 0) return { kind: 'busy', sentence: `Under way: ${namesOf(busy)}.` };
  const waiting = cards.filter(({ state }) => state === 'waiting');
  if (waiting.length > 0)
    return {
      kind: 'busy',
      sentence: `Not everything is safe yet: ${namesOf(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'}.`,
    };
  if (unknown !== undefined) return forAlert(unknown);
  const items = cards.reduce((sum, { balance }) => sum + balance.verified, 0);
  const oldest = cards
    .flatMap(({ lastBackup }) => (lastBackup === undefined ? [] : [Temporal.Instant.from(lastBackup.time)]))
    .toSorted((a, b) => Temporal.Instant.compare(a, b))[0];
  const proved = oldest === undefined ? '' : `, proved ${formatAgo(oldest, now)}`;
  return { kind: 'safe', sentence: `Everything is safe: ${plural(items, 'item')}${proved}.` };
}

const namesOf = (cards: readonly Card[]): string =>
  cards.length <= 2 ? cards.map(({ device }) => device.name).join(' and ') : `${cards.length} devices`;
