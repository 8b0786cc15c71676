import type { Answer, Settings } from '@holdfast/contract/api';
import { ago, DAY, type Scenario, store } from './fake-answers.ts';

/** Settings with a channel of each kind. */
export const someSettings: Settings = {
  retention: { keepLast: 5, keepDaily: 14, keepMonthly: 12 },
  isRetentionAutomatic: false,
  checkEveryDays: 7,
  drillEveryDays: 30,
  notSeenDays: 7,
  channels: [
    { kind: 'ntfy', url: 'https://ntfy.sh/a-name-nobody-guesses' },
    {
      kind: 'smtp',
      host: 'smtp.example.org',
      port: 465,
      isTls: true,
      from: 'holdfast@example.org',
      to: 'anna@example.org',
    },
  ],
};

/** How the repository is. */
export function repositoryOf(scenario: Scenario): Answer<'repository'> {
  const isBad = scenario === 'trouble';
  return {
    place: store.place,
    ...(scenario === 'away' && { isAway: true as const }),
    usedBytes: isBad ? 1_998_800_000_000 : store.usedBytes,
    freeBytes: isBad ? 1_200_000_000 : store.freeBytes,
    fullInDays: isBad ? 4 : 310,
    backups: 3,
    keys: 1,
    lastCheck: { time: ago(2 * DAY), isClean: !isBad, findings: isBad ? 3 : 0, readBytes: 50_000_000_000 },
    readBackShare: 0.93,
    lastDrill: {
      time: ago(3 * DAY),
      isGood: true,
      items: 64,
      sentence: '64 of 64 items came back and are equal.',
    },
    lastPrune: { time: ago(6 * DAY), freedBytes: 4_200_000_000 },
    nextCheck: ago(-5 * DAY),
    nextDrill: ago(-27 * DAY),
    hasRecoveryKit: !isBad,
  };
}
