import type { Android } from '../android.ts';
import { SMS } from './messages.ts';
import type { Provider } from './provider.ts';
import { MMS_SMS } from './threads.ts';

const PROVIDERS: Readonly<Record<string, Provider>> = {
  sms: SMS,
  'mms-sms': MMS_SMS,
};

/** The provider of an authority; none answers before the phone was unlocked once. */
export function providerOf({ isUnlocked }: Android, authority: string): Provider | undefined {
  if (!Object.hasOwn(PROVIDERS, authority)) return undefined;
  return isUnlocked || authority === 'settings' ? PROVIDERS[authority] : undefined;
}
