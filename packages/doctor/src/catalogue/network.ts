import { factOf, type NetworkFacts, type PhotosFacts } from '../photos-facts.ts';
import { APP_GONE, entry, when } from './entry.ts';

type Network = Extract<NetworkFacts, { readonly kind: 'network' }>;

/** The network in use, where there is one. */
function networkIn(facts: PhotosFacts): Network | undefined {
  const network = factOf(facts, 'network');
  return network?.kind === 'network' ? network : undefined;
}

/** The network, where it is so. */
const networkThat =
  (isSo: (network: Network) => boolean) =>
  (facts: PhotosFacts): Network | undefined => {
    const network = networkIn(facts);
    return network !== undefined && isSo(network) ? network : undefined;
  };

const has = ({ transports }: Network, transport: string): boolean => transports.includes(transport);

const isMobile = (network: Network): boolean =>
  has(network, 'CELLULAR') && !has(network, 'WIFI') && !has(network, 'ETHERNET');

const throughVpn = ({ isVpn }: Network): string =>
  isVpn ? ' A VPN is on, which may be what is in the way.' : '';

/** About the network. */
export const NETWORK_COMPLAINTS = [
  entry({
    code: 'airplane-mode',
    severity: 'blocking',
    title: 'Airplane mode is on',
    // Wi-Fi can be on in airplane mode, and then nothing is amiss.
    seen: (facts) => when(factOf(facts, 'airplane-mode') === true && networkIn(facts) === undefined),
    explain: () => 'In airplane mode the phone has no network, so nothing can be uploaded.',
    fix: () => 'Switch airplane mode off in the quick settings.',
    probes: ['airplane-mode', 'network'],
    fixes: ['airplane-mode-off'],
  }),
  entry({
    code: 'offline',
    severity: 'blocking',
    title: 'The phone has no network',
    seen: (facts) =>
      factOf(facts, 'network')?.kind === 'none' ? { isWifiOff: factOf(facts, 'wifi') === false } : undefined,
    explain: ({ isWifiOff }) =>
      `The phone is connected to no network${isWifiOff ? ', and Wi-Fi is switched off' : ''}. Nothing can be uploaded.`,
    fix: ({ isWifiOff }) =>
      isWifiOff
        ? 'Switch Wi-Fi on and join your network.'
        : 'Join a Wi-Fi network, or go where there is one.',
    hiddenBehind: ['airplane-mode'],
    probes: ['network', 'wifi'],
    fixes: ['wifi-on', 'restart-wifi'],
  }),
  entry({
    code: 'captive-network',
    severity: 'blocking',
    title: 'The Wi-Fi wants you to sign in',
    seen: networkThat(({ isCaptive, isValidated }) => isCaptive && !isValidated),
    explain: () =>
      'The phone is on a Wi-Fi that asks for a sign-in first, as in hotels and cafés. Until then no app gets through.',
    fix: () => 'Tap the phone’s “Sign in to network” notification, or use another Wi-Fi.',
    probes: ['network'],
    fixes: ['sign-in-to-network'],
  }),
  entry({
    code: 'network-not-working',
    severity: 'blocking',
    title: 'The network does not reach the internet',
    seen: networkThat(({ isCaptive, isValidated }) => !isValidated && !isCaptive),
    explain: (network) =>
      `The phone is connected, but it did not reach the internet that way.${throughVpn(network)}`,
    fix: ({ isVpn }) =>
      isVpn
        ? 'Switch the VPN off and look again; if that helps, ask for the app to be left out of it.'
        : 'Restart the Wi-Fi router, or use another network.',
    hiddenBehind: ['clock-wrong'],
    probes: ['network'],
    fixes: ['restart-wifi', 'vpn-off', 'restart-phone'],
  }),
  entry({
    code: 'roaming',
    severity: 'warning',
    title: 'The phone is roaming',
    seen: networkThat(({ isRoaming }) => isRoaming),
    explain: () =>
      'The phone uses another country’s mobile network. Google Photos does not back up while roaming.',
    fix: () => 'Connect the phone to Wi-Fi.',
    probes: ['network'],
    fixes: ['wifi-on'],
  }),
  entry({
    code: 'mobile-data-only',
    severity: 'warning',
    title: 'The phone is not on Wi-Fi',
    seen: networkThat((network) => isMobile(network) && network.isValidated),
    explain: () =>
      'The phone is on mobile data. Google Photos waits for Wi-Fi unless you allowed it to use mobile data.',
    fix: () =>
      'Connect the phone to Wi-Fi. Or allow mobile data in Google Photos → your picture → Photos settings → Backup → Mobile data usage; it may cost.',
    hiddenBehind: ['roaming'],
    probes: ['network', 'wifi'],
    fixes: ['wifi-on', 'allow-mobile-data'],
  }),
  entry({
    code: 'metered-wifi',
    severity: 'warning',
    title: 'The phone takes its Wi-Fi for one that costs',
    seen: networkThat((network) => network.isMetered && !isMobile(network) && network.isValidated),
    explain: (network) =>
      `The phone is on Wi-Fi but treats it as metered, like mobile data. Google Photos then says “Waiting for Wi-Fi”, though it is on Wi-Fi.${throughVpn(network)}`,
    fix: () => 'Settings → Wi-Fi → your network → Network usage → Treat as unmetered.',
    probes: ['network'],
    fixes: ['unmetered-wifi', 'vpn-off'],
  }),
  entry({
    code: 'background-data-denied',
    severity: 'warning',
    title: 'Google Photos may not use mobile data in the background',
    seen: (facts) => {
      const app = factOf(facts, 'app');
      return when(app && factOf(facts, 'data-saver')?.denied.includes(app.uid));
    },
    explain: () =>
      'Background data is switched off for Google Photos: on a network that counts data it uploads only while you look at it.',
    fix: () =>
      'Settings → Apps → Google Photos → Mobile data & Wi-Fi → Background data. It can be done from here.',
    hiddenBehind: APP_GONE,
    probes: ['data-saver', 'app'],
    fixes: ['allow-background-data'],
  }),
  entry({
    code: 'data-saver',
    severity: 'warning',
    title: 'Data saver is on, and Google Photos is not exempt',
    seen: (facts) => {
      const [app, saver] = [factOf(facts, 'app'), factOf(facts, 'data-saver')];
      return when(app && saver?.isOn === true && !saver.allowed.includes(app.uid));
    },
    explain: () =>
      'On a network that counts data, apps that are not exempt upload only while you look at them.',
    fix: () =>
      'Settings → Network & internet → Data Saver → Unrestricted data → Google Photos. It can be done from here.',
    hiddenBehind: APP_GONE,
    probes: ['data-saver', 'app'],
    fixes: ['data-saver-exempt'],
  }),
  entry({
    code: 'vpn',
    severity: 'info',
    title: 'A VPN is on',
    seen: networkThat(({ isVpn, isValidated }) => isVpn && isValidated),
    explain: () =>
      'It works, but some make uploads slow, or have the phone take its Wi-Fi for one that costs.',
    fix: () => 'If photos stay stuck, switch the VPN off for an hour and see.',
    probes: ['network'],
    fixes: ['vpn-off'],
  }),
];
