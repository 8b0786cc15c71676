/** Every fix there is, by the way it belongs to, each way's safest first. A code is never renamed. */
export const FIX_CODES_BY_WAY = {
  // Look at the status.
  1: ['open-app'],
  // Settings of the app, and whether it is there.
  2: [
    'enable-app',
    'unhide-app',
    'unsuspend-app',
    'reinstall-for-user',
    'install-app',
    'turn-on-backup',
    'choose-account',
    'choose-folders',
    'choose-quality',
  ],
  // Network, background and permissions.
  3: [
    'allow-photos',
    'allow-photo-operations',
    'allow-notifications',
    'allow-background',
    'active-bucket',
    'free-of-optimisation',
    'battery-saver-off',
    'data-saver-exempt',
    'allow-background-data',
    'airplane-mode-off',
    'wifi-on',
    'unmetered-wifi',
    'sign-in-to-network',
    'allow-mobile-data',
    'vpn-off',
    'automatic-clock',
    'auto-sync-on',
  ],
  4: ['clear-cache', 'clear-data'],
  5: ['remove-updates'],
  // By hand.
  6: ['rescan-media', 'run-jobs', 'upload-by-hand'],
  // Restart, account, storage, and what only time or hands can do.
  7: [
    'unlock-phone',
    'cool-down',
    'charge',
    'restart-wifi',
    'restart-phone',
    'add-account',
    'free-space',
    'account-storage',
    // And when nothing helps.
    'back-up-here',
  ],
} as const;

/** One of the seven ways. */
export type Way = keyof typeof FIX_CODES_BY_WAY;

/** A fix. */
export type FixCode = (typeof FIX_CODES_BY_WAY)[Way][number];
