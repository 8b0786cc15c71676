import { type Android, isShut, type SavedNetwork, SDK } from '../../android.ts';
import type { Call } from '../../call.ts';
import { securityException } from '../../java.ts';
import { networkNow } from '../../networks.ts';

/** `cmd wifi status|list-networks`, which there is from Android 11 on. */
export async function wifi(call: Call, [verb = '']: readonly string[]): Promise<number> {
  const { android, print } = call;
  if (SDK[android.release] < 30) {
    await call.complain('cmd: Failure calling service wifi: Failed transaction (2147483646)\n');
    return 1;
  }
  if (verb === 'list-networks') {
    if (android.savedNetworks.length === 0) await print('No networks\n');
    else await print(`Network Id      SSID                         Security type\n`);
    for (const each of android.savedNetworks) await print(networkLine(each));
    return 0;
  }
  if (verb !== 'status') {
    await print(`Unknown command: ${verb}\n`);
    return 255;
  }
  await print(statusOf(android));
  return 0;
}

/** Columns of 16 and 32 characters at least; a long name fills its own (AOSP WifiShellCommand.java). */
const networkLine = ({ id, ssid, security }: SavedNetwork): string =>
  `${String(id).padEnd(12)} ${ssid.padEnd(32)} ${security.padEnd(4)}\n`;

function statusOf(android: Android): string {
  const { settings, release } = android;
  const activeNetwork = networkNow(android);
  if (settings.global.get('wifi_on') !== '1')
    return 'Wifi is disabled\nWifi scanning is only available when wifi is enabled\n';
  const head =
    'Wifi is enabled\nWifi scanning is only available when wifi is enabled\n==== ClientModeManager instance: ConcreteClientModeManager{id=71 iface=wlan0 role=ROLE_CLIENT_PRIMARY} ====\n';
  const ssid = activeNetwork?.transport === 'WIFI' ? activeNetwork.ssid : undefined;
  if (ssid === undefined || activeNetwork === undefined) return `${head}Wifi is not connected\n`;
  const hint = release >= 14 ? `, Metered hint: ${activeNetwork.isMetered}` : '';
  return `${head}Wifi is connected to "${ssid}"\nWifiInfo: SSID: "${ssid}", BSSID: 02:00:00:00:01:00, MAC: 02:00:00:00:00:00, IP: /192.0.2.23, Security type: 2, Supplicant state: COMPLETED, RSSI: -51, Link speed: 516Mbps, Frequency: 5180MHz, Net ID: 0${hint}, score: 60, isUsable: true, Requesting package name: <none>"${ssid}"wpa2-pskMLO Information: none\nsuccessfulTxPackets: 1083\n`;
}

/** `cmd netpolicy get|set|list|add|remove …`; the lists hold UIDs. */
export async function netpolicy(
  call: Call,
  [verb = '', what = '', value = '', last = '']: readonly string[],
): Promise<number> {
  const { android, print } = call;
  const { dataSaver } = android;
  const uids = what.endsWith('blacklist') ? dataSaver.denied : dataSaver.allowed;
  const kind = what.endsWith('blacklist') ? 'blacklisted' : 'whitelisted';
  if (['set', 'add', 'remove'].includes(verb) && isShut(android))
    throw securityException('MANAGE_NETWORK_POLICY: Neither user 2000 nor current process has it.');
  switch (`${verb} ${what}`) {
    case 'get restrict-background':
      await print(`Restrict background status: ${dataSaver.isOn ? 'enabled' : 'disabled'}\n`);
      return 0;
    case 'set restrict-background':
      dataSaver.isOn = value === 'true';
      return 0;
    case 'list restrict-background-whitelist':
    case 'list restrict-background-blacklist':
      await print(
        `Restrict background ${kind} UIDs: ${uids.size === 0 ? 'none\n' : [...uids].map((uid) => `${uid} `).join('')}\n`,
      );
      return 0;
    case 'add restrict-background-whitelist':
    case 'add restrict-background-blacklist':
      uids.add(Number(value));
      return 0;
    case 'remove restrict-background-whitelist':
    case 'remove restrict-background-blacklist':
      uids.delete(Number(value));
      return 0;
    case 'list wifi-networks':
      for (const { ssid } of android.savedNetworks) {
        const isMetered = android.meteredByPerson.get(ssid);
        await print(`${ssid};${isMetered ?? 'none'}\n`);
      }
      return 0;
    case 'set metered-network':
      if (!android.savedNetworks.some(({ ssid }) => ssid === value)) {
        await call.complain(`Error: didn't find network with SSID ${value}\n`);
        return 255;
      }
      if (last === 'true' || last === 'false') android.meteredByPerson.set(value, last === 'true');
      else android.meteredByPerson.delete(value);
      return 0;
    case 'help ':
      await print(NETPOLICY_HELP);
      return 0;
    default:
      await print(`Unknown command: ${verb}\n`);
      return 255;
  }
}

const NETPOLICY_HELP = `Network policy manager (netpolicy) commands:
  help
    Print this help text.

  add restrict-background-whitelist UID
    Adds a UID to the whitelist for restrict background usage.
  add restrict-background-blacklist UID
    Adds a UID to the blacklist for restrict background usage.
  get restrict-background
    Gets the global restrict background usage status.
  list wifi-networks [true|false]
    Lists all saved wifi networks and whether they are metered or not.
  list restrict-background-whitelist
    Lists UIDs that are whitelisted for restrict background usage.
  list restrict-background-blacklist
    Lists UIDs that are blacklisted for restrict background usage.
  remove restrict-background-whitelist UID
    Removes a UID from the whitelist for restrict background usage.
  remove restrict-background-blacklist UID
    Removes a UID from the blacklist for restrict background usage.
  set metered-network ID [undefined|true|false]
    Toggles whether the given wi-fi network is metered.
  set restrict-background BOOLEAN
    Sets the global restrict background usage status.
`;
