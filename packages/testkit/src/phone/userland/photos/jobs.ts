import type { Android } from '../android.ts';
import { networkNow } from '../networks.ts';
import { GOOGLE_PHOTOS, isForgotten, isFull, isHeldBack, isLow, networkState, photosPackage } from './app.ts';

/** Number of the job that uploads. */
export const UPLOAD_JOB = 1011;

/** The job that uploads, and what the scheduler thinks of it; `undefined` for an app that has none. */
interface UploadJob {
  readonly uid: number;
  readonly required: readonly string[];
  readonly satisfied: readonly string[];
  readonly unsatisfied: readonly string[];
}

/** An app that is stopped, disabled or not there has no job, and neither has one that is not to back up. */
export function uploadJob(android: Android): UploadJob | undefined {
  const found = photosPackage(android);
  const { photos, release } = android;
  if (found === undefined || found.enabled >= 2 || found.isStopped || !photos.isBackupOn) return undefined;
  const asked: readonly (readonly [constraint: string, isSatisfied: boolean])[] = [
    ...(photos.isChargingOnly ? ([['CHARGING', android.battery.plugged !== 'none']] as const) : []),
    ['BATTERY_NOT_LOW', !isLow(android)],
    ['STORAGE_NOT_LOW', !isFull(android)],
    ['CONNECTIVITY', hasNetwork(android)],
  ];
  const always: readonly (readonly [constraint: string, isSatisfied: boolean])[] = [
    ['DEVICE_NOT_DOZING', true],
    ['BACKGROUND_NOT_RESTRICTED', !isHeldBack(android) && !isSaving(android)],
    ...(release >= 10 ? ([['WITHIN_QUOTA', !isForgotten(android)]] as const) : []),
  ];
  const waitsFor = [...photos.jobWaitsFor];
  const all = [
    ...waitsFor.map((name) => [name, false] as const),
    ...[...asked, ...always].filter(([name]) => !waitsFor.includes(name)),
  ];
  const those = (isSatisfied: boolean): string[] =>
    all.filter(([, is]) => is === isSatisfied).map(([name]) => name);
  return {
    uid: found.appId,
    required: asked.map(([name]) => name),
    satisfied: those(true),
    unsatisfied: those(false),
  };
}

/** The scheduler knows whether a network is there and whether it costs; it has no clock to be wrong by. */
function hasNetwork(android: Android): boolean {
  const network = networkNow(android);
  const state = networkState(android);
  return network?.isValidated === true && (state === undefined || state === 'offline');
}

const isSaving = ({ settings }: Android): boolean => settings.global.get('low_power') === '1';

const BITS: Readonly<Record<string, number>> = {
  CHARGING: 1,
  BATTERY_NOT_LOW: 2,
  STORAGE_NOT_LOW: 8,
  CONNECTIVITY: 1 << 28,
  DEVICE_NOT_DOZING: 1 << 25,
  BACKGROUND_NOT_RESTRICTED: 1 << 22,
  WITHIN_QUOTA: 1 << 24,
};

const constraints = (title: string, names: readonly string[]): string =>
  `    ${title} constraints:${names.map((name) => ` ${name}`).join('')} [0x${names
    .reduce((bits, name) => bits | (BITS[name] ?? 0), 0)
    .toString(16)}]`;

const BUCKETS: Readonly<Record<number, string>> = {
  5: 'EXEMPTED',
  10: 'ACTIVE',
  20: 'WORKING_SET',
  30: 'FREQUENT',
  40: 'RARE',
  45: 'RESTRICTED',
};

/** Lines of `dumpsys jobscheduler [PACKAGE]` (AOSP JobStatus.java): the upload job, and one of somebody else's without a package. */
export function jobLines(android: Android, name: string | undefined): string[] {
  const job = name === undefined || name === GOOGLE_PHOTOS ? uploadJob(android) : undefined;
  const others = name === undefined ? otherJob : [];
  const count = (job === undefined ? 0 : 1) + (others.length > 0 ? 1 : 0);
  return [
    'JOB SCHEDULER (dumpsys jobscheduler)',
    'Settings:',
    '  min_ready_non_active_jobs_count=5',
    '',
    `Registered ${count} jobs:`,
    ...others,
    ...(job === undefined ? [] : jobText(android, job)),
    '',
    'Connectivity:',
    '  Requested networks: 1',
    '',
    'Past jobs:',
    '   (none)',
  ];
}

function jobText(
  { standbyBuckets, vendor, photos, release }: Android,
  { uid, required, satisfied, unsatisfied }: UploadJob,
): string[] {
  const user = `u0a${uid - 10_000}`;
  const isReady = unsatisfied.length === 0;
  const network = photos.usesMobileData ? 'INTERNET' : 'NOT_METERED&INTERNET';
  return [
    `  JOB #${user}/${UPLOAD_JOB}: 8e1f2a1 ${GOOGLE_PHOTOS}/.backup.UploadJobService`,
    `    ${user} tag=*job*/${GOOGLE_PHOTOS}/.backup.UploadJobService`,
    `    Source: uid=${user} user=0 pkg=${GOOGLE_PHOTOS}`,
    '    JobInfo:',
    `      Service: ${GOOGLE_PHOTOS}/.backup.UploadJobService`,
    '      PERSISTED',
    `      Requires: charging=${photos.isChargingOnly} batteryNotLow=true deviceIdle=false`,
    `      Network type: NetworkRequest [ NONE id=0, [ Capabilities: ${network}&NOT_RESTRICTED&TRUSTED ] ]`,
    constraints('Required', required),
    constraints('Satisfied', satisfied),
    constraints('Unsatisfied', unsatisfied),
    ...(vendor === 'xiaomi' ? ['    MIUI: restricted=false'] : []),
    '    Tracking: CONNECTIVITY BATTERY TIME QUOTA',
    `    Standby bucket: ${BUCKETS[standbyBuckets.get(GOOGLE_PHOTOS) ?? 10] ?? 'NEVER'}`,
    '    Enqueue time: -4m2s11ms',
    '    Run time: earliest=none, latest=none',
    release >= 10
      ? `    Ready: ${isReady} (job=${isReady} user=true !pending=true !active=true !backingup=true comp=true)`
      : `    Ready: ${isReady} (job=${isReady} user=true !pending=true !active=true comp=true)`,
  ];
}

const otherJob = [
  '  JOB #1000/7: 1c3ab40 android/com.android.server.MountServiceIdler',
  '    1000 tag=*job*/android/com.android.server.MountServiceIdler',
  '    Source: uid=1000 user=0 pkg=android',
  '    Required constraints: CHARGING IDLE [0x5]',
  '    Satisfied constraints: CHARGING DEVICE_NOT_DOZING [0x2000001]',
  '    Unsatisfied constraints: IDLE [0x4]',
  '    Ready: false (job=false user=true !pending=true !active=true !backingup=true comp=true)',
];
