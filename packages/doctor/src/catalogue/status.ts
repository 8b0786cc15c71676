import type { ComplaintCode } from '../complaint-code.ts';
import type { FixCode } from '../fix-code.ts';
import { factOf, type PhotosFacts, type PhotosState, type StatusFacts } from '../photos-facts.ts';
import type { ComplaintEntry, Severity } from './complaint-entry.ts';
import { APP_ASLEEP, COSTLY_NETWORK, entry, NO_NETWORK } from './entry.ts';

/** What the app says of itself: on its screen, or else in its notification. */
function statusOf(facts: PhotosFacts): StatusFacts | undefined {
  const [screen, notification] = [factOf(facts, 'app-screen'), factOf(facts, 'notification')];
  return screen?.state === undefined ? (notification ?? screen) : screen;
}

const left = ({ left: count }: StatusFacts): string => (count === undefined ? '' : ` ${count} are left.`);

interface Saying {
  readonly state: PhotosState;
  readonly severity: Severity;
  readonly title: string;
  readonly means: string;
  readonly fix: string;
  readonly behind?: readonly ComplaintCode[];
  readonly afterMinutes?: number;
  readonly fixes: readonly FixCode[];
}

const says = ({
  state,
  severity,
  title,
  means,
  fix,
  behind = [],
  afterMinutes = 0,
  fixes,
}: Saying): ComplaintEntry =>
  entry<StatusFacts>({
    code: `says-${state}` as ComplaintCode,
    severity,
    title,
    seen: (facts) => {
      const status = statusOf(facts);
      return status?.state === state ? status : undefined;
    },
    explain: (status) => `${means}${left(status)}`,
    fix: () => fix,
    hiddenBehind: ['phone-sealed', ...APP_ASLEEP, ...behind],
    visibleAfter: Temporal.Duration.from({ minutes: afterMinutes }),
    probes: ['notification', 'app-screen'],
    fixes,
  });

/** Nothing moves for so long when something is stuck. */
const LONG = 60;

const ACCESS: readonly ComplaintCode[] = [
  'no-photo-access',
  'selected-photos-only',
  'videos-not-allowed',
  'photos-not-allowed',
  'photo-access-blocked',
];
const HELD_BACK: readonly ComplaintCode[] = [
  'background-restricted',
  'standby-restricted',
  'standby-rare',
  'battery-saver',
];

/** About what Google Photos says itself. */
export const STATUS_COMPLAINTS: readonly ComplaintEntry[] = [
  says({
    state: 'backup-off',
    severity: 'blocking',
    title: 'Backup is switched off in Google Photos',
    means: 'Google Photos says that its backup is off.',
    fix: 'In Google Photos tap your picture → Turn on backup. Only you can switch it.',
    behind: ['no-account'],
    fixes: ['turn-on-backup'],
  }),
  says({
    state: 'signed-out',
    severity: 'blocking',
    title: 'Nobody is signed in to Google Photos',
    means: 'Google Photos says that nobody is signed in.',
    fix: 'In Google Photos tap the picture at the top right and choose your account.',
    behind: ['no-account'],
    fixes: ['choose-account', 'add-account'],
  }),
  says({
    state: 'account-full',
    severity: 'blocking',
    title: 'Your Google storage is full',
    means:
      'Google Photos says that your account has no room left. Gmail and Drive share it. Until there is room it takes no photo.',
    fix: 'Make room in your account, get more from Google, or use another account.',
    behind: ['no-account'],
    fixes: ['account-storage', 'choose-account'],
  }),
  says({
    state: 'waiting-for-wifi',
    severity: 'warning',
    title: 'Google Photos waits for Wi-Fi',
    means: 'Google Photos says that it waits for Wi-Fi.',
    fix: 'Connect the phone to a Wi-Fi that does not count data, or allow mobile data in the app.',
    behind: [...NO_NETWORK, ...COSTLY_NETWORK],
    fixes: ['wifi-on', 'unmetered-wifi', 'allow-mobile-data'],
  }),
  says({
    state: 'waiting-for-connection',
    severity: 'warning',
    title: 'Google Photos waits for a connection',
    means: 'Google Photos says that it waits for a connection.',
    fix: 'Switch Wi-Fi off and on again, then see whether a web page opens on the phone.',
    behind: [...NO_NETWORK, ...COSTLY_NETWORK],
    fixes: ['restart-wifi', 'restart-phone'],
  }),
  says({
    state: 'daily-limit',
    severity: 'warning',
    title: 'The daily limit for mobile data is used up',
    means: 'Google Photos says that it used up what you allow it a day of mobile data.',
    fix: 'Connect the phone to Wi-Fi, or raise the limit in the app.',
    behind: ['roaming', 'mobile-data-only', 'metered-wifi'],
    fixes: ['wifi-on', 'allow-mobile-data'],
  }),
  says({
    state: 'waiting-to-charge',
    severity: 'warning',
    title: 'Google Photos waits for the charger',
    means: 'Google Photos says that it waits until the phone charges.',
    fix: 'Leave the phone on its charger, or switch “Only while charging” off in the app.',
    behind: ['battery-low', 'battery-saver'],
    fixes: ['charge'],
  }),
  says({
    state: 'battery-low',
    severity: 'warning',
    title: 'Google Photos waits for more battery',
    means: 'Google Photos says that the battery is too low.',
    fix: 'Charge the phone and end battery saver.',
    behind: ['battery-low', 'battery-saver'],
    fixes: ['battery-saver-off', 'charge'],
  }),
  says({
    state: 'too-hot',
    severity: 'warning',
    title: 'Google Photos waits for the phone to cool down',
    means: 'Google Photos says that the phone is too hot.',
    fix: 'Take it out of its case and out of the sun, and let it cool for half an hour.',
    behind: ['too-hot'],
    fixes: ['cool-down'],
  }),
  says({
    state: 'preview-only',
    severity: 'warning',
    title: 'Only previews are uploaded so far',
    means:
      'Google Photos uploads small previews now and the photos themselves later, on Wi-Fi. A preview is no backup.',
    fix: 'Connect the phone to Wi-Fi and wait until the app says “Backup complete”.',
    behind: [...NO_NETWORK, ...COSTLY_NETWORK],
    fixes: ['wifi-on', 'unmetered-wifi'],
  }),
  says({
    state: 'getting-ready',
    severity: 'warning',
    title: 'Google Photos gets ready and does not begin',
    means: 'Google Photos has been saying for a long time that it gets ready.',
    fix: 'Open the app and leave it open on the charger. If it stays so, clear its cache.',
    behind: [...ACCESS, ...NO_NETWORK, ...COSTLY_NETWORK, ...HELD_BACK, 'storage-full', 'media-unseen'],
    afterMinutes: LONG,
    fixes: ['open-app', 'rescan-media', 'clear-cache', 'restart-phone'],
  }),
  says({
    state: 'waiting-for-sync',
    severity: 'warning',
    title: 'Google Photos waits for sync and does not begin',
    means: 'Google Photos has been saying for a long time that it waits for sync.',
    fix: 'Switch automatic sync on. If it is on, clear the app’s cache.',
    behind: ['no-account', 'auto-sync-off', ...NO_NETWORK, ...COSTLY_NETWORK, ...HELD_BACK],
    afterMinutes: LONG,
    fixes: ['auto-sync-on', 'clear-cache', 'restart-phone'],
  }),
  says({
    state: 'compressing',
    severity: 'info',
    title: 'Google Photos makes videos smaller first',
    means:
      'Google Photos makes videos smaller before it uploads them. That takes room, time and a cool phone.',
    fix: 'Leave the phone on its charger. Or choose “Original quality” in the app, which uploads them as they are.',
    behind: ['storage-full', 'storage-low', 'too-hot'],
    afterMinutes: LONG,
    fixes: ['choose-quality', 'free-space'],
  }),
  says({
    state: 'quota-recalculating',
    severity: 'info',
    title: 'Google counts how full your account is',
    means: 'Google Photos says that your storage is being counted anew. It goes on by itself.',
    fix: 'Wait until tomorrow. If it stays so, make room in your account.',
    afterMinutes: 24 * LONG,
    fixes: ['account-storage'],
  }),
];
