import { ABSENT, told } from '@holdfast/devices/android';
import { type PhotosFacts, refused } from '@holdfast/doctor';

/** What a phone says on which nothing is wrong, with some of it otherwise. */
export function healthyFacts(otherwise: Partial<PhotosFacts> = {}): PhotosFacts {
  return {
    android: told({ sdk: 34, release: '14', maker: 'google', isUnlocked: true }),
    app: told({
      versionName: '6.0.5',
      uid: 10_105,
      isSystem: true,
      isUpdated: true,
      isInstalled: true,
      isHidden: false,
      isSuspended: false,
      isStopped: false,
      enabled: 0,
    }),
    permissions: told({ access: 'all', granted: { 'android.permission.POST_NOTIFICATIONS': true } }),
    'app-ops': told({}),
    background: told('allow'),
    'standby-bucket': told(10),
    'battery-optimisation': told({ isExempt: false }),
    'battery-saver': told(false),
    battery: told({ percent: 83, isCharging: false, celsius: 28 }),
    heat: told(0),
    'data-saver': told({ isOn: false, allowed: [], denied: [] }),
    network: told(WIFI),
    'airplane-mode': told(false),
    wifi: told(true),
    clock: told({ aheadSeconds: 1, isAutomatic: true }),
    storage: told({ totalBytes: 110e9, freeBytes: 40e9 }),
    accounts: told({ google: 1, all: 2 }),
    'auto-sync': told(true),
    jobs: told([{ id: '1011', service: '.UploadJobService', unsatisfied: [] }]),
    screen: told({ isOn: true, isLocked: false }),
    notification: ABSENT,
    'app-screen': refused('It was not asked.'),
    media: told({ images: 6, videos: 0, skipped: [], folders: { '/storage/emulated/0/DCIM/Camera': 6 } }),
    unseen: told({ paths: [], unlisted: [] }),
    tools: told({ canClearCacheOnly: true, canRemoveUpdatesOfOne: true, canScanVolumes: true }),
    ...otherwise,
  };
}

/** A Wi-Fi on which nothing is wrong. */
export const WIFI = {
  kind: 'network',
  transports: ['WIFI'],
  isMetered: false,
  isValidated: true,
  isVpn: false,
  isCaptive: false,
  isRoaming: false,
} as const;
