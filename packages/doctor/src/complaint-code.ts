/** Every complaint there is about Google Photos on a phone. A code is never renamed. */
export const COMPLAINT_CODES = [
  // The phone and the app.
  'phone-sealed',
  'app-missing',
  'app-removed-for-user',
  'app-disabled',
  'app-hidden',
  'app-suspended',
  'app-stopped',
  // What it is allowed.
  'no-photo-access',
  'selected-photos-only',
  'videos-not-allowed',
  'photos-not-allowed',
  'photo-access-blocked',
  'notifications-blocked',
  // In the background.
  'background-restricted',
  'standby-rare',
  'standby-restricted',
  // Power.
  'battery-saver',
  'battery-low',
  'too-hot',
  // Network.
  'airplane-mode',
  'offline',
  'captive-network',
  'network-not-working',
  'mobile-data-only',
  'metered-wifi',
  'roaming',
  'data-saver',
  'background-data-denied',
  'vpn',
  // Clock.
  'clock-wrong',
  'clock-by-hand',
  // Storage.
  'storage-full',
  'storage-low',
  // Account.
  'no-account',
  'auto-sync-off',
  // Jobs.
  'job-waits-for-network',
  'job-waits-for-charging',
  'job-waits-for-battery',
  'job-waits-for-storage',
  'job-held-back',
  // What the app says itself.
  'says-backup-off',
  'says-signed-out',
  'says-getting-ready',
  'says-waiting-for-sync',
  'says-compressing',
  'says-waiting-for-wifi',
  'says-daily-limit',
  'says-waiting-for-connection',
  'says-waiting-to-charge',
  'says-battery-low',
  'says-too-hot',
  'says-account-full',
  'says-quota-recalculating',
  'says-preview-only',
  // Files.
  'media-unseen',
  'folders-off',
  'files-empty',
  'files-too-large',
  'files-too-many-pixels',
  'files-too-small',
  'files-of-other-types',
  'files-broken',
  'files-pending',
] as const;

/** A complaint about Google Photos on a phone. */
export type ComplaintCode = (typeof COMPLAINT_CODES)[number];
