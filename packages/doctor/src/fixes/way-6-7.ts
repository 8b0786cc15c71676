import { PHOTOS } from '#google-photos.ts';
import { factOf, type PhotosFacts } from '#photos-facts.ts';
import type { FixEntry } from './fix-entry.ts';
import {
  appOr,
  cannot,
  change,
  guided,
  harmless,
  OPEN_PHOTOS,
  reversible,
  sdkOr,
  settingsScreen,
} from './recipes.ts';
import type { Recipe, Step } from './step.ts';

/** Most files that are named one by one; the rest follows with the next round. */
const MOST_FILES = 200;

/** Android 10: from here on a whole volume can be asked for, and single files no more. */
const SCANS_VOLUMES = 29;

/** Way 6: by hand. */
export const BY_HAND_FIXES: readonly FixEntry[] = [
  {
    code: 'rescan-media',
    title: 'Have the phone look for new photos and videos',
    explain:
      'Google Photos sees only what the phone has in its index of media. This makes the phone look at its storage again. Nothing is changed in any file.',
    recipe: (facts) => sdkOr(facts, (sdk) => rescan(facts, sdk)),
  },
  {
    code: 'run-jobs',
    title: 'Run the jobs that Google Photos has waiting',
    explain: 'Runs each now, whatever Android has it wait for. Nothing is changed.',
    recipe: (facts) =>
      appOr(facts, () =>
        sdkOr(facts, (sdk) => {
          if (sdk < 24) return cannot('Before Android 7 a computer cannot run jobs.');
          const ids = factOf(facts, 'jobs')?.flatMap(({ id }) => (/^-?\d+$/.test(id) ? [id] : []));
          if (ids === undefined) return cannot('The phone does not say which jobs wait.');
          if (ids.length === 0) return cannot('Google Photos has no jobs waiting.');
          return harmless(
            ...ids.map(
              (id): Step => ({
                kind: 'run',
                says: `Run job ${id} now`,
                command: ['cmd', 'jobscheduler', 'run', '-f', PHOTOS, id],
                expects: 'Running job',
              }),
            ),
          );
        }),
      ),
  },
  {
    code: 'upload-by-hand',
    title: 'Back up single photos by hand',
    explain: 'What Google Photos left out can be given to it one by one, where it takes it at all.',
    recipe: (facts) =>
      appOr(facts, () =>
        guided(
          OPEN_PHOTOS,
          'Hold your finger on a photo that is not backed up (a crossed-out cloud), tap the others, then tap "Back up".',
          ...leftOut(facts),
        ),
      ),
  },
];

function rescan(facts: PhotosFacts, sdk: number): Recipe {
  if (sdk >= SCANS_VOLUMES)
    return harmless(
      {
        kind: 'run',
        says: 'Have the phone look through its storage',
        command: [
          'content',
          'call',
          '--uri',
          'content://media',
          '--method',
          'scan_volume',
          '--arg',
          'external_primary',
        ],
      },
      { kind: 'pause', says: 'Wait while it looks', seconds: 5 },
    );
  const paths = factOf(facts, 'unseen')?.paths.slice(0, MOST_FILES) ?? [];
  if (paths.length === 0)
    return cannot('This Android looks at files one by one, and none is known that it has not seen.');
  return harmless(
    ...paths.map(
      (path): Step => ({
        kind: 'run',
        says: 'Have the phone look at a file',
        command: [
          'am',
          'broadcast',
          '-a',
          'android.intent.action.MEDIA_SCANNER_SCAN_FILE',
          '-d',
          `file://${encodePath(path)}`,
        ],
      }),
    ),
    { kind: 'pause', says: 'Wait while it looks', seconds: 5 },
  );
}

const encodePath = (path: string): string =>
  encodeURI(path.toWellFormed()).replaceAll('#', '%23').replaceAll('?', '%3F');

function leftOut(facts: PhotosFacts): readonly string[] {
  const skipped = factOf(facts, 'media')?.skipped ?? [];
  return skipped.length === 0
    ? []
    : [
        `Of ${skipped.length} Google Photos would take none, or not as they are: the report lists them. Holdfast backs them up.`,
      ];
}

/** Way 7: restart, account, storage, and what only time or hands can do. */
export const RESTART_FIXES: readonly FixEntry[] = [
  {
    code: 'unlock-phone',
    title: 'Unlock the phone',
    explain:
      'Until it is unlocked once after it was started, apps and files are sealed; and only an unlocked screen can be read.',
    recipe: () => guided(undefined, 'Enter the code on the phone, and leave its screen on.'),
  },
  {
    code: 'restart-wifi',
    title: 'Turn Wi-Fi off and on again',
    explain:
      'The phone joins its network anew. Should the cable be pulled in between, undoing turns Wi-Fi on.',
    recipe: (facts, { isOverNetwork }) => {
      if (isOverNetwork) return cannot('The phone is reached over that Wi-Fi: connect it by cable first.');
      if (factOf(facts, 'wifi') === false) return cannot('Wi-Fi is off.');
      return reversible(
        change('Turn Wi-Fi off', { kind: 'wifi' }, 'off'),
        { kind: 'pause', says: 'Wait a moment', seconds: 3 },
        change('Turn Wi-Fi on', { kind: 'wifi' }, 'on'),
      );
    },
  },
  {
    code: 'restart-phone',
    title: 'Restart the phone',
    explain:
      'Ends the connection to this computer; over Wi-Fi, debugging may have to be switched on again. After it, unlock the phone once, and look again.',
    recipe: () => harmless({ kind: 'run', says: 'Restart the phone', command: ['reboot'], endsLink: true }),
  },
  {
    code: 'cool-down',
    title: 'Let the phone cool down',
    explain: 'A hot phone holds its work back.',
    recipe: () =>
      guided(undefined, 'Take the phone out of its case and out of the sun, and wait a quarter of an hour.'),
  },
  {
    code: 'charge',
    title: 'Charge the phone',
    explain: 'With little battery Google Photos waits. The cable to a computer charges slowly.',
    recipe: () => guided(undefined, 'Connect the phone to its charger until it has half of its battery.'),
  },
  {
    code: 'add-account',
    title: 'Add the Google account again',
    explain:
      'Without a Google account there is nowhere to back up to; one that is stuck is removed and added again.',
    recipe: () =>
      guided(
        settingsScreen('SYNC_SETTINGS'),
        'Add your Google account; or tap it, remove it, and add it again.',
        'Then open Google Photos and turn backup on.',
      ),
  },
  {
    code: 'free-space',
    title: 'Free some space on the phone',
    explain:
      'With little room Google Photos cannot prepare what it sends. Holdfast deletes nothing on a phone.',
    recipe: () =>
      guided(
        settingsScreen('INTERNAL_STORAGE_SETTINGS'),
        'Back the phone up with Holdfast first. Then remove large files that "holdfast audit" finds in a backup.',
      ),
  },
  {
    code: 'account-storage',
    title: 'Make room in the Google account',
    explain: 'Google Photos, Gmail and Drive share one storage. When it is full, nothing more is taken.',
    recipe: () =>
      guided(
        ['am', 'start', '-a', 'android.intent.action.VIEW', '-d', 'https://one.google.com/storage'],
        'Look what takes the room, and remove it or buy more. Holdfast backs your photos up without it.',
      ),
  },
  {
    code: 'back-up-here',
    title: 'Back up everything with Holdfast now',
    explain:
      'Whatever Google Photos does: all photos and videos are copied into your own backup, and read back as proof. Nothing is changed on the phone.',
    recipe: () =>
      harmless({ kind: 'back-up', says: 'Back up all photos and videos, then look that none is missing' }),
  },
];
