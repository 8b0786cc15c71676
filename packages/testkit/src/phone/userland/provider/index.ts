import type { Android } from '../android.ts';
import { CALENDAR } from './calendar.ts';
import { CALL_LOG } from './calls.ts';
import { CONTACTS_PROVIDER } from './contacts.ts';
import { MEDIA } from './media.ts';
import { SMS } from './messages.ts';
import { MMS } from './multimedia.ts';
import type { Provider } from './provider.ts';
import { SETTINGS } from './settings.ts';
import { MMS_SMS } from './threads.ts';

const PROVIDERS: Readonly<Record<string, Provider>> = {
  call_log: CALL_LOG,
  'com.android.calendar': CALENDAR,
  'com.android.contacts': CONTACTS_PROVIDER,
  media: MEDIA,
  mms: MMS,
  'mms-sms': MMS_SMS,
  settings: SETTINGS,
  sms: SMS,
};

/** The provider of an authority; before the phone was unlocked once, that of settings is the only one that answers. */
export function providerOf({ isUnlocked }: Android, authority: string): Provider | undefined {
  if (!Object.hasOwn(PROVIDERS, authority)) return undefined;
  return isUnlocked || authority === 'settings' ? PROVIDERS[authority] : undefined;
}
