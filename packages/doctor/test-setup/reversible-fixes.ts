import { type Android, GOOGLE_PHOTOS, provoke, type Release } from '@holdfast/testkit/phone';
import type { FixCode } from '#fix-code.ts';

const P = GOOGLE_PHOTOS;

/** A fix that can be undone. */
export interface ReversibleFix {
  readonly code: FixCode;
  /** The complaint that it ends, or what brings it about. */
  readonly from: string | ((android: Android) => void);
  /** What is run that changes something, per release. */
  readonly runs: (release: Release) => readonly string[] | 'guided';
}

const GRANT = `pm grant --user 0 ${P} android.permission.`;
const APPOPS = `cmd appops set ${P}`;

/** Every fix that can be undone. */
export const REVERSIBLE_FIXES: readonly ReversibleFix[] = [
  { code: 'enable-app', from: 'app-disabled', runs: () => [`pm enable --user 0 ${P}`] },
  { code: 'unhide-app', from: 'app-hidden', runs: () => [`pm unhide --user 0 ${P}`] },
  { code: 'unsuspend-app', from: 'app-suspended', runs: () => [`pm unsuspend --user 0 ${P}`] },
  {
    code: 'reinstall-for-user',
    from: 'app-removed-for-user',
    runs: () => [`cmd package install-existing --user 0 ${P}`],
  },
  {
    code: 'allow-photos',
    from: 'no-photo-access',
    runs: (release) =>
      release >= 14
        ? [`${GRANT}READ_MEDIA_IMAGES`, `${GRANT}READ_MEDIA_VIDEO`]
        : [`${GRANT}READ_EXTERNAL_STORAGE`],
  },
  {
    code: 'allow-photo-operations',
    from: 'photo-access-blocked',
    runs: (release) =>
      release >= 14
        ? [`${APPOPS} READ_MEDIA_IMAGES allow`, `${APPOPS} READ_MEDIA_VIDEO allow`]
        : [`${APPOPS} READ_EXTERNAL_STORAGE allow`],
  },
  {
    code: 'allow-notifications',
    from: 'notifications-blocked',
    runs: (release) => [release >= 14 ? `${GRANT}POST_NOTIFICATIONS` : `${APPOPS} POST_NOTIFICATION allow`],
  },
  {
    code: 'allow-background',
    from: 'background-restricted',
    runs: () => [`${APPOPS} RUN_ANY_IN_BACKGROUND allow`],
  },
  { code: 'active-bucket', from: 'standby-rare', runs: () => [`am set-standby-bucket ${P} active`] },
  { code: 'free-of-optimisation', from: () => {}, runs: () => [`cmd deviceidle whitelist +${P}`] },
  {
    code: 'battery-saver-off',
    from: 'battery-saver',
    runs: (release) => [release >= 10 ? 'cmd power set-mode 0' : 'settings put global low_power 0'],
  },
  {
    code: 'airplane-mode-off',
    from: 'airplane-mode',
    runs: (release) => (release >= 12 ? ['cmd connectivity airplane-mode disable'] : 'guided'),
  },
  {
    code: 'wifi-on',
    from: (android) => {
      android.settings.global.set('wifi_on', '0');
      android.networkWithout = android.activeNetwork;
      android.activeNetwork = undefined;
    },
    runs: () => ['svc wifi enable'],
  },
  {
    code: 'data-saver-exempt',
    from: 'data-saver',
    runs: () => ['cmd netpolicy add restrict-background-whitelist 10105'],
  },
  {
    code: 'allow-background-data',
    from: 'background-data-denied',
    runs: () => ['cmd netpolicy remove restrict-background-blacklist 10105'],
  },
  {
    code: 'unmetered-wifi',
    from: 'metered-wifi',
    runs: (release) => (release >= 12 ? ['cmd netpolicy set metered-network Tide, House false'] : 'guided'),
  },
  { code: 'automatic-clock', from: 'clock-by-hand', runs: () => ['settings put global auto_time 1'] },
];

/** A phone that the fix is for, with its maker's extra switch on. */
export function bringAbout(android: Android, { from }: ReversibleFix): void {
  android.isSecurityOpen = true;
  if (typeof from === 'function') from(android);
  else provoke(android, from);
}
