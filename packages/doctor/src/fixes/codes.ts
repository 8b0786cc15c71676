/**
 * The code of every fix, in safe order: what changes nothing before what can be put back, what touches one thing before what touches more,
 * and what cannot be undone last. The number is which of the seven ways it belongs to. Codes are never renamed once released.
 */
export const FIX_WAYS = {
  /** Opens Google Photos, so that its status can be read, and so that an app that was stopped runs its jobs again. */
  'open-app': 1,
  /** Puts the app back for a user it was removed for. */
  'install-existing': 2,
  'enable-app': 2,
  /** Guided: what only the app's own screens can change. */
  'backup-switch': 2,
  'choose-account': 2,
  'choose-folders': 2,
  'choose-quality': 2,
  'grant-photos': 3,
  'grant-notifications': 3,
  'airplane-mode-off': 3,
  'data-saver-exception': 3,
  'wifi-unmetered': 3,
  'allow-background': 3,
  'standby-bucket': 3,
  'battery-optimisation': 3,
  'battery-saver-off': 3,
  'automatic-time': 3,
  /** Guided: what adb cannot switch. */
  'auto-sync': 3,
  'airplane-mode-by-hand': 3,
  'allow-mobile-data': 3,
  'sign-in-to-wifi': 3,
  'charge-and-cool': 3,
  'rescan-media': 6,
  'run-jobs': 6,
  'back-up-by-hand': 6,
  'wifi-off-on': 7,
  'clear-cache': 4,
  'clear-cache-by-hand': 4,
  'restart-phone': 7,
  'free-storage': 7,
  'google-storage': 7,
  'account-again': 7,
  'install-by-hand': 7,
  /** Everything that is not proved elsewhere is backed up first. */
  'uninstall-updates': 5,
  'uninstall-updates-by-hand': 5,
  'clear-data': 4,
  /** The last: Holdfast backs the phone's photos up itself. */
  'back-up-here': 7,
} as const satisfies Readonly<Record<string, 1 | 2 | 3 | 4 | 5 | 6 | 7>>;

/** The code of a fix. */
export type FixCode = keyof typeof FIX_WAYS;
