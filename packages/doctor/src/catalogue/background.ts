import { factOf, type PhotosFacts } from '../photos-facts.ts';
import { APP_ASLEEP, APP_GONE, entry, when } from './entry.ts';

const RARE = 40;
const RESTRICTED = 45;

const bucketIs = (facts: PhotosFacts, isIt: (bucket: number) => boolean): true | undefined => {
  const bucket = factOf(facts, 'standby-bucket');
  return when(bucket !== undefined && isIt(bucket));
};

/** About running while nobody looks. */
export const BACKGROUND_COMPLAINTS = [
  entry({
    code: 'background-restricted',
    severity: 'blocking',
    title: 'Google Photos may not run in the background',
    seen: (facts) => {
      const mode = factOf(facts, 'background');
      return when(mode === 'ignore' || mode === 'deny');
    },
    explain: () =>
      'The phone does not let Google Photos work in the background. It backs up only while you look at it.',
    fix: () =>
      'Allow it: Settings → Apps → Google Photos → Battery → Unrestricted (or “Allow background usage”). It can be done from here.',
    hiddenBehind: APP_GONE,
    probes: ['background'],
    fixes: ['allow-background'],
  }),
  entry({
    code: 'standby-restricted',
    severity: 'warning',
    title: 'Android hardly lets Google Photos work',
    seen: (facts) => bucketIs(facts, (bucket) => bucket >= RESTRICTED),
    explain: () =>
      'Android has put Google Photos among the apps that may work once a day at most, because it was not opened for long or was found wasteful. Photos wait for days.',
    fix: () => 'Open Google Photos more often, or have it counted as active from here.',
    hiddenBehind: [...APP_ASLEEP, 'background-restricted'],
    probes: ['standby-bucket'],
    fixes: ['open-app', 'active-bucket', 'free-of-optimisation'],
  }),
  entry({
    code: 'standby-rare',
    severity: 'warning',
    title: 'Android seldom lets Google Photos work',
    seen: (facts) => bucketIs(facts, (bucket) => bucket >= RARE && bucket < RESTRICTED),
    explain: () =>
      'Google Photos was opened so seldom that Android lets it work only for a few minutes a day, and hardly over the network.',
    fix: () => 'Open Google Photos now and then, or have it counted as active from here.',
    hiddenBehind: [...APP_ASLEEP, 'background-restricted'],
    probes: ['standby-bucket'],
    fixes: ['open-app', 'active-bucket', 'free-of-optimisation'],
  }),
];
