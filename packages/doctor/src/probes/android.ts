import { type AndroidPhone, type Told, told, unrecognised, valueOf } from '@holdfast/devices/android';
import type { AndroidFacts } from '../photos-facts.ts';
import type { Probe } from './probe.ts';

/** What a phone that was looked at says it is. */
function androidFacts({ facts }: Pick<AndroidPhone, 'facts'>): Told<AndroidFacts> {
  const [sdk, release] = [valueOf(facts.sdk), valueOf(facts.release)];
  if (sdk === undefined || release === undefined) return unrecognised('getprop');
  const isUnlocked = valueOf(facts.isUnlocked);
  return told({
    sdk,
    release,
    maker: (valueOf(facts.manufacturer) ?? '').toLowerCase(),
    ...(isUnlocked !== undefined && { isUnlocked }),
  });
}

/** What phone it is: known since it was opened. */
export const androidProbe: Probe<'android'> = {
  name: 'android',
  title: 'The phone',
  asked: () => [['getprop']],
  ask: (phone) => {
    const said = androidFacts(phone);
    const raw =
      said.kind === 'value' ? `Android ${said.value.release} (${said.value.sdk}), ${said.value.maker}` : '';
    return Promise.resolve({ told: said, raw });
  },
};
