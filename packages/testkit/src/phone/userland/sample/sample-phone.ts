import { onStorage } from '../../storage-entries.ts';
import { type PhoneFolder, phoneFile, phoneFolder, phoneLink } from '../../tree.ts';
import { type Android, type Release, SDK, type Vendor } from '../android.ts';
import { freshPhotos } from '../photos/app.ts';
import { scan } from '../provider/media.ts';
import { providerTables } from '../provider/tables.ts';
import { sampleApps } from './apps.ts';
import { putMessages } from './message-rows.ts';
import { putCalls, putContacts, putEvents, putMultimedia } from './other-rows.ts';
import { HABITS, modelOf, propertiesOf, settingsOf } from './profile.ts';
import { sampleStorage } from './storage.ts';

/** What a sample is to be, and how much of each it has. */
export interface SampleOptions {
  readonly release?: Release;
  readonly vendor?: Vendor;
  readonly serial?: string;
  /** Text messages, multimedia messages, people, calls, events. */
  readonly messages?: number;
  readonly multimedia?: number;
  readonly contacts?: number;
  readonly calls?: number;
  readonly events?: number;
  readonly photos?: number;
  /** Size of a photo, more or less. */
  readonly photoBytes?: number;
  /** JPEGs that its photos are, instead of noise. */
  readonly pictures?: readonly Uint8Array[];
  /** Apps of the person's own. */
  readonly apps?: number;
  /** Shared storage, instead of one that is made up. Its folders are copied; its files are the same. */
  readonly storage?: PhoneFolder;
  /** What is on an SD card, `/storage/1A2B-3C4D`, which is FAT. */
  readonly card?: PhoneFolder;
  readonly freeBytes?: number;
  /** Language of its screens, `pt-PT` if nothing else. */
  readonly locale?: string;
  /** Google Photos: a system app that was updated, one as it came with the phone, or one the person installed. */
  readonly photosApp?: 'updated' | 'shipped' | 'own';
  readonly seed?: number;
  readonly now?: () => number;
}

/** 14 March 2026, 09:26:53 UTC. */
const SOME_DAY = 1_773_480_413_000;

/** A phone as a person has it: the same for the same options. */
export function samplePhone(options: SampleOptions = {}): Android {
  const {
    release = 14,
    vendor = 'aosp',
    serial = 'SIM0000HOLDFAST',
    seed = 1,
    now = () => SOME_DAY,
  } = options;
  const { messages = 40, multimedia = 4, contacts = 12, calls = 15, events = 8 } = options;
  const { photos = 20, photoBytes = 20_000, apps = 3, freeBytes = 40 * 2 ** 30 } = options;
  const files =
    options.storage ?? sampleStorage({ count: photos, photoBytes, pictures: options.pictures }, seed);
  // sdcardfs up to Android 10 and FUSE since then: neither tells `A` from `a`.
  const shared = onStorage(files, 'shared');
  const { packages, dataApp, systemApp } = sampleApps(release, now(), apps, options.photosApp ?? 'updated');
  const android: Android = {
    release,
    vendor,
    model: modelOf(vendor),
    root: rootOf(shared, options.card, dataApp, systemApp, freeBytes),
    storageBytes: 110 * 2 ** 30,
    database: providerTables(vendor),
    properties: propertiesOf(release, vendor, serial, options.locale ?? 'pt-PT'),
    settings: settingsOf(vendor),
    packages,
    installs: new Map(),
    appOps: new Map(),
    ...structuredClone(HABITS),
    isAutoSyncOn: true,
    dataSaver: { isOn: false, allowed: new Set(), denied: new Set() },
    idleAllowed: new Set(['com.google.android.gms']),
    standbyBuckets: new Map([['com.google.android.apps.photos', 10]]),
    isUnlocked: true,
    closedStorage: undefined,
    isScreenLocked: false,
    isScreenOn: true,
    inFront: 'launcher',
    clockAheadMs: 0,
    hearsOfFiles: SDK[release] >= 30,
    scanMs: 0,
    scans: [],
    photos: {
      ...freshPhotos(),
      isBackupOn: true,
      account: HABITS.accounts[0]?.name,
      uploaded: new Set(),
      workedUntil: now(),
    },
    pullCable: undefined,
    networkWithout: undefined,
    meteredByPerson: new Map(),
    isSecurityOpen: vendor !== 'xiaomi',
    refusesWrites: false,
    messageProvider: vendor === 'samsung' && SDK[release] >= 34 ? 'strict' : 'open',
    faults: [],
    ran: [],
    happened: [],
    now,
  };
  putMessages(android, messages);
  putMultimedia(android, multimedia);
  putContacts(android, contacts);
  putCalls(android, calls);
  putEvents(android, events);
  if (SDK[release] < 30 && photos > 0) scan(android, 'external_primary');
  return android;
}

function rootOf(
  shared: PhoneFolder,
  card: PhoneFolder | undefined,
  dataApp: PhoneFolder,
  systemApp: PhoneFolder,
  freeBytes: number,
): PhoneFolder {
  const storage = phoneFolder({
    emulated: phoneFolder({ '0': shared }, { listing: 'closed' }),
    self: phoneFolder({ primary: phoneLink('/storage/emulated/0') }),
    ...(card === undefined ? {} : { '1A2B-3C4D': onStorage(card, 'fat') }),
  });
  const system = phoneFolder({ app: systemApp, bin: phoneFolder() });
  const local = phoneFolder({ tmp: phoneFolder() });
  const data = phoneFolder({ app: dataApp, local }, { listing: 'closed' });
  const sdcard = phoneLink('/storage/self/primary');
  const proc = phoneFolder({ mounts: phoneFile(mountsOf(card !== undefined)) });
  return phoneFolder({ data, proc, sdcard, storage, system }, { room: { bytes: freeBytes } });
}

/** `/proc/mounts`, what of it is about storage: a card is mounted where nobody looks, and shown through FUSE. */
const mountsOf = (hasCard: boolean): string =>
  [
    '/dev/block/dm-9 /data f2fs rw,lazytime,seclabel,nosuid,nodev,noatime 0 0',
    '/dev/fuse /storage/emulated fuse rw,lazytime,nosuid,nodev,noexec,noatime,user_id=0,group_id=0 0 0',
    ...(hasCard
      ? [
          '/dev/block/vold/public:179,1 /mnt/media_rw/1A2B-3C4D vfat rw,dirsync,nosuid,nodev,noexec,noatime,utf8 0 0',
          '/dev/fuse /storage/1A2B-3C4D fuse rw,lazytime,nosuid,nodev,noexec,noatime,user_id=0,group_id=0 0 0',
        ]
      : []),
    '',
  ].join('\n');
