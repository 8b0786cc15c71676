import { PHOTOS } from '#google-photos.ts';
import { factOf } from '#photos-facts.ts';
import type { FixEntry } from './fix-entry.ts';
import { APP_SCREEN, appOr, cannot, destructive, guided, harmless } from './recipes.ts';
import type { Recipe, Step } from './step.ts';

const STOP: Step = { kind: 'run', says: 'Stop Google Photos', command: ['am', 'force-stop', PHOTOS] };

const SUCCESS = 'Success';

/** Way 4: cache, then data. Never `pm trim-caches`, which takes that of all apps. */
export const CLEARING_FIXES: readonly FixEntry[] = [
  {
    code: 'clear-cache',
    title: 'Clear the cache of Google Photos',
    explain:
      'Stops the app and empties what it keeps to be faster: thumbnails, and what it has begun. It makes them again. Nothing of yours is in there.',
    recipe: (facts) =>
      appOr(facts, () =>
        factOf(facts, 'tools')?.canClearCacheOnly === true
          ? harmless(STOP, {
              kind: 'run',
              says: 'Clear its cache, and nothing else',
              command: ['pm', 'clear', '--user', '0', '--cache-only', PHOTOS],
              expects: SUCCESS,
            })
          : guided(
              APP_SCREEN,
              'On this Android a computer can only clear everything at once, so clear the cache here: tap "Storage", then "Clear cache". Do not tap "Clear data" or "Clear storage".',
            ),
      ),
  },
  {
    code: 'clear-data',
    title: 'Clear all data of Google Photos',
    explain:
      'The app begins as if it were new: its settings and what it had queued are gone, and possibly what is in its Locked Folder and nowhere else. You sign in and turn backup on again. It cannot be undone, so everything that is in no backup is saved first.',
    recipe: (facts) =>
      appOr(facts, () =>
        destructive(STOP, {
          kind: 'run',
          says: 'Clear all data of Google Photos',
          command: ['pm', 'clear', '--user', '0', PHOTOS],
          expects: SUCCESS,
        }),
      ),
  },
];

/** Way 5: uninstall updates. */
export const UPDATE_FIXES: readonly FixEntry[] = [
  {
    code: 'remove-updates',
    title: 'Uninstall the updates of Google Photos',
    explain:
      'The app is then as it came with the phone, and the Play Store updates it again. Its data may be lost with that, so everything that is in no backup is saved first.',
    recipe: (facts) =>
      appOr(facts, ({ isSystem, isUpdated }) => {
        if (!isSystem)
          return cannot(
            'Google Photos did not come with this phone, so it has no updates to uninstall: it could only be removed as a whole.',
          );
        if (!isUpdated) return cannot('Google Photos was not updated since it came with the phone.');
        // Of Android 9 and 10 the command takes no package and removes the updates of all system apps (AOSP PackageManagerShellCommand).
        return factOf(facts, 'tools')?.canRemoveUpdatesOfOne === true
          ? destructive(STOP, {
              kind: 'run',
              says: 'Uninstall the updates of Google Photos alone',
              command: ['cmd', 'package', 'uninstall-system-updates', PHOTOS],
              expects: SUCCESS,
            })
          : byHand();
      }),
  },
];

/** What may be lost by it is saved first; so that comes before the screen is opened. */
function byHand(): Recipe {
  const { steps } = guided(
    APP_SCREEN,
    'On this Android a computer could only uninstall the updates of all apps at once, so do it here: tap the menu at the top right, then "Uninstall updates".',
  );
  const first =
    'Back the phone up with Holdfast first: the data of Google Photos may be lost with its updates.';
  return { kind: 'recipe', risk: 'guided', steps: [{ kind: 'tap', says: first }, ...steps] };
}
