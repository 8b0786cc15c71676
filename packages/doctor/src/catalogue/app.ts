import { type AppFacts, factOf, type PhotosFacts } from '../photos-facts.ts';
import { APP_GONE, entry, when } from './entry.ts';

/** The app, where it is there for the person. */
function installed(facts: PhotosFacts): AppFacts | undefined {
  const app = factOf(facts, 'app');
  return app?.isInstalled === true ? app : undefined;
}

const isDisabled = ({ enabled }: AppFacts): boolean => enabled >= 2;

/** About the phone as a whole, and the app being there. */
export const APP_COMPLAINTS = [
  entry({
    code: 'phone-sealed',
    severity: 'blocking',
    title: 'The phone was not unlocked since it was switched on',
    seen: (facts) => when(factOf(facts, 'android')?.isUnlocked === false),
    explain: () =>
      'Your phone has been restarted, and nobody has entered its code since. Until then your photos are sealed, and no app can read them.',
    fix: () => 'Unlock the phone once with its code, then look again.',
    probes: ['android'],
    fixes: ['unlock-phone'],
  }),
  entry({
    code: 'app-missing',
    severity: 'blocking',
    title: 'Google Photos is not on this phone',
    seen: (facts) => when(facts.app.kind === 'absent'),
    explain: () => 'Google Photos is not installed on this phone, so nothing is being backed up to Google.',
    fix: () => 'Install Google Photos from the Play Store and sign in.',
    probes: ['app'],
    fixes: ['install-app'],
  }),
  entry({
    code: 'app-removed-for-user',
    severity: 'blocking',
    title: 'Google Photos was removed from this phone',
    seen: (facts) => when(factOf(facts, 'app')?.isInstalled === false),
    explain: () =>
      'Google Photos is still on the phone, but it was removed for you, so it neither shows nor runs.',
    fix: () => 'Have it put back. It can be done from here, and nothing is downloaded.',
    probes: ['app'],
    fixes: ['reinstall-for-user', 'install-app'],
  }),
  entry({
    code: 'app-disabled',
    severity: 'blocking',
    title: 'Google Photos is switched off',
    seen: (facts) => {
      const app = installed(facts);
      return when(app && isDisabled(app));
    },
    explain: () => 'Google Photos is installed but disabled: it does not run and cannot be opened.',
    fix: () => 'Enable it, from here or in Settings → Apps → Google Photos → Enable.',
    probes: ['app'],
    fixes: ['enable-app'],
  }),
  entry({
    code: 'app-hidden',
    severity: 'blocking',
    title: 'Google Photos is hidden',
    seen: (facts) => when(installed(facts)?.isHidden),
    explain: () =>
      'The phone hides Google Photos, as if it were not there. Some launchers and some employers do that.',
    fix: () => 'Have it shown again, from here or where it was hidden.',
    hiddenBehind: ['app-disabled'],
    probes: ['app'],
    fixes: ['unhide-app'],
  }),
  entry({
    code: 'app-suspended',
    severity: 'blocking',
    title: 'Google Photos is paused by the phone',
    seen: (facts) => when(installed(facts)?.isSuspended),
    explain: () =>
      'The phone has paused Google Photos. A timer for apps, a focus mode or a parent’s control does that.',
    fix: () =>
      'End the timer or focus mode in Settings → Digital Wellbeing, or have the app resumed from here.',
    hiddenBehind: ['app-disabled'],
    probes: ['app'],
    fixes: ['unsuspend-app'],
  }),
  entry({
    code: 'app-stopped',
    severity: 'blocking',
    title: 'Google Photos was stopped and not opened since',
    seen: (facts) => when(installed(facts)?.isStopped),
    explain: () =>
      'Google Photos was stopped by force. Android lets a stopped app do nothing at all until somebody opens it.',
    fix: () => 'Open Google Photos once. Opening it from here will do.',
    hiddenBehind: [...APP_GONE, 'app-disabled', 'app-hidden', 'app-suspended'],
    probes: ['app'],
    fixes: ['open-app'],
  }),
];
