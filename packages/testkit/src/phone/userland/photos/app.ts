import { type Android, SDK } from '../android.ts';
import { networkNow } from '../networks.ts';
import type { AndroidPackage } from '../package.ts';
import { itemsLeft } from './queue.ts';

/** Its package's name. */
export const GOOGLE_PHOTOS = 'com.google.android.apps.photos';

/** What Google Photos keeps to itself, and its side of the cloud. Tests may look at it and change it at any time. */
export interface PhotosApp {
  isBackupOn: boolean;
  /** Name of the account it backs up to. */
  account: string | undefined;
  /** What Google's side says of it. */
  cloud: 'open' | 'full' | 'recalculating' | 'daily-limit' | 'throttled' | 'upgrade-ordered' | 'preview-only';
  /** Folders it backs up, as MediaStore's `relative_path` has them, and those below. */
  readonly folders: Set<string>;
  usesMobileData: boolean;
  isChargingOnly: boolean;
  /** Where it hangs without a reason, and what alone mends that. */
  stuck: { readonly at: PhotosState; readonly mendedBy: Mending } | undefined;
  /** Constraints that the scheduler takes for unmet, whatever is so, until its job is run by force. */
  readonly jobWaitsFor: Set<string>;
  /** Paths of what was uploaded, in order. */
  readonly uploaded: Set<string>;
  /** Milliseconds since 1970 up to which its work is accounted for. */
  workedUntil: number;
}

/** What mends an app that hangs: clearing its cache, or its data too, removing its update, or restarting the phone. */
export type Mending = 'cache' | 'data' | 'update' | 'restart';

/** States of the app, and `asleep` for one that does not run. */
export type PhotosState =
  | 'asleep'
  | 'backup_off'
  | 'signed_out'
  | 'permission'
  | 'getting_ready'
  | 'cloud_sync_pending'
  | 'video_compression'
  | 'wifi_wait'
  | 'data_cap'
  | 'network_wait'
  | 'offline'
  | 'power_wait'
  | 'battery_low'
  | 'too_hot'
  | 'throttled'
  | 'account_full'
  | 'upgrade_ordered'
  | 'quota_recalculating'
  | 'preview_quality'
  | 'backing_up'
  | 'done';

/** As it is after it was installed, or its data cleared. */
export const freshPhotos = (): Omit<PhotosApp, 'workedUntil' | 'uploaded'> => ({
  isBackupOn: false,
  account: undefined,
  cloud: 'open',
  folders: new Set(['DCIM/']),
  usesMobileData: false,
  isChargingOnly: false,
  stuck: undefined,
  jobWaitsFor: new Set(),
});

/** A day of wrong time is enough for every certificate to be too old or too new. */
const WRONG_CLOCK_MS = 86_400_000;

/** Below this, a phone says that its storage is low. */
const LOW_STORAGE_BYTES = 500 * 10 ** 6;

/** The package, where it is there for its owner. */
export function photosPackage({ packages }: Android): AndroidPackage | undefined {
  const found = packages.get(GOOGLE_PHOTOS);
  return found === undefined || found.isTakenAway === true ? undefined : found;
}

/** True while the app is what the person looks at: what holds back apps in the background does not hold it back. */
const isInFront = ({ inFront, isScreenOn, isScreenLocked }: Android): boolean =>
  inFront.startsWith(GOOGLE_PHOTOS) && isScreenOn && !isScreenLocked;

/** True where apps in the background may not run, for this one. */
export function isHeldBack(android: Android): boolean {
  const mode = android.appOps.get(`${GOOGLE_PHOTOS} RUN_ANY_IN_BACKGROUND`) ?? 'allow';
  return mode === 'ignore' || mode === 'deny';
}

/** True where its jobs get next to no time. */
export const isForgotten = ({ standbyBuckets }: Android): boolean =>
  (standbyBuckets.get(GOOGLE_PHOTOS) ?? 10) >= 40;

/** True when the battery is low and nothing charges it. */
export const isLow = ({ battery: { level, scale, plugged } }: Android): boolean =>
  plugged === 'none' && (level * 100) / scale <= 15;

/** True when no app should do heavy work. */
export const isHot = ({ battery: { temperature } }: Android): boolean => temperature >= 450;

/** True when the phone says that its storage is low. */
export const isFull = ({ root: { room } }: Android): boolean =>
  room !== undefined && room.bytes < LOW_STORAGE_BYTES;

/** True where it can run at all. */
const isAble = ({ enabled, isStopped, isHidden, isSuspended }: AndroidPackage): boolean =>
  enabled < 2 && !isStopped && isHidden !== true && isSuspended !== true;

/** True where it may see photos at all. */
function seesPhotos(android: Android, { permissions }: AndroidPackage): boolean {
  const names =
    SDK[android.release] >= 33
      ? ['READ_MEDIA_IMAGES', 'READ_MEDIA_VIDEO', 'READ_MEDIA_VISUAL_USER_SELECTED']
      : ['READ_EXTERNAL_STORAGE'];
  const mode = (name: string): string => android.appOps.get(`${GOOGLE_PHOTOS} ${name}`) ?? 'allow';
  return names.some(
    (name) =>
      permissions.get(`android.permission.${name}`) === true && !['ignore', 'deny'].includes(mode(name)),
  );
}

/** Why the network is of no use to it; `undefined` where it is. */
export function networkState(android: Android): PhotosState | undefined {
  const network = networkNow(android);
  if (network === undefined || !network.isValidated || Math.abs(android.clockAheadMs) >= WRONG_CLOCK_MS)
    return 'offline';
  if (!network.isMetered) return undefined;
  if (!android.photos.usesMobileData) return 'wifi_wait';
  const uid = android.packages.get(GOOGLE_PHOTOS)?.appId ?? 0;
  const { isOn, allowed, denied } = android.dataSaver;
  return !isInFront(android) && (denied.has(uid) || (isOn && !allowed.has(uid))) ? 'network_wait' : undefined;
}

const CLOUD: Readonly<Record<PhotosApp['cloud'], PhotosState | undefined>> = {
  open: undefined,
  full: 'account_full',
  recalculating: 'quota_recalculating',
  'daily-limit': 'data_cap',
  throttled: 'throttled',
  'upgrade-ordered': 'upgrade_ordered',
  'preview-only': 'preview_quality',
};

/** The state that keeps it from uploading; `undefined` when nothing does. */
export function blockedBy(android: Android): PhotosState | undefined {
  const { photos } = android;
  const found = photosPackage(android);
  if (found === undefined || !isAble(found) || !android.isUnlocked) return 'asleep';
  const isIdle = isHeldBack(android) || isForgotten(android) || photos.jobWaitsFor.size > 0;
  if (!isInFront(android) && isIdle) return 'asleep';
  if (photos.stuck !== undefined) return photos.stuck.at;
  const isSignedIn = android.accounts.some(
    ({ name, type }) => type === 'com.google' && name === photos.account,
  );
  if (!isSignedIn) return 'signed_out';
  if (!photos.isBackupOn) return 'backup_off';
  if (!seesPhotos(android, found)) return 'permission';
  if (CLOUD[photos.cloud] !== undefined) return CLOUD[photos.cloud];
  if (!android.isAutoSyncOn) return 'cloud_sync_pending';
  const network = networkState(android);
  if (network !== undefined) return network;
  if (photos.isChargingOnly && android.battery.plugged === 'none') return 'power_wait';
  const isSaving = android.settings.global.get('low_power') === '1' && !isInFront(android);
  if (isLow(android) || isSaving) return 'battery_low';
  if (isHot(android)) return 'too_hot';
  return isFull(android) ? 'video_compression' : undefined;
}

/** What the app is at, once its work up to now is done. */
export function stateOf(android: Android): PhotosState {
  const blocked = blockedBy(android);
  if (blocked !== undefined) return blocked;
  return itemsLeft(android).length > 0 ? 'backing_up' : 'done';
}
