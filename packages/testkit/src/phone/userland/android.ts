import type { DatabaseSync } from 'node:sqlite';
import type { PhoneFolder } from '../tree.ts';
import type { AndroidPackage, InstallSession } from './package.ts';
import type { PhotosApp } from './photos/app.ts';

/** The versions that are simulated. */
export type Release = 9 | 10 | 12 | 14 | 16;

/** API levels. */
export const SDK: Readonly<Record<Release, number>> = { 9: 28, 10: 29, 12: 31, 14: 34, 16: 36 };

/** Whose changes to Android it has. */
export type Vendor = 'aosp' | 'samsung' | 'xiaomi';

/** What `dumpsys battery` knows. */
interface Battery {
  level: number;
  scale: number;
  /** 2 charging, 3 discharging, 5 full. */
  status: number;
  plugged: 'AC' | 'USB' | 'Wireless' | 'none';
  /** Tenths of a degree. */
  temperature: number;
}

/** A Wi-Fi network the phone remembers. */
export interface SavedNetwork {
  readonly id: number;
  readonly ssid: string;
  readonly security: string;
}

/** The network in use. */
export interface ActiveNetwork {
  readonly transport: 'WIFI' | 'CELLULAR' | 'VPN';
  readonly ssid?: string;
  readonly isMetered: boolean;
  readonly isValidated: boolean;
  /** It wants somebody to sign in first. */
  readonly isCaptive?: boolean;
  readonly isRoaming?: boolean;
}

/** What goes wrong with a command. */
export interface CommandFault {
  /** Concerns commands whose words, joined by spaces, hold this. */
  readonly on: string;
  /**
   * `stalls`: says no more until the host hangs up. `killed`: ends with 137. `garbage`: bytes of nothing stand where the rest
   * of its output would. `says`: does nothing, prints `text` and ends with 0. `cut-before`, `cut-after`: the cable is pulled
   * before it did anything, or after it did all.
   */
  readonly kind: 'stalls' | 'killed' | 'garbage' | 'says' | 'cut-before' | 'cut-after';
  /** What one of kind `says` prints. */
  readonly text?: string;
  /** Bytes of its output that still come. Default 0. */
  readonly afterBytes?: number;
  /** How often. Default: each time. */
  readonly times?: number;
}

export type SettingsTable = 'system' | 'secure' | 'global';

/** Everything a simulated Android phone remembers. Tests may look at it and change it at any time. */
export interface Android {
  readonly release: Release;
  readonly vendor: Vendor;
  readonly model: string;
  /** Files, from `/` on. What is free is its `room`. */
  readonly root: PhoneFolder;
  /** Size of the data partition. */
  readonly storageBytes: number;
  /** Rows of all content providers, hidden ones too. */
  readonly database: DatabaseSync;
  readonly properties: Map<string, string>;
  readonly settings: Readonly<Record<SettingsTable, Map<string, string>>>;
  readonly packages: Map<string, AndroidPackage>;
  readonly installs: Map<number, InstallSession>;
  /** Modes by `PACKAGE OP`; what is not in it has its default. */
  readonly appOps: Map<string, string>;
  readonly battery: Battery;
  readonly savedNetworks: SavedNetwork[];
  activeNetwork: ActiveNetwork | undefined;
  /** What would be in use if Wi-Fi were on, or airplane mode off. */
  networkWithout: ActiveNetwork | undefined;
  /** Of networks, by SSID, for which the person said whether they are metered. */
  readonly meteredByPerson: Map<string, boolean>;
  /** Google accounts and others. */
  readonly accounts: { readonly name: string; readonly type: string }[];
  isAutoSyncOn: boolean;
  readonly dataSaver: { isOn: boolean; readonly allowed: Set<number>; readonly denied: Set<number> };
  /** Packages the person freed from battery optimisation. */
  readonly idleAllowed: Set<string>;
  readonly standbyBuckets: Map<string, number>;
  /** False between a start and the first unlocking (`lockPhone`): what the person owns is closed. */
  isUnlocked: boolean;
  closedStorage: PhoneFolder | undefined;
  isScreenLocked: boolean;
  isScreenOn: boolean;
  /** Whose screen is in front: a package, or `account` and `settings` of Google Photos as `PACKAGE account`. */
  inFront: string;
  /** By how much its clock is ahead of `now`. */
  clockAheadMs: number;
  /** False for an index of media that hears of no change by itself. */
  hearsOfFiles: boolean;
  /** How long a scan of media takes. While it is 0, the answer to the call comes when it is over. */
  scanMs: number;
  readonly scans: { readonly volume: string; readonly doneAt: number }[];
  /** Google Photos, as it is inside. */
  readonly photos: PhotosApp;
  /** Pulls the cable, where a test has said how. */
  pullCable: (() => void) | undefined;
  /** Of Xiaomi: the switches "USB debugging (Security settings)" and "Install via USB". */
  isSecurityOpen: boolean;
  /** Every write to a provider, a setting or a permission is refused. */
  refusesWrites: boolean;
  /** `strict`: messages can be asked for by known columns only, as with some vendors. */
  readonly messageProvider: 'open' | 'strict';
  readonly faults: CommandFault[];
  /** Commands that ran, as words joined by spaces, in order. */
  readonly ran: string[];
  /** Of intents that were sent, and such things that only a person would see. */
  readonly happened: string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** True where no app may be granted anything, installed or set over ADB until a switch is on. */
export const isShut = ({ vendor, isSecurityOpen, refusesWrites }: Android): boolean =>
  refusesWrites || (vendor === 'xiaomi' && !isSecurityOpen);
