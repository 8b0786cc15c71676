import type { ActiveNetwork, Android } from './android.ts';

/** The network in use, metered as the person has said where they have. */
export function networkNow({ activeNetwork, meteredByPerson }: Android): ActiveNetwork | undefined {
  if (activeNetwork?.ssid === undefined) return activeNetwork;
  const isMetered = meteredByPerson.get(activeNetwork.ssid) ?? activeNetwork.isMetered;
  return { ...activeNetwork, isMetered };
}

/** True while radios are off. */
export const isInFlight = ({ settings }: Android): boolean => settings.global.get('airplane_mode_on') === '1';

/** Takes the network away, or gives it back, as whoever switches airplane mode does. */
export function setAirplaneMode(android: Android, isOn: boolean): void {
  if (isOn !== isInFlight(android)) swap(android, isOn);
  android.settings.global.set('airplane_mode_on', isOn ? '1' : '0');
}

/** Takes Wi-Fi away, or gives it back. */
export function setWifi(android: Android, isOn: boolean): void {
  const wasOn = android.settings.global.get('wifi_on') !== '0';
  const isOurs = isOn ? android.activeNetwork === undefined : android.activeNetwork?.transport === 'WIFI';
  if (isOn !== wasOn && isOurs && !isInFlight(android)) swap(android, !isOn);
  android.settings.global.set('wifi_on', isOn ? '1' : '0');
}

function swap(android: Android, isGone: boolean): void {
  if (isGone) android.networkWithout = android.activeNetwork;
  android.activeNetwork = isGone ? undefined : android.networkWithout;
}
