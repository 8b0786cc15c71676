import type { ChangeOf } from './change.ts';
import type { ChangeEntry } from './change-entry.ts';
import { ABSENT, told, unrecognised } from './told.ts';

const LISTED = 'listed';
const ON = 'on';

/** Whether the app is on a list of data saver. */
export const dataSaverList: ChangeEntry<ChangeOf<'data-saver-list'>> = {
  what: ({ list }) =>
    list === 'whitelist' ? 'data although data saver is on' : 'background data forbidden to Google Photos',
  says: (value) => (value === LISTED ? 'yes' : 'no'),
  ask: ({ list }) => ['cmd', 'netpolicy', 'list', `restrict-background-${list}`],
  parse(output, { uid }) {
    const uids = /UIDs: *(none|\d+(?: +\d+)*)\s*$/.exec(output)?.[1];
    if (uids === undefined) return unrecognised(output);
    return told(uids.split(/ +/).includes(String(uid)) ? LISTED : 'not-listed');
  },
  set: ({ list, uid }, value) => [
    'cmd',
    'netpolicy',
    value === LISTED ? 'add' : 'remove',
    `restrict-background-${list}`,
    String(uid),
  ],
};

/** A setting of the whole phone. A value of `null` is one that was never set. */
export const setting: ChangeEntry<ChangeOf<'setting'>> = {
  what: ({ key }) => (key === 'auto_time' ? 'the network sets the clock' : `setting ${key}`),
  says: (value) => ({ [NEVER_SET]: 'never set', '0': 'no', '1': 'yes' })[value] ?? value,
  ask: ({ key }) => ['settings', 'get', 'global', key],
  parse: (output) => parseSetting(output),
  set: ({ key }, value) => setSetting(key, value),
};

/** Battery saver. */
export const batterySaver: ChangeEntry<ChangeOf<'battery-saver'>> = {
  ...onOff('battery saver', 'low_power'),
  set: ({ by }, value) => {
    if (by === 'setting' || value === NEVER_SET)
      return setSetting('low_power', value === ON ? '1' : value === NEVER_SET ? value : '0');
    return ['cmd', 'power', 'set-mode', value === ON ? '1' : '0'];
  },
};

/** Airplane mode; the command is there from Android 11 on. */
export const airplaneMode: ChangeEntry<ChangeOf<'airplane-mode'>> = {
  ...onOff('airplane mode', 'airplane_mode_on'),
  set: (_, value) => ['cmd', 'connectivity', 'airplane-mode', value === ON ? 'enable' : 'disable'],
};

/** Wi-Fi. */
export const wifi: ChangeEntry<ChangeOf<'wifi'>> = {
  ...onOff('Wi-Fi', 'wifi_on'),
  set: (_, value) => ['svc', 'wifi', value === ON ? 'enable' : 'disable'],
};

/** Whether the Wi-Fi in use counts as metered, where a person said so: `none` is as the network itself says. */
export const meteredWifi: ChangeEntry<ChangeOf<'metered-wifi'>> = {
  what: () => 'the Wi-Fi in use counts as metered',
  says: (value) => ({ true: 'yes', false: 'no' })[value] ?? 'as the network says',
  ask: () => ['cmd', 'netpolicy', 'list', 'wifi-networks'],
  parse(output, { ssid }) {
    const rows = output.matchAll(/^(.*);(none|true|false)\r?$/gm).toArray();
    if (rows.length === 0) return output.trim() === '' ? ABSENT : unrecognised(output);
    const own = rows.find(([, name]) => name === ssid || name === `"${ssid}"`)?.[2];
    return own === undefined ? ABSENT : told(own);
  },
  set: ({ ssid }, value) => [
    'cmd',
    'netpolicy',
    'set',
    'metered-network',
    ssid,
    value === 'none' ? 'undefined' : value,
  ],
};

const NEVER_SET = 'null';

function onOff(what: string, key: string): Pick<ChangeEntry, 'what' | 'says' | 'ask' | 'parse' | 'isSame'> {
  return {
    what: () => what,
    says: (value) => (value === NEVER_SET ? 'off, never set' : value),
    ask: () => ['settings', 'get', 'global', key],
    parse(output) {
      const value = parseSetting(output);
      if (value.kind !== 'value') return value;
      const { value: text } = value;
      if (text === NEVER_SET) return value;
      // Of Wi-Fi, 2 is on in spite of airplane mode (`Settings.Global.WIFI_ON`), 3 off because of it.
      return /^[0-3]$/.test(text) ? told(text === '1' || text === '2' ? ON : 'off') : unrecognised(output);
    },
    isSame: (now, wanted) => now === wanted || (now !== ON && wanted !== ON),
  };
}

function parseSetting(output: string): ReturnType<ChangeEntry['parse']> {
  const text = output.trim();
  return /^[\w.-]{1,64}$/.test(text) ? told(text) : unrecognised(output);
}

const setSetting = (key: string, value: string): readonly string[] =>
  value === NEVER_SET ? ['settings', 'delete', 'global', key] : ['settings', 'put', 'global', key, value];
