import type { DoctorComplaint, DoctorFix, DoctorReport, Evidence, OwnReport } from '@holdfast/contract/api';
import { ago, DAY } from './fake-answers.ts';
import { HOSTILE } from './fake-parts.ts';

const MINUTE = 60_000;
const PHONE = { id: 'phone-1', name: 'Pixel 8', kind: 'android' } as const;

const blocking: DoctorComplaint = {
  code: 'background-restricted',
  severity: 'blocking',
  title: 'Google Photos may not work in the background',
  explain:
    'Android was told to restrict it: as soon as it is not on the screen it is stopped, so it only backs up while you look at it.',
  fix: 'Allow background work. It takes a second, and can be undone.',
  probes: ['background', 'standby-bucket'],
  fixes: ['allow-background', 'open-app'],
};

const airplane: DoctorComplaint = {
  code: 'airplane-mode',
  severity: 'blocking',
  title: 'The phone is in airplane mode',
  explain: 'It has no network at all, so nothing can be sent anywhere.',
  fix: 'Turn airplane mode off, and wait until Wi-Fi is there.',
  probes: ['airplane-mode', 'network'],
  fixes: ['airplane-mode-off'],
};

const saver: DoctorComplaint = {
  code: 'data-saver',
  severity: 'warning',
  title: 'Data Saver is on, and Google Photos is not exempt',
  explain: 'In the background it may not use mobile data, nor a Wi-Fi that counts as metered.',
  fix: 'Exempt Google Photos. Data Saver itself stays on.',
  probes: ['data-saver'],
  fixes: ['data-saver-exempt'],
};

const files: DoctorComplaint = {
  code: 'files-too-large',
  severity: 'warning',
  title: 'Videos larger than Google Photos takes',
  explain: '2 videos are larger than 10 GB. They are left out, and the app rarely says which.',
  fix: 'Save them with Holdfast: it takes files of any size.',
  probes: ['media'],
  fixes: [],
  files: [
    { path: 'files/internal/DCIM/Camera/wedding whole day.mp4', why: '24.1 GB; at most 10 GB are taken.' },
    { path: `files/internal/Movies/${HOSTILE}.mkv`, why: '11.8 GB; at most 10 GB are taken.' },
  ],
  fileCount: 2,
};

const small: DoctorComplaint = {
  code: 'files-too-small',
  severity: 'info',
  title: 'Pictures smaller than Google Photos takes',
  explain: '431 pictures are not larger than 256 × 256 pixels: stickers and thumbnails, mostly.',
  fix: 'Nothing needs to be done, unless one of them matters to you.',
  probes: ['media'],
  fixes: [],
  files: Array.from({ length: 100 }, (_, at) => ({
    path: `files/internal/Pictures/Stickers/sticker_${String(at).padStart(3, '0')}.webp`,
    why: '128 × 128 pixels; larger than 256 × 256 are taken.',
  })),
  fileCount: 431,
};

const followers = (behind: string): DoctorReport['hidden'] => [
  {
    code: 'standby-rare',
    severity: 'warning',
    title: 'Android seldom lets it run',
    explain: 'It is in the bucket of apps that are rarely used: its work is put off for up to a day.',
    fix: 'It goes away by itself once the app may work in the background.',
    probes: ['standby-bucket'],
    fixes: ['active-bucket'],
    behind,
  },
  {
    code: 'says-waiting-for-connection',
    severity: 'warning',
    title: 'The app says that it waits for a connection',
    explain: 'Its notification says “Waiting for connection”, with 214 left.',
    fix: 'Mend what stands above, and look again.',
    probes: ['notification'],
    fixes: [],
    behind: 'standby-rare',
  },
];

const fix = (
  code: string,
  way: number,
  risk: DoctorFix['risk'],
  title: string,
  explain: string,
  rest: Partial<DoctorFix> = {},
): DoctorFix => ({
  code,
  way,
  risk,
  title,
  explain,
  canBeUndone: risk === 'reversible',
  isAdvised: false,
  ...rest,
});

/** Every fix that the fake phone has, `advised` ones marked. */
export const fixesWith = (advised: readonly string[]): DoctorFix[] =>
  [
    fix('open-app', 1, 'none', 'Open Google Photos', 'Opens it on the phone, so that you see what it says.'),
    fix(
      'turn-on-backup',
      2,
      'guided',
      'Turn on backup in the app',
      'The switch is in the app alone. It is opened; you tap.',
    ),
    fix(
      'choose-folders',
      2,
      'guided',
      'Choose the folders to back up',
      'WhatsApp, screenshots and downloads are off unless you turn them on.',
    ),
    fix(
      'allow-background',
      3,
      'reversible',
      'Allow background work',
      'Google Photos may go on when it is not on the screen.',
    ),
    fix(
      'data-saver-exempt',
      3,
      'reversible',
      'Exempt it from Data Saver',
      'Google Photos may use data in the background; other apps stay as they are.',
    ),
    fix(
      'airplane-mode-off',
      3,
      'reversible',
      'Turn airplane mode off',
      'Wi-Fi and mobile network come back.',
    ),
    fix(
      'clear-cache',
      4,
      'guided',
      'Clear the cache',
      'Removes what the app can fetch again. Nothing is lost.',
      {
        whyNot: 'This Android clears a cache only by hand: Settings → Apps → Google Photos → Storage.',
      },
    ),
    fix(
      'clear-data',
      4,
      'destructive',
      'Clear the data of Google Photos',
      'The app begins as if it were new. Its settings, what it was about to send, and what is in the Locked Folder alone are lost.',
    ),
    fix('remove-updates', 5, 'destructive', 'Remove its updates', 'Goes back to the version it came with.', {
      whyNot: 'On Android 10 this would remove the updates of all apps. It is never done.',
    }),
    fix(
      'rescan-media',
      6,
      'none',
      'Look for new photos',
      'Has the phone look through its storage for photos that it overlooked.',
    ),
    fix('restart-phone', 7, 'guided', 'Restart the phone', 'It is away for a minute or two.'),
  ].map((one) => ({ ...one, isAdvised: advised.includes(one.code) }));

const evidence: Evidence[] = [
  {
    probe: 'app',
    title: 'Google Photos on this phone',
    told: { kind: 'value', value: 'installed, 7.41.0, updated, never stopped' },
    asked: 'dumpsys package com.google.android.apps.photos',
    raw: 'Packages:\n  Package [com.google.android.apps.photos] (3a1f):\n    userId=10163\n    versionCode=49341234 minSdk=28 targetSdk=36\n    versionName=7.41.0.781234567\n    flags=[ SYSTEM HAS_CODE UPDATED_SYSTEM_APP ]',
  },
  {
    probe: 'background',
    title: 'Working in the background',
    told: { kind: 'value', value: 'ignore' },
    asked: 'cmd appops get com.google.android.apps.photos RUN_ANY_IN_BACKGROUND',
    raw: 'RUN_ANY_IN_BACKGROUND: ignore; rejectTime=+2d3h12m ago\n',
  },
  {
    probe: 'standby-bucket',
    title: 'How often Android lets it run',
    told: { kind: 'value', value: 'rarely (40)' },
    asked: 'am get-standby-bucket com.google.android.apps.photos',
    raw: '40\n',
  },
  {
    probe: 'network',
    title: 'The network apps use',
    told: { kind: 'value', value: 'Wi-Fi, works, not metered' },
    asked: 'dumpsys connectivity',
    raw: `Active default network: 104\nNetworkAgentInfo{ network{104} SSID: "<masked>" ${HOSTILE}\u0000\u001b[31m }\n`,
  },
  {
    probe: 'notification',
    title: 'What its notification says',
    told: { kind: 'absent' },
    asked: 'dumpsys notification --noredact',
    raw: 'Current Notification Manager state:\n  Notification List:\n',
  },
  {
    probe: 'heat',
    title: 'How hot the phone is',
    told: { kind: 'unrecognised' },
    asked: 'dumpsys thermalservice',
    raw: 'IsStatusOverride: false\r\nWärmezustand: keiner\r\n',
  },
  {
    probe: 'app-screen',
    title: 'What the app shows',
    told: { kind: 'refused', why: 'The screen is locked.' },
    asked: 'uiautomator dump',
    raw: '',
  },
];

const unplugged = [
  'The cable charges the phone: battery saver and “only while charging” do not show while it is plugged in.',
  'Android lets apps run more freely on a charging phone. A job that is put off all night may run at once now.',
];

/** What is found in a situation. */
export function reportOf(situation: 'healthy' | 'blocking' | 'many' | 'cannot-tell'): DoctorReport {
  const base = {
    device: PHONE,
    at: ago(MINUTE),
    evidence,
    unplugged,
    leftOut: ['The screen of Google Photos was not read. The screen is locked.'],
    hidden: [],
    thenTry: [],
    notRescued: 214,
  };
  switch (situation) {
    case 'healthy':
      return {
        ...base,
        verdict: {
          kind: 'healthy',
          sentence: 'Google Photos is installed, allowed everything it needs, and says that it is done.',
        },
        complaints: [],
        fixes: fixesWith([]),
        notRescued: 0,
      };
    case 'blocking':
      return {
        ...base,
        verdict: {
          kind: 'complaints',
          sentence: 'Android stops Google Photos as soon as it is not on the screen.',
        },
        complaints: [blocking],
        hidden: followers('background-restricted'),
        fixes: fixesWith(['allow-background', 'open-app']),
      };
    case 'many':
      return {
        ...base,
        verdict: {
          kind: 'complaints',
          sentence: 'The phone is in airplane mode. 4 more things stand in the way.',
        },
        complaints: [airplane, blocking, saver, files, small],
        hidden: followers('background-restricted'),
        fixes: fixesWith(['airplane-mode-off', 'allow-background', 'data-saver-exempt', 'clear-data']),
        notRescued: 12_402,
      };
    case 'cannot-tell':
      return {
        ...base,
        verdict: {
          kind: 'cannot-tell',
          sentence: 'The phone answered 4 of 7 questions. Nothing in them explains it.',
        },
        complaints: [],
        fixes: fixesWith([]),
        evidence: evidence.slice(3),
      };
  }
}

/** What is wrong with Holdfast's own work. */
export const ownReportOf = (isHealthy: boolean): OwnReport =>
  isHealthy
    ? {
        at: ago(MINUTE),
        verdict: {
          kind: 'healthy',
          sentence: 'All runs end, the repository answers, and the drive has room.',
        },
        complaints: [],
      }
    : {
        at: ago(MINUTE),
        verdict: { kind: 'complaints', sentence: 'The drive with your backups is full.' },
        complaints: [
          {
            code: 'drive-full',
            severity: 'blocking',
            title: 'The drive with your backups is full',
            explain: '1.2 GB are left of 2 TB. The last two backups ended because of it.',
            fix: 'Remove old backups, or move the repository to a larger drive.',
            probes: [],
            fixes: [],
          },
          {
            code: 'device-not-seen',
            severity: 'warning',
            title: 'A phone has not been seen for 9 days',
            explain: `It was last plugged in on ${new Date(Date.now() - 9 * DAY).toDateString()}.`,
            fix: 'Plug it in once.',
            probes: [],
            fixes: [],
            device: { ...PHONE, id: 'phone-2', name: "Grandmother's Galaxy S24 Ultra 👵🏽" },
          },
        ],
      };
