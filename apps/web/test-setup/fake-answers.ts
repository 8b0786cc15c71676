import type { Alert, Answer, Card, LedgerItem, Run } from '@holdfast/contract/api';
import type { DoctorScenario } from './fake-doctor.ts';

/** What the fake server shows: one situation a person can be in. */
export type Scenario =
  | 'empty'
  | 'first-phone'
  | 'busy'
  | 'healthy'
  | 'trouble'
  | 'away'
  | 'closed'
  | 'link'
  | DoctorScenario;

const MINUTE = 60_000;
/** Milliseconds. */
export const DAY = 86_400_000;
/** The time so many milliseconds ago. */
export const ago = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString();
const hex = (digit: string): string => digit.repeat(64);

const BACKUP_IDS = [hex('a'), hex('b'), hex('c')] as const;

const pixel = { id: 'phone-1', name: 'Pixel 8', kind: 'android' } as const;
const pictures = { id: 'folder-1', name: 'Pictures', kind: 'folder' } as const;
const long = {
  id: 'phone-2',
  name: "Grandmother's extraordinarily long-named Galaxy S24 Ultra 5G (the purple one) 👵🏽📱💜",
  kind: 'android',
} as const;
const arabic = { id: 'phone-3', name: 'هاتف العائلة الأزرق', kind: 'android' } as const;

const balance = (verified: number, waiting = 0, skipped = 0, failed = 0) => ({
  found: verified + waiting + skipped + failed,
  verified,
  waiting,
  skipped,
  failed,
});

/** A backup half-way. */
export function runningRun(done: number): Run {
  return {
    id: 'run-1',
    kind: 'backup',
    device: pixel,
    startedBy: 'person',
    began: ago(6 * MINUTE),
    state: { kind: 'running', phase: 'saving' },
    balance: balance(11_871 + done, 540 - done, 29, 2),
    items: { done, total: 540 },
    bytes: { done: Math.round((done / 540) * 6.3e9), total: 6_300_000_000 },
    bytesPerSecond: 41_200_000,
    secondsLeft: Math.max(4, (540 - done) / 2.6),
    current: 'files/internal/DCIM/Camera/PXL_20261114_181244_a_very_long_name_of_a_video_with_sound.mp4',
    setAside: 31,
    lastSetAside: SET_ASIDE,
  };
}

const SET_ASIDE: Run['lastSetAside'] = [
  {
    path: 'files/internal/Android/media/com.whatsapp/WhatsApp/Media/.Statuses/busy.db-wal',
    state: 'failed',
    reason: 'changed-while-reading',
    sentence: 'It kept changing while it was read, so no copy of it would be whole.',
    remedy: 'Close the program that writes it, then back up again.',
  },
  {
    path: 'files/internal/Movies/holiday‮4pm.exe',
    state: 'skipped',
    reason: 'rule-size',
    sentence: 'It is larger than the rules of this device take.',
    remedy: 'Raise or remove the largest size in the rules of the device.',
  },
];

const proved = (id: string, milliseconds: number): NonNullable<Card['lastBackup']> => ({
  id,
  time: ago(milliseconds),
  proved: 'cache',
});

const safePixel: Card = {
  device: pixel,
  state: 'safe',
  sentence: 'Everything is backed up and proved.',
  number: { value: 12_402, label: 'items safe', state: 'verified' },
  button: { label: 'Back up now', action: { kind: 'back-up' } },
  isInSight: true,
  route: 'cable',
  isBackupOn: true,
  lastSeen: ago(MINUTE),
  balance: balance(12_402, 0, 29, 0),
  lastBackup: proved(BACKUP_IDS[0], 2 * MINUTE),
};

const safeFolder: Card = {
  device: pictures,
  state: 'safe',
  sentence: 'Everything is backed up and proved.',
  number: { value: 48_210, label: 'items safe', state: 'verified' },
  button: { label: 'View the backup', action: { kind: 'view-backup', backup: BACKUP_IDS[1] } },
  isInSight: true,
  route: 'folder',
  isBackupOn: true,
  lastSeen: ago(MINUTE),
  balance: balance(48_210),
  lastBackup: proved(BACKUP_IDS[1], 40 * MINUTE),
};

const troubled: readonly Card[] = [
  {
    ...safePixel,
    state: 'attention',
    sentence: '2 items could not be saved.',
    remedy: 'See why: one of them only needs an app to be closed.',
    number: { value: 2, label: 'items failed', state: 'failed' },
    button: { label: 'See why', action: { kind: 'see-items', state: 'failed' } },
    balance: balance(12_371, 12, 29, 2),
  },
  {
    ...safePixel,
    device: long,
    state: 'not-seen',
    sentence: 'Not seen for 9 days.',
    remedy: 'Plug it in, or bring it into the Wi-Fi it was paired in.',
    number: { value: 1_234_567_890, label: 'items safe', state: 'verified' },
    button: { label: 'View the last backup', action: { kind: 'view-backup', backup: BACKUP_IDS[2] } },
    isInSight: false,
    lastSeen: ago(9 * DAY),
    balance: balance(1_234_567_890, 0, 3, 0),
  },
  {
    ...safePixel,
    device: arabic,
    state: 'waiting',
    sentence: 'Waiting: the battery is at 12 %.',
    remedy: 'Charge it to 20 %. It begins by itself then.',
    number: { value: 31, label: 'items waiting', state: 'waiting' },
    button: { label: 'Back up now anyway', action: { kind: 'back-up' } },
    route: 'network',
    balance: balance(811, 31),
  },
  {
    ...safeFolder,
    state: 'off',
    sentence: 'Backup is off.',
    remedy: 'Nothing new in it is saved until it is turned on.',
    button: { label: 'Turn on', action: { kind: 'turn-on' } },
    isBackupOn: false,
  },
];

const alerts: readonly Alert[] = [
  {
    id: 'store-nearly-full',
    severity: 'error',
    sentence: 'The drive with your backups has 1.2 GB left.',
    remedy: 'Remove old backups, or connect a larger drive.',
    since: ago(3 * 60 * MINUTE),
  },
  {
    id: 'not-seen',
    severity: 'warning',
    device: long,
    sentence: 'This phone was not seen for 9 days.',
    remedy: 'Plug it in once.',
    since: ago(2 * DAY),
  },
];

/** Where backups are, in every situation. */
export const store = {
  place: '/home/anna/.local/share/holdfast/repository',
  usedBytes: 214_000_000_000,
  freeBytes: 786_000_000_000,
  provedRestorable: ago(3 * DAY),
};

/** The first screen of a situation. */
export function homeOf(scenario: Scenario, run: Run): Answer<'home'> {
  const busy: Card = {
    ...safePixel,
    state: 'backing-up',
    sentence: 'Backing up.',
    number: { value: run.balance.waiting, label: 'items to go', state: 'waiting' },
    button: { label: 'Watch', action: { kind: 'watch-run', run: run.id } },
    balance: run.balance,
    run,
  };
  switch (scenario) {
    case 'busy':
      return {
        verdict: { kind: 'busy', sentence: 'Backing up Pixel 8. Everything else is safe.' },
        cards: [run.ended === undefined ? busy : safePixel, safeFolder],
        strangers: [],
        alerts: [],
        store,
      };
    case 'trouble':
      return {
        verdict: {
          kind: 'attention',
          sentence: '3 of 4 devices need you; everything saved so far is proved.',
        },
        cards: [...troubled],
        strangers: [stranger],
        alerts: [...alerts],
        store: { ...store, usedBytes: 1_998_800_000_000, freeBytes: 1_200_000_000 },
      };
    case 'empty':
    case 'first-phone':
      return {
        verdict: { kind: 'empty', sentence: 'Nothing is backed up yet.' },
        cards: [],
        strangers: scenario === 'empty' ? [] : [stranger],
        alerts: [],
        store: { place: store.place, usedBytes: 0, freeBytes: 786_000_000_000 },
      };
    default:
      return {
        verdict: { kind: 'safe', sentence: 'All 60,612 items of 2 devices are backed up and proved.' },
        cards: [safePixel, safeFolder],
        strangers: [],
        alerts: [],
        store,
      };
  }
}

const stranger = {
  address: '3A201FDJH0012K',
  model: 'Pixel 8',
  code: 'adb/unauthorized',
  says: 'This phone has not allowed this computer yet.',
  hint: 'Unlock the phone and tap “Allow” where it asks about USB debugging.',
};

/** A device of a situation, with its rules. */
export function deviceOf(card: Card): Answer<'device'> {
  const isFolder = card.device.kind === 'folder';
  return {
    card,
    facts: isFolder
      ? { path: '/home/anna/Pictures' }
      : { manufacturer: 'Google', model: 'Pixel 8', android: '16', serial: '3A201FDJH0012K' },
    rules: {
      isOn: card.isBackupOn,
      types: isFolder
        ? ['photos', 'videos', 'audio', 'documents', 'other']
        : [
            'photos',
            'videos',
            'audio',
            'documents',
            'other',
            'contacts',
            'messages',
            'calls',
            'calendar',
            'apps',
            'settings',
          ],
      foldersOff: ['files/internal/Android/media'],
      maxSizeBytes: 20_000_000_000,
      items: [{ path: 'files/internal/DCIM/Camera/long film.mp4', what: 'hold' }],
      onlyCharging: false,
      minBatteryPercent: 20,
      quietHours: { from: '22:00', to: '07:00' },
      minHoursBetween: 12,
      retention: { keepLast: 3, keepDaily: 7, keepMonthly: 12 },
    },
    types: isFolder
      ? [{ type: 'photos', items: 48_210, verified: 48_210 }]
      : [
          { type: 'photos', items: 9_120, verified: 9_100 },
          { type: 'videos', items: 611, verified: 602 },
          { type: 'documents', items: 214, verified: 214 },
          { type: 'contacts', items: 388, verified: 388 },
          { type: 'messages', items: 1_911, verified: 1_911 },
          { type: 'apps', items: 158, verified: 156 },
        ],
    ...(!isFolder && {
      capabilities: [
        { type: 'photos', canRead: 'yes', readNotes: [], canGiveBack: 'yes', giveBackNotes: [] },
        {
          type: 'contacts',
          canRead: 'partly',
          readNotes: [
            { code: 'contact-pictures', sentence: 'Pictures of contacts are not given to a computer.' },
          ],
          canGiveBack: 'yes',
          giveBackNotes: [],
        },
        {
          type: 'settings',
          canRead: 'yes',
          readNotes: [],
          canGiveBack: 'no',
          giveBackNotes: [
            {
              code: 'settings-only-read',
              sentence: 'Settings are saved to be looked at; none are put into a phone.',
            },
          ],
        },
        { type: 'calls', canRead: 'no', readNotes: [], canGiveBack: 'unknown', giveBackNotes: [] },
      ],
    }),
    alarms:
      card.state === 'attention' ? [{ kind: 'photo', before: 9_120, now: 12, since: ago(20 * MINUTE) }] : [],
  };
}

const KINDS = ['photo', 'photo', 'photo', 'video', 'document'] as const;

/** An item of a ledger that has as many as are asked for. */
export function itemAt(at: number): LedgerItem {
  const kind = KINDS[at % KINDS.length] ?? 'photo';
  const folder = `files/internal/DCIM/Camera/${String(2020 + Math.floor(at / 4000))}`;
  const base = {
    path: `${folder}/PXL_${String(at).padStart(8, '0')}.${kind === 'video' ? 'mp4' : 'jpg'}`,
    kind,
    sizeBytes: 2_000_000 + ((at * 7919) % 9_000_000),
    modified: ago(at * 3 * MINUTE),
    since: ago(2 * DAY),
  };
  if (at % 19 === 7) {
    const { state, reason, sentence, remedy, path } = SET_ASIDE[at % 2] ?? SET_ASIDE[0]!;
    return {
      ...base,
      path: `${path}.${at}`,
      state,
      reason,
      sentence,
      ...(remedy !== undefined && { remedy }),
    };
  }
  return {
    ...base,
    state: 'verified',
    reason: 'unchanged',
    sentence: 'Unchanged since it was saved and proved.',
    sha256: hex('7'),
    receipt: { at: ago(2 * DAY), snapshot: BACKUP_IDS[0], proved: 'read back and compared' },
  };
}

/** Runs that have ended. */
export const endedRuns: readonly Run[] = [
  {
    ...runningRun(540),
    id: 'run-done',
    began: ago(3 * 60 * MINUTE),
    ended: ago(3 * 60 * MINUTE - 8 * MINUTE),
    state: { kind: 'done', sentence: 'Everything found is accounted for; 12,411 items are safe.' },
    snapshot: BACKUP_IDS[0],
  },
  {
    ...runningRun(121),
    id: 'run-failed',
    startedBy: 'rule',
    began: ago(DAY),
    ended: ago(DAY - 4 * MINUTE),
    state: {
      kind: 'failed',
      problem: {
        code: 'store/full',
        message: 'The drive with the repository is full.',
        hint: 'Free space on it, or remove old backups; then back up again.',
      },
    },
  },
];

/** Backups of two devices, and one of another program. */
export const someBackups: Answer<'backups'> = {
  backups: [
    {
      id: BACKUP_IDS[0],
      device: pixel,
      name: 'Pixel 8',
      time: ago(2 * MINUTE),
      counts: balance(12_402, 0, 29, 2),
      totalBytes: 91e9,
    },
    {
      id: BACKUP_IDS[1],
      device: pixel,
      name: 'Pixel 8',
      time: ago(DAY),
      counts: balance(12_310, 0, 29),
      totalBytes: 90e9,
    },
    { id: BACKUP_IDS[2], name: 'workstation', time: ago(40 * DAY) },
  ],
};
