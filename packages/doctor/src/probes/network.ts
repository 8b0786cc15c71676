import { type Told, told, unrecognised, valueOf } from '@holdfast/devices/android';
import type { DataSaverFacts, NetworkFacts } from '../photos-facts.ts';
import { commandProbe } from './command-probe.ts';
import { OFF_OR_ON, parseSwitch } from './switches.ts';

/** Whether radios are off. */
export const airplaneProbe = commandProbe({
  name: 'airplane-mode',
  title: 'Airplane mode',
  commands: () => [['settings', 'get', 'global', 'airplane_mode_on']],
  parse: ([output = '']) => parseSwitch(output, OFF_OR_ON),
});

/** On, on in airplane mode; off, off because of airplane mode (AOSP `WifiSettingsStore.java`). */
const WIFI = { '0': false, '1': true, '2': true, '3': false };

/** Whether Wi-Fi is switched on. */
export const wifiProbe = commandProbe({
  name: 'wifi',
  title: 'Wi-Fi switch',
  commands: () => [['settings', 'get', 'global', 'wifi_on']],
  parse: ([output = '']) => parseSwitch(output, WIFI),
});

const LIST = /^Restrict background \w*listed UIDs: *(none|[\d ]*?) *$/m;

/** The user ids in a list of data saver's; `undefined` for what is no such list. */
export function uidsIn(output: string): readonly number[] | undefined {
  const list = output.endsWith('\n') ? LIST.exec(output.replaceAll('\r\n', '\n'))?.[1] : undefined;
  if (list === undefined || list === '') return undefined;
  return list === 'none' ? [] : list.split(/ +/).map(Number);
}

/** What three questions to `cmd netpolicy` say: the switch, those it spares, and those that never may. */
export function parseDataSaver(
  status: string,
  allowedList: string,
  deniedList: string,
): Told<DataSaverFacts> {
  const isOn = /^Restrict background status: (enabled|disabled)\r?\n/m.exec(status)?.[1];
  const [allowed, denied] = [uidsIn(allowedList), uidsIn(deniedList)];
  if (isOn === undefined || allowed === undefined || denied === undefined)
    return unrecognised(`${status}${allowedList}${deniedList}`);
  return told({ isOn: isOn === 'enabled', allowed, denied });
}

/** Data saver and its two lists. */
export const dataSaverProbe = commandProbe({
  name: 'data-saver',
  title: 'Data saver',
  commands: () => [
    ['cmd', 'netpolicy', 'get', 'restrict-background'],
    ['cmd', 'netpolicy', 'list', 'restrict-background-whitelist'],
    ['cmd', 'netpolicy', 'list', 'restrict-background-blacklist'],
  ],
  parse: ([status = '', allowed = '', denied = '']) => parseDataSaver(status, allowed, denied),
});

const ABLE = /nc\{\[ ?Transports: ([A-Z_|]+) Capabilities: ([A-Z0-9_&]+)(?=[ \]])/;

/** The line of the default network from its number on: names of networks, which may hold anything, come before or far behind. */
function agentOf(output: string, id: string): RegExpExecArray | undefined {
  for (const line of output.split(/\r?\n/)) {
    if (!line.includes('NetworkAgentInfo')) continue;
    for (
      let at = line.lastIndexOf(`network{${id}}`);
      at >= 0;
      at = line.lastIndexOf(`network{${id}}`, at - 1)
    ) {
      const able = ABLE.exec(line.slice(at));
      if (able !== null) return able;
      if (at === 0) break;
    }
  }
  return undefined;
}

/** Android 9: from here on it is said of every network that does not roam. */
const SAYS_ROAMING = 28;

/** The default network in `dumpsys connectivity`, whose number may stand before or after the list it is in. */
export function parseNetwork(output: string, sdk: number | undefined): Told<NetworkFacts> {
  const active = /^ *Active default network: (none|\d{1,9})\r?\n/m.exec(output)?.[1];
  if (active === undefined) return unrecognised(output);
  if (active === 'none') return told({ kind: 'none' });
  const [, transportText, capabilityText] = agentOf(output, active) ?? [];
  if (transportText === undefined || capabilityText === undefined) return unrecognised(output);
  const transports = transportText.split('|');
  const has = new Set(capabilityText.split('&'));
  const isMobile = transports.length === 1 && transports[0] === 'CELLULAR';
  return told({
    kind: 'network',
    transports,
    isMetered: !has.has('NOT_METERED') && !has.has('TEMPORARILY_NOT_METERED'),
    isValidated: has.has('VALIDATED'),
    isVpn: transports.includes('VPN') || !has.has('NOT_VPN'),
    isCaptive: has.has('CAPTIVE_PORTAL'),
    isRoaming: isMobile && (sdk ?? 0) >= SAYS_ROAMING && !has.has('NOT_ROAMING'),
  });
}

/** The network that apps use now. */
export const networkProbe = commandProbe({
  name: 'network',
  title: 'Network',
  commands: () => [['dumpsys', 'connectivity']],
  parse: ([output = ''], { facts }) => parseNetwork(output, valueOf(facts.sdk)),
  worth: (output) =>
    [
      ...(output.match(/^ *Active default network: .*$/gm) ?? []).slice(0, 1),
      ...[...output.matchAll(new RegExp(ABLE, 'g'))].slice(0, 8).map(([able]) => able),
      '',
    ].join('\n'),
});
