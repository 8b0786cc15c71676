import { PHOTOS } from '#google-photos.ts';
import { factOf } from '#photos-facts.ts';
import type { FixEntry } from './fix-entry.ts';
import { appOr, cannot, change, guided, harmless, OPEN_PHOTOS, OPENED, reversible } from './recipes.ts';

/** Way 1: look at the status. */
export const STATUS_FIXES: readonly FixEntry[] = [
  {
    code: 'open-app',
    title: 'Open Google Photos and read its status',
    explain:
      'Opens the app on the phone, as tapping its icon does. An app that was stopped runs nothing until it is opened. Nothing is changed.',
    recipe: (facts) =>
      appOr(facts, ({ enabled }) =>
        enabled >= 2
          ? cannot('Google Photos is disabled: enable it first.')
          : harmless(
              { kind: 'run', says: 'Open Google Photos', command: OPEN_PHOTOS, expects: OPENED },
              {
                kind: 'tap',
                says: 'Tap your picture at the top right: the card there says what backup is doing.',
              },
            ),
      ),
  },
];

/** Way 2: settings. */
export const SETTINGS_FIXES: readonly FixEntry[] = [
  {
    code: 'enable-app',
    title: 'Enable Google Photos',
    explain: 'A disabled app does nothing at all. Undoing disables it again.',
    recipe: (facts) =>
      appOr(facts, ({ enabled }) =>
        enabled < 2
          ? cannot('Google Photos is enabled already.')
          : reversible(change('Enable Google Photos', { kind: 'enabled' }, '1')),
      ),
  },
  {
    code: 'unhide-app',
    title: 'Show Google Photos again',
    explain: 'It was hidden, as an app that manages the phone does. Undoing hides it again.',
    recipe: (facts) =>
      appOr(facts, ({ isHidden }) =>
        isHidden
          ? reversible(change('Show Google Photos again', { kind: 'hidden' }, 'false'))
          : cannot('Google Photos is not hidden.'),
      ),
  },
  {
    code: 'unsuspend-app',
    title: 'End the pause of Google Photos',
    explain:
      'It was suspended, as digital wellbeing and apps that manage a phone do. Undoing suspends it again.',
    recipe: (facts) =>
      appOr(facts, ({ isSuspended }) =>
        isSuspended
          ? reversible(change('End the pause of Google Photos', { kind: 'suspended' }, 'false'))
          : cannot('Google Photos is not suspended.'),
      ),
  },
  {
    code: 'reinstall-for-user',
    title: 'Put Google Photos back for this person',
    explain:
      'The app is on the phone and was removed for this person alone. Undoing removes it for them again and keeps its data.',
    recipe: (facts) => {
      const app = factOf(facts, 'app');
      if (app === undefined) return cannot('Google Photos is not on this phone.');
      if (app.isInstalled) return cannot('Google Photos is installed already.');
      return reversible(change('Put Google Photos back', { kind: 'installed' }, 'true'));
    },
  },
  {
    code: 'install-app',
    title: 'Install Google Photos',
    explain: 'Opens the app in the Play Store. Installing it is up to you.',
    recipe: (facts) =>
      facts.app.kind === 'absent'
        ? guided(
            ['am', 'start', '-a', 'android.intent.action.VIEW', '-d', `market://details?id=${PHOTOS}`],
            'Tap "Install", then open the app and turn backup on.',
          )
        : cannot('Google Photos is on this phone already.'),
  },
  {
    code: 'turn-on-backup',
    title: 'Turn backup on in Google Photos',
    explain: 'Only the app itself can do that: it is opened, and you tap. Nothing is tapped blindly.',
    recipe: (facts) =>
      appOr(facts, () =>
        guided(
          OPEN_PHOTOS,
          'Tap your picture at the top right, then "Photos settings", then "Backup".',
          'Switch "Backup" on, and look which account is named below it.',
        ),
      ),
  },
  {
    code: 'choose-account',
    title: 'Choose the account that Google Photos backs up to',
    explain: 'One Google account at a time gets the backup of a phone. Only the app itself can change it.',
    recipe: (facts) =>
      appOr(facts, () =>
        guided(
          OPEN_PHOTOS,
          'Tap your picture at the top right and look which account is chosen; tap another to change to it.',
          'Then, in "Photos settings", "Backup", look that backup is on for this account.',
        ),
      ),
  },
  {
    code: 'choose-folders',
    title: 'Choose the folders that Google Photos backs up',
    explain:
      'Google Photos backs the camera up, and other folders only where each is switched on. Only the app itself can change it.',
    recipe: (facts) =>
      appOr(facts, () =>
        guided(
          OPEN_PHOTOS,
          'Tap your picture at the top right, then "Photos settings", "Backup", "Back up device folders".',
          'Switch each folder on that you want to have backed up.',
        ),
      ),
  },
  {
    code: 'choose-quality',
    title: 'Choose the quality of backups',
    explain:
      'With "Storage saver" every video is made smaller on the phone first, which takes room, time and a cool phone. Only the app itself can change it.',
    recipe: (facts) =>
      appOr(facts, () =>
        guided(
          OPEN_PHOTOS,
          'Tap your picture at the top right, then "Photos settings", "Backup", "Backup quality".',
          'Choose "Original quality" where videos wait to be made smaller; it takes more of your Google storage.',
        ),
      ),
  },
];
