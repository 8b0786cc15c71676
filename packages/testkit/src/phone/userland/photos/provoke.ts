import type { ActiveNetwork, Android, Release } from '../android.ts';
import { setAirplaneMode } from '../networks.ts';
import type { AndroidPackage } from '../package.ts';
import { lockPhone } from '../unlock.ts';
import { GOOGLE_PHOTOS, type Mending, type PhotosApp, type PhotosState } from './app.ts';
import { ODD_FILES } from './files.ts';
import { SCREENS } from './screen.ts';

type Provocation = (android: Android) => void;

/** One that only phones from this release on can have. */
interface Since {
  readonly since: Release;
  readonly run: Provocation;
}

const app =
  (change: (found: AndroidPackage, android: Android) => void): Provocation =>
  (android) => {
    const found = android.packages.get(GOOGLE_PHOTOS);
    if (found !== undefined) change(found, android);
  };

const PERMISSION = 'android.permission.';

/** Takes these of its permissions away, of those that it has. */
const without = (...names: string[]): Provocation =>
  app(({ permissions }) => {
    for (const name of names)
      if (permissions.has(`${PERMISSION}${name}`)) permissions.set(`${PERMISSION}${name}`, false);
  });

const blocking =
  (operation: string): Provocation =>
  (android) =>
    android.appOps.set(`${GOOGLE_PHOTOS} ${operation}`, 'ignore');

const network =
  (change: Partial<ActiveNetwork>): Provocation =>
  (android) => {
    if (android.activeNetwork !== undefined) android.activeNetwork = { ...android.activeNetwork, ...change };
  };

const mobile = (change: Partial<ActiveNetwork>): Provocation => {
  const at: ActiveNetwork = { transport: 'CELLULAR', isMetered: true, isValidated: true, ...change };
  return (android) => {
    if (android.activeNetwork !== undefined) android.activeNetwork = at;
  };
};

const freeBytes =
  (bytes: number): Provocation =>
  ({ root: { room } }) => {
    if (room !== undefined) room.bytes = bytes;
  };

const waitingFor =
  (constraint: string): Provocation =>
  ({ photos }) =>
    photos.jobWaitsFor.add(constraint);

/** Shows the app's status, as the person left it. */
function showStatus(android: Android): void {
  android.inFront = SCREENS.account;
}

const stuck =
  (at: PhotosState, mendedBy: Mending): Provocation =>
  (android) => {
    android.photos.stuck = { at, mendedBy };
    showStatus(android);
  };

const cloud =
  (says: PhotosApp['cloud']): Provocation =>
  (android) => {
    android.photos.cloud = says;
    showStatus(android);
  };

/** What brings about each complaint of the doctor's, by its code. */
const PROVOCATIONS: Readonly<Record<string, Provocation | Since>> = {
  'phone-sealed': lockPhone,
  'app-missing': ({ packages }) => packages.delete(GOOGLE_PHOTOS),
  'app-removed-for-user': app((found) => {
    found.isTakenAway = true;
  }),
  'app-disabled': app((found) => {
    found.enabled = 3;
  }),
  'app-hidden': app((found) => {
    found.isHidden = true;
  }),
  'app-suspended': app((found) => {
    found.isSuspended = true;
  }),
  'app-stopped': app((found) => {
    found.isStopped = true;
  }),
  'no-photo-access': without(
    'READ_MEDIA_IMAGES',
    'READ_MEDIA_VIDEO',
    'READ_MEDIA_VISUAL_USER_SELECTED',
    'READ_EXTERNAL_STORAGE',
  ),
  'selected-photos-only': { since: 14, run: without('READ_MEDIA_IMAGES', 'READ_MEDIA_VIDEO') },
  'videos-not-allowed': {
    since: 14,
    run: without('READ_MEDIA_VIDEO', 'READ_MEDIA_VISUAL_USER_SELECTED'),
  },
  'photos-not-allowed': {
    since: 14,
    run: without('READ_MEDIA_IMAGES', 'READ_MEDIA_VISUAL_USER_SELECTED'),
  },
  'photo-access-blocked': (android) => {
    const reading =
      android.release >= 14
        ? ['READ_MEDIA_IMAGES', 'READ_MEDIA_VIDEO', 'READ_MEDIA_VISUAL_USER_SELECTED']
        : ['READ_EXTERNAL_STORAGE'];
    for (const operation of reading) blocking(operation)(android);
  },
  'notifications-blocked': (android) =>
    android.release >= 14 ? without('POST_NOTIFICATIONS')(android) : blocking('POST_NOTIFICATION')(android),
  'background-restricted': blocking('RUN_ANY_IN_BACKGROUND'),
  'standby-rare': ({ standbyBuckets }) => standbyBuckets.set(GOOGLE_PHOTOS, 40),
  'standby-restricted': {
    since: 12,
    run: ({ standbyBuckets }) => standbyBuckets.set(GOOGLE_PHOTOS, 45),
  },
  'battery-saver': ({ settings }) => settings.global.set('low_power', '1'),
  'battery-low': ({ battery }) => Object.assign(battery, { level: 9, plugged: 'none', status: 3 }),
  'too-hot': ({ battery }) => Object.assign(battery, { temperature: 480 }),
  'airplane-mode': (android) => setAirplaneMode(android, true),
  offline(android) {
    android.activeNetwork = undefined;
  },
  'captive-network': network({ isValidated: false, isCaptive: true }),
  'network-not-working': network({ isValidated: false }),
  'mobile-data-only': mobile({}),
  'metered-wifi': network({ isMetered: true }),
  roaming: mobile({ isRoaming: true }),
  'data-saver': ({ dataSaver }) => {
    dataSaver.isOn = true;
  },
  'background-data-denied': app(({ appId }, { dataSaver }) => dataSaver.denied.add(appId)),
  // Over a Wi-Fi that works, whatever was in use before.
  vpn: network({ transport: 'VPN', isMetered: false, isRoaming: false, isValidated: true, isCaptive: false }),
  'clock-wrong': (android) => {
    android.clockAheadMs = 3 * 86_400_000;
  },
  'clock-by-hand': ({ settings }) => settings.global.set('auto_time', '0'),
  'storage-full': freeBytes(40 * 2 ** 20),
  'storage-low': freeBytes(1000 * 2 ** 20),
  'no-account': ({ accounts }) => accounts.splice(0),
  'auto-sync-off': (android) => {
    android.isAutoSyncOn = false;
  },
  'job-waits-for-network': waitingFor('CONNECTIVITY'),
  'job-waits-for-charging': waitingFor('CHARGING'),
  'job-waits-for-battery': waitingFor('BATTERY_NOT_LOW'),
  'job-waits-for-storage': waitingFor('STORAGE_NOT_LOW'),
  'job-held-back': waitingFor('BACKGROUND_NOT_RESTRICTED'),
  'says-backup-off': (android) => {
    android.photos.isBackupOn = false;
    showStatus(android);
  },
  'says-signed-out': (android) => {
    android.photos.account = undefined;
    showStatus(android);
  },
  'says-getting-ready': stuck('getting_ready', 'data'),
  'says-waiting-for-sync': stuck('cloud_sync_pending', 'cache'),
  'says-compressing': stuck('video_compression', 'update'),
  'says-waiting-for-wifi': stuck('wifi_wait', 'restart'),
  'says-daily-limit': cloud('daily-limit'),
  'says-waiting-for-connection': stuck('network_wait', 'restart'),
  'says-waiting-to-charge': stuck('power_wait', 'restart'),
  'says-battery-low': stuck('battery_low', 'restart'),
  'says-too-hot': stuck('too_hot', 'restart'),
  'says-account-full': cloud('full'),
  'says-quota-recalculating': cloud('recalculating'),
  'says-preview-only': cloud('preview-only'),
  'media-unseen': ODD_FILES.unseen,
  'folders-off': (android) => {
    ODD_FILES.otherFolder(android);
    android.inFront = SCREENS.folders;
  },
  'files-empty': ODD_FILES.empty,
  'files-too-large': ODD_FILES.tooLarge,
  'files-too-many-pixels': ODD_FILES.tooManyPixels,
  'files-too-small': ODD_FILES.tooSmall,
  'files-of-other-types': (android) => {
    ODD_FILES.otherType(android);
    ODD_FILES.unlisted(android);
  },
  'files-broken': ODD_FILES.broken,
  'files-pending': { since: 10, run: ODD_FILES.pending },
};

/** Codes of complaints that can be brought about, in the order in which one hides another. */
export const PROVOCABLE: readonly string[] = Object.keys(PROVOCATIONS);

/** Brings a complaint about; false where a phone of this release cannot have it. */
export function provoke(android: Android, code: string): boolean {
  const found = Object.hasOwn(PROVOCATIONS, code) ? PROVOCATIONS[code] : undefined;
  if (found === undefined) throw new RangeError(`Nothing brings about ${code}`);
  if (typeof found === 'function') found(android);
  else if (android.release < found.since) return false;
  else found.run(android);
  return true;
}
