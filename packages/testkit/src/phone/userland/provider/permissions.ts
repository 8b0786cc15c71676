import type { Android, Release } from '../android.ts';

/** What the shell lacks, by release (frameworks/base packages/Shell/AndroidManifest.xml of these times). */
const LACKS: Readonly<Record<Release, readonly string[]>> = {
  9: ['READ_CALL_LOG', 'WRITE_CALL_LOG'],
  10: ['READ_CALL_LOG', 'WRITE_CALL_LOG'],
  12: [],
  14: [],
  16: [],
};

/** True when the user `shell` has this permission. */
export const shellHolds = ({ release }: Android, permission: string): boolean =>
  !LACKS[release].includes(permission.replace('android.permission.', ''));
