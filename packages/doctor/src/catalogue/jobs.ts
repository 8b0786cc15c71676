import type { ComplaintCode } from '../complaint-code.ts';
import { factOf, type PhotosFacts } from '../photos-facts.ts';
import { APP_ASLEEP, COSTLY_NETWORK, entry, NO_NETWORK } from './entry.ts';

/** How many jobs wait for one of these. */
function waitingFor(facts: PhotosFacts, words: readonly string[]): number | undefined {
  const jobs = factOf(facts, 'jobs') ?? [];
  const count = jobs.filter(({ unsatisfied }) => unsatisfied.some((word) => words.includes(word))).length;
  return count === 0 ? undefined : count;
}

const works = (count: number): string =>
  count === 1 ? 'One piece of its work waits' : `${count} pieces of its work wait`;

const SEALED: ComplaintCode = 'phone-sealed';

/** About work of the app that Android holds back. */
export const JOB_COMPLAINTS = [
  entry({
    code: 'job-waits-for-network',
    severity: 'warning',
    title: 'Google Photos waits for a network',
    seen: (facts) => waitingFor(facts, ['CONNECTIVITY']),
    explain: (count) =>
      `${works(count)} for a network that is good enough: with what the app asks for, the one in use is not.`,
    fix: () => 'Connect the phone to a Wi-Fi that does not count data.',
    hiddenBehind: [SEALED, ...APP_ASLEEP, ...NO_NETWORK, ...COSTLY_NETWORK, 'background-restricted'],
    probes: ['jobs'],
    fixes: ['wifi-on', 'unmetered-wifi', 'run-jobs'],
  }),
  entry({
    code: 'job-waits-for-storage',
    severity: 'warning',
    title: 'Google Photos waits for room on the phone',
    seen: (facts) => waitingFor(facts, ['STORAGE_NOT_LOW']),
    explain: (count) => `${works(count)} until there is more room on the phone.`,
    fix: () => 'Make room on the phone.',
    hiddenBehind: [SEALED, ...APP_ASLEEP, 'storage-full', 'storage-low'],
    probes: ['jobs'],
    fixes: ['free-space'],
  }),
  entry({
    code: 'job-held-back',
    severity: 'warning',
    title: 'Android holds work of Google Photos back',
    seen: (facts) => waitingFor(facts, ['BACKGROUND_NOT_RESTRICTED', 'WITHIN_QUOTA']),
    explain: (count) => `${works(count)} because Android allows the app no more work now.`,
    fix: () => 'Open Google Photos and leave it open for a while, or have the work started from here.',
    hiddenBehind: [
      SEALED,
      ...APP_ASLEEP,
      'background-restricted',
      'standby-restricted',
      'standby-rare',
      'battery-saver',
    ],
    probes: ['jobs'],
    fixes: ['open-app', 'allow-background', 'active-bucket', 'run-jobs'],
  }),
  entry({
    code: 'job-waits-for-battery',
    severity: 'info',
    title: 'Google Photos waits for more battery',
    seen: (facts) => waitingFor(facts, ['BATTERY_NOT_LOW']),
    explain: (count) => `${works(count)} until the battery is fuller.`,
    fix: () => 'Leave the phone on its charger.',
    hiddenBehind: [SEALED, ...APP_ASLEEP, 'battery-low', 'battery-saver'],
    probes: ['jobs'],
    fixes: ['charge'],
  }),
  entry({
    code: 'job-waits-for-charging',
    severity: 'info',
    title: 'Google Photos waits for the charger',
    seen: (facts) => waitingFor(facts, ['CHARGING']),
    explain: (count) => `${works(count)} until the phone charges. For tidying up that is as it should be.`,
    fix: () => 'Leave the phone on its charger for a night, on Wi-Fi.',
    hiddenBehind: [SEALED, ...APP_ASLEEP, 'battery-low', 'battery-saver'],
    // A day has a night in it.
    visibleAfter: Temporal.Duration.from({ hours: 24 }),
    probes: ['jobs'],
    fixes: ['charge', 'run-jobs'],
  }),
];
