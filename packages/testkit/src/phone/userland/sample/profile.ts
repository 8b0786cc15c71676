import { type Android, type Release, SDK, type SettingsTable, type Vendor } from '../android.ts';

/** What a phone of each vendor says it is. */
const MAKES: Readonly<
  Record<Vendor, { brand: string; model: string; device: string; extra: [string, string][] }>
> = {
  aosp: { brand: 'google', model: 'Pixel 8', device: 'shiba', extra: [] },
  samsung: {
    brand: 'samsung',
    model: 'SM-S918B',
    device: 'dm3q',
    extra: [
      ['ro.build.version.oneui', '60101'],
      ['ro.csc.sales_code', 'EUX'],
    ],
  },
  xiaomi: {
    brand: 'Xiaomi',
    model: '2201117TG',
    device: 'spes',
    extra: [
      ['ro.miui.ui.version.name', 'V140'],
      ['ro.miui.ui.version.code', '14'],
    ],
  },
};

export const modelOf = (vendor: Vendor): string => MAKES[vendor].model;

/** System properties, some of the hundreds a phone has. */
export function propertiesOf(
  release: Release,
  vendor: Vendor,
  serial: string,
  locale: string,
): Map<string, string> {
  const { brand, model, device, extra } = MAKES[vendor];
  const hasSpaces = `${brand}/${device}/${device}:${release}/SIM.250101.001/1:user/release-keys`;
  return new Map([
    ['dev.bootcomplete', '1'],
    ['gsm.operator.alpha', 'Holdfast Mobile'],
    ['gsm.sim.state', 'LOADED'],
    ['persist.sys.locale', locale],
    ['persist.sys.timezone', 'Europe/Lisbon'],
    ['ro.boot.hardware', device],
    ['ro.boot.serialno', serial],
    ['ro.build.characteristics', 'nosdcard'],
    ['ro.build.date.utc', '1735689600'],
    ['ro.build.fingerprint', hasSpaces],
    ['ro.build.type', 'user'],
    ['ro.build.version.release', String(release)],
    ['ro.build.version.sdk', String(SDK[release])],
    ['ro.build.version.security_patch', '2026-02-05'],
    ['ro.crypto.state', 'encrypted'],
    ['ro.crypto.type', 'file'],
    ['ro.debuggable', '0'],
    ['ro.product.brand', brand],
    ['ro.product.cpu.abi', 'arm64-v8a'],
    ['ro.product.device', device],
    ['ro.product.manufacturer', brand === 'google' ? 'Google' : brand],
    ['ro.product.model', model],
    ['ro.product.name', device],
    ['ro.serialno', serial],
    ['sys.boot_completed', '1'],
    ['sys.user.0.ce_available', 'true'],
    ...extra,
  ]);
}

/** Settings, among them an empty one and one of two lines. */
export function settingsOf(vendor: Vendor): Record<SettingsTable, Map<string, string>> {
  return {
    system: new Map([
      ['screen_brightness', '128'],
      ['screen_off_timeout', '60000'],
      ['accelerometer_rotation', '1'],
      ['font_scale', '1.15'],
      ['ringtone', 'content://media/internal/audio/media/42?title=Tide&canonical=1'],
      ['time_12_24', '24'],
      ...(vendor === 'samsung' ? ([['edge_lighting', '1']] as const) : []),
    ]),
    secure: new Map([
      ['android_id', '5a1e0f00c0ffee11'],
      ['default_input_method', 'org.example.keys/.Keyboard'],
      ['enabled_notification_listeners', ''],
      ['location_mode', '3'],
      ['lock_screen_owner_info', 'If found, call\n+351 210 000 000'],
      ['user_setup_complete', '1'],
    ]),
    global: new Map([
      ['adb_enabled', '1'],
      ['airplane_mode_on', '0'],
      ['auto_time', '1'],
      ['device_name', MAKES[vendor].model],
      ['development_settings_enabled', '1'],
      ['low_power', '0'],
      ['stay_on_while_plugged_in', '0'],
      ['wifi_on', '1'],
    ]),
  };
}

/** A phone at rest on a charger, at home. */
export const HABITS: Pick<Android, 'battery' | 'activeNetwork' | 'savedNetworks' | 'accounts'> = {
  battery: { level: 83, scale: 100, status: 2, plugged: 'USB', temperature: 287 },
  activeNetwork: { transport: 'WIFI', ssid: 'Tide, House', isMetered: false, isValidated: true },
  savedNetworks: [
    { id: 0, ssid: 'Tide, House', security: 'wpa2-psk' },
    { id: 0, ssid: 'Tide, House', security: 'wpa3-sae^' },
    { id: 3, ssid: '.Café "Lua"', security: 'open' },
    { id: 4, ssid: 'A name of thirty-two characters', security: 'wpa2-psk' },
    { id: 7, ssid: 'Office', security: 'wpa2-eap' },
  ],
  accounts: [{ name: 'ana@example.org', type: 'com.google' }],
};
