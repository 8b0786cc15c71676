import type { Asked } from './asked.ts';
import type { SkipReason } from './limits/limit-table.ts';

/** What phone it is. */
export interface AndroidFacts {
  /** The number of its interface for programs: 34 for Android 14. */
  readonly sdk: number;
  /** `14` */
  readonly release: string;
  /** In small letters: `google`, `samsung`, `xiaomi`. */
  readonly maker: string;
  /** Whether it was unlocked since it started; not there where it does not say. */
  readonly isUnlocked?: boolean;
}

/** Google Photos as it is installed. */
export interface AppFacts {
  readonly versionName?: string;
  readonly versionCode?: string;
  /** What network rules know the app by. */
  readonly uid: number;
  /** Of the system: then it came with the phone and cannot be removed. */
  readonly isSystem: boolean;
  /** Of the system, and updated since. */
  readonly isUpdated: boolean;
  /** For the person whose phone it is; false where it was removed for them alone. */
  readonly isInstalled: boolean;
  readonly isHidden: boolean;
  readonly isSuspended: boolean;
  /** Stopped by force and not opened since: it runs nothing. */
  readonly isStopped: boolean;
  /** `PackageManager.COMPONENT_ENABLED_STATE_*`: 0 and 1 enabled, 2 to 4 disabled. */
  readonly enabled: 0 | 1 | 2 | 3 | 4;
}

/** Which of the person's photos and videos the app may read. */
export type PhotoAccess = 'all' | 'selected' | 'photos-only' | 'videos-only' | 'none';

/** What the app is allowed. */
export interface PermissionFacts {
  readonly access: PhotoAccess;
  /** Every runtime permission of the person's, by its whole name. */
  readonly granted: Readonly<Record<string, boolean>>;
}

/** Battery, as the cable leaves it. */
export interface PowerFacts {
  /** 0–100. */
  readonly percent: number;
  readonly isCharging: boolean;
  readonly celsius?: number;
}

/** Data saver; both lists hold UIDs. */
export interface DataSaverFacts {
  readonly isOn: boolean;
  /** Those that may use data all the same. */
  readonly allowed: readonly number[];
  /** Those that may use none in the background, whether it is on or not. */
  readonly denied: readonly number[];
}

/** The network that apps use. */
export type NetworkFacts =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'network';
      /** `WIFI`, `CELLULAR`, `VPN`, `ETHERNET`, …; with a VPN what it runs over too. */
      readonly transports: readonly string[];
      readonly isMetered: boolean;
      /** The phone reached the internet through it. */
      readonly isValidated: boolean;
      readonly isVpn: boolean;
      /** It wants somebody to sign in first. */
      readonly isCaptive: boolean;
      readonly isRoaming: boolean;
    };

/** The phone's clock. */
export interface ClockFacts {
  /** How far it is ahead of this computer's; negative behind. */
  readonly aheadSeconds: number;
  /** Set by the network; not there where the phone does not say. */
  readonly isAutomatic?: boolean;
}

/** Room for the app's own files. */
export interface StorageFacts {
  readonly totalBytes: number;
  readonly freeBytes: number;
}

/** Accounts of the person whose phone it is. */
export interface AccountFacts {
  readonly google: number;
  readonly all: number;
}

/** Work the app has waiting. */
export interface PhotosJob {
  readonly id: string;
  /** Which part of the app. */
  readonly service: string;
  /** In Android's words: `CONNECTIVITY`, `CHARGING`, … */
  readonly unsatisfied: readonly string[];
}

/** The screen. */
export interface ScreenFacts {
  readonly isOn: boolean;
  readonly isLocked: boolean;
}

/** States that the app shows, by our names. */
export type PhotosState =
  | 'backup-off'
  | 'signed-out'
  | 'getting-ready'
  | 'waiting-for-sync'
  | 'compressing'
  | 'waiting-for-wifi'
  | 'daily-limit'
  | 'waiting-for-connection'
  | 'waiting-to-charge'
  | 'battery-low'
  | 'too-hot'
  | 'account-full'
  | 'quota-recalculating'
  | 'preview-only'
  | 'backing-up'
  | 'done';

/** What the app's notification, or its own screen, says. */
export interface StatusFacts {
  /** Not there where its words are none we know. */
  readonly state?: PhotosState;
  /** How many are left. */
  readonly left?: number;
  readonly progress?: { readonly at: number; readonly of: number };
}

/** What the app's screen shows, as far as it was open there. */
export interface AppScreenFacts extends StatusFacts {
  /** The switch for backing up, where it shows. */
  readonly isBackupOn?: boolean;
  /** Folders whose switch is off, by the names the app shows. */
  readonly foldersOff: readonly string[];
}

/** A file that Google Photos would not take. */
export interface SkippedFile {
  readonly path: string;
  readonly why: SkipReason;
  readonly sizeBytes: number;
}

/** What the phone's index of media knows. */
export interface MediaFacts {
  /** Photos and videos as a backup counts them; the index has pictures of other types too. */
  readonly images: number;
  readonly videos: number;
  /** In the order of the index. */
  readonly skipped: readonly SkippedFile[];
  /** How many files each folder with photos or videos has, by its path. */
  readonly folders: Readonly<Record<string, number>>;
}

/** Photos and videos on the storage that the index of media never saw. */
export interface UnseenFacts {
  readonly paths: readonly string[];
  /** Those of types that phones, or Google Photos, do not count as photos and videos: that they are not there is as it should be. */
  readonly unlisted: readonly string[];
}

/** What the phone's own tools can do, by what their help says. */
export interface ToolFacts {
  /** `pm clear --cache-only PACKAGE` */
  readonly canClearCacheOnly: boolean;
  /** `uninstall-system-updates PACKAGE`: with a package, for without one it takes the updates of all apps away. */
  readonly canRemoveUpdatesOfOne: boolean;
  readonly canScanVolumes: boolean;
}

/** Everything that was asked, by probe. */
export interface PhotosFacts {
  readonly android: Asked<AndroidFacts>;
  /** Absent: Google Photos is not on this phone. */
  readonly app: Asked<AppFacts>;
  readonly permissions: Asked<PermissionFacts>;
  /** Modes of the operations that were ever set, by name: `READ_MEDIA_IMAGES` → `ignore`. */
  readonly 'app-ops': Asked<Readonly<Record<string, string>>>;
  /** The mode of running in the background: `allow`, `ignore`, … */
  readonly background: Asked<string>;
  /** 5 exempted, 10 active, 20 working set, 30 frequent, 40 rare, 45 restricted, 50 never. */
  readonly 'standby-bucket': Asked<number>;
  /** Whether the app is free of battery optimisation. Most are not, and back up all the same. */
  readonly 'battery-optimisation': Asked<{ readonly isExempt: boolean }>;
  readonly 'battery-saver': Asked<boolean>;
  readonly battery: Asked<PowerFacts>;
  /** 0 none to 6 shutdown (`PowerManager.THERMAL_STATUS_*`). */
  readonly heat: Asked<number>;
  readonly 'data-saver': Asked<DataSaverFacts>;
  readonly network: Asked<NetworkFacts>;
  readonly 'airplane-mode': Asked<boolean>;
  /** Whether Wi-Fi is switched on. */
  readonly wifi: Asked<boolean>;
  readonly clock: Asked<ClockFacts>;
  readonly storage: Asked<StorageFacts>;
  readonly accounts: Asked<AccountFacts>;
  readonly 'auto-sync': Asked<boolean>;
  readonly jobs: Asked<readonly PhotosJob[]>;
  readonly screen: Asked<ScreenFacts>;
  /** Absent: the app shows none. */
  readonly notification: Asked<StatusFacts>;
  /** Absent: another app is in front. Refused: the screen is off or locked. */
  readonly 'app-screen': Asked<AppScreenFacts>;
  readonly media: Asked<MediaFacts>;
  readonly unseen: Asked<UnseenFacts>;
  readonly tools: Asked<ToolFacts>;
}

/** A probe's name. */
export type ProbeName = keyof PhotosFacts;

/** What a probe tells, where it does. */
export type FactOf<Name extends ProbeName> = Extract<PhotosFacts[Name], { readonly kind: 'value' }>['value'];

/** What a probe was told; `undefined` where that is no value. */
export function factOf<Name extends ProbeName>(facts: PhotosFacts, name: Name): FactOf<Name> | undefined {
  const asked = facts[name];
  return asked.kind === 'value' ? (asked.value as FactOf<Name>) : undefined;
}
