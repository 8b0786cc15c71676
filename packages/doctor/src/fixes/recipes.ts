import { PHOTOS } from '#google-photos.ts';
import type { AppFacts, PhotosFacts } from '#photos-facts.ts';
import { factOf } from '#photos-facts.ts';
import type { Change } from './changes/change.ts';
import type { Doable, Recipe, Step } from './step.ts';

/** It cannot be done, and why. */
export const cannot = (why: string): Recipe => ({ kind: 'cannot', why });

/** A fix that can be put back. */
export const reversible = (...steps: readonly Step[]): Recipe => ({
  kind: 'recipe',
  risk: 'reversible',
  steps,
});

/** A fix that changes nothing that would have to be put back. */
export const harmless = (...steps: readonly Step[]): Recipe => ({ kind: 'recipe', risk: 'none', steps });

/** A fix after which something is gone. */
export const destructive = (...steps: readonly Step[]): Recipe => ({
  kind: 'recipe',
  risk: 'destructive',
  steps,
});

/** Opens a screen of the phone, where there is one, and says what to tap there. */
export const guided = (screen: readonly string[] | undefined, ...taps: readonly string[]): Doable => ({
  kind: 'recipe',
  risk: 'guided',
  steps: [
    ...(screen === undefined
      ? []
      : [{ kind: 'run', says: 'Open the right screen on the phone', command: screen } as const]),
    ...taps.map((says) => ({ kind: 'tap', says }) as const),
  ],
});

/** Sets something. */
export const change = (says: string, what: Change, to: string): Step => ({
  kind: 'change',
  says,
  change: what,
  to,
});

/** Opens a screen of Android's settings. */
export const settingsScreen = (action: string): readonly string[] => [
  'am',
  'start',
  '-a',
  `android.settings.${action}`,
];

/** Opens what Android's settings say of Google Photos. */
export const APP_SCREEN: readonly string[] = [
  ...settingsScreen('APPLICATION_DETAILS_SETTINGS'),
  '-d',
  `package:${PHOTOS}`,
];

/** Opens Google Photos as tapping its icon does. */
export const OPEN_PHOTOS: readonly string[] = [
  'monkey',
  '-p',
  PHOTOS,
  '-c',
  'android.intent.category.LAUNCHER',
  '1',
];

/** What `OPEN_PHOTOS` prints when it worked (AOSP `Monkey.java`). */
export const OPENED = 'Events injected: 1';

/** The app as it is there; or why nothing can be done with it. */
export function appOr(facts: PhotosFacts, then: (app: AppFacts) => Recipe): Recipe {
  const app = factOf(facts, 'app');
  if (app !== undefined)
    return app.isInstalled ? then(app) : cannot('Google Photos is not installed for this person.');
  return facts.app.kind === 'absent'
    ? cannot('Google Photos is not on this phone.')
    : cannot('The phone does not say what it has of Google Photos.');
}

/** The number of Android's interface; or why nothing can be decided. */
export function sdkOr(facts: PhotosFacts, then: (sdk: number) => Recipe): Recipe {
  const sdk = factOf(facts, 'android')?.sdk;
  return sdk === undefined ? cannot('The phone does not say which Android it has.') : then(sdk);
}
