import { ANDROID_14_FEATURES, type PhoneOptions } from '../phone.ts';
import { type Android, SDK } from './android.ts';
import { androidShell } from './shell/android-shell.ts';
import { lockPhone } from './unlock.ts';

/** What starts a phone of this state: its files, its shell, its name, and the features of its adbd. */
export function phoneOptions(android: Android): PhoneOptions {
  const { release, root, model } = android;
  // AOSP adbd has listed folders in version 2 since Android 11, and sends and receives in version 2 since then.
  const features =
    SDK[release] >= 30 ? ANDROID_14_FEATURES : ['shell_v2', 'cmd', 'stat_v2', 'fixed_push_mkdir'];
  return {
    root,
    model,
    features,
    shell: androidShell(android),
    onReboot: () => lockPhone(android),
  };
}
