/**
 * What is behind a simulated phone's shell: files, apps, settings, providers and services of several versions of Android and
 * several vendors, as far as backing up and giving back ask for them. Where outputs have traps, so have these.
 *
 * ```ts
 * const android = samplePhone({ release: 12, vendor: 'samsung', messages: 500 });
 * await using phone = await startPhone(phoneOptions(android));
 * ```
 */
export type { Android, CommandFault, Release, Vendor } from './android.ts';
export { phoneOptions } from './as-phone.ts';
export { makeApk } from './commands/packages/apk.ts';
export {
  GOOGLE_PHOTOS,
  itemsLeft,
  type Mending,
  type PhotosApp,
  type PhotosState,
  PROVOCABLE,
  provoke,
  SCREENS,
  stateOf,
  tick,
} from './photos/index.ts';
export { type SampleOptions, samplePhone } from './sample/sample-phone.ts';
export { NASTY_TEXTS } from './sample/texts.ts';
export { androidShell } from './shell/android-shell.ts';
export { lockPhone, unlockPhone } from './unlock.ts';
