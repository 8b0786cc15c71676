import { type ActiveNetwork, type Android, SDK } from '../../android.ts';
import type { Call } from '../../call.ts';
import { isInFlight, networkNow } from '../../networks.ts';
import { isHot } from '../../photos/app.ts';
import { jobLines } from '../../photos/jobs.ts';
import { notificationLines } from '../../photos/notification.ts';
import { idleLines } from '../services/idle.ts';

type Dump = (call: Call) => Promise<number>;

/** A dump that prints lines of the phone's state. */
const lines =
  (of: (android: Android, name: string) => readonly string[]): Dump =>
  async ({ android, args, print }) => {
    await print(`${of(android, args[1] ?? '').join('\n')}\n`);
    return 0;
  };

const account = lines(({ accounts }) => [
  'User UserInfo{0:Ana:c13}:',
  `  Accounts: ${accounts.length}`,
  ...accounts.map(({ name, type }) => `    Account {name=${name}, type=${type}}`),
  '',
  '  AccountId, Action_Type, timestamp, UID, TableName, Key',
  '  Accounts History',
  '',
  '  Active Sessions: 0',
  '',
  '  RegisteredServicesCache: 2 services',
  '    ServiceInfo: AuthenticatorDescription {type=com.google}, ComponentInfo{com.google.android.gms/.auth.Authenticator}, uid 10104',
]);

const content = lines(({ isAutoSyncOn, vendor, settings, dataSaver }) => [
  'Data connected: true',
  `Battery saver: ${settings.global.get('low_power') === '1'}`,
  `Background network restriction: ${dataSaver.isOn ? 'enabled' : 'disabled'}`,
  `${vendor === 'samsung' ? 'auto sync' : 'Auto sync'}: u0=${isAutoSyncOn}`,
  'Memory low: false',
  'Device idle: false',
  '',
  'Active Syncs: 0',
]);

/** Bounded by the release: the order of fields is another one since Android 12. */
const connectivity = lines((android) => {
  const network = networkNow(android);
  const isOnMobile = network?.transport === 'CELLULAR' || isInFlight(android);
  const agents = [
    ...(network === undefined ? [] : [agent(android, 100, network)]),
    ...(isOnMobile ? [] : [agent(android, 101, CELLULAR)]),
  ];
  const active = `Active default network: ${network === undefined ? 'none' : 100}`;
  const list = ['Current Networks:', ...agents.map((each) => `  ${each}`)];
  return SDK[android.release] >= 31
    ? [...list, active]
    : ['NetworkProviders for: ConnectivityService', active, '', ...list];
});

const CELLULAR: ActiveNetwork = { transport: 'CELLULAR', isMetered: true, isValidated: true };

function agent(
  { release }: Android,
  id: number,
  { transport, ssid, isMetered, isValidated, isCaptive = false, isRoaming = false }: ActiveNetwork,
): string {
  const capabilities = [
    ...(isMetered ? [] : ['NOT_METERED']),
    'INTERNET',
    'NOT_RESTRICTED',
    'TRUSTED',
    ...(transport === 'VPN' ? [] : ['NOT_VPN']),
    ...(isValidated ? ['VALIDATED'] : []),
    ...(isCaptive ? ['CAPTIVE_PORTAL'] : []),
    ...(isRoaming ? [] : ['NOT_ROAMING']),
  ].join('&');
  const link = `lp{{InterfaceName: ${transport === 'CELLULAR' ? 'rmnet0' : 'wlan0'} LinkAddresses: [ 192.0.2.23/24 ] DnsAddresses: [ /192.0.2.1 ] MTU: 1500}}`;
  const able = `nc{[ Transports: ${transport === 'VPN' ? 'WIFI|VPN' : transport} Capabilities: ${capabilities} LinkUpBandwidth>=40000Kbps]}`;
  if (SDK[release] >= 31)
    return `NetworkAgentInfo{network{${id}}  handle{${id * 4294967296}}  ni{${transport} CONNECTED extra: } ${link} ${able}}`;
  const extra = ssid === undefined ? '(none)' : `"${ssid}"`;
  return `NetworkAgentInfo{ ni{[type: ${transport}[], state: CONNECTED/CONNECTED, reason: (unspecified), extra: ${extra}, failover: false, available: true, roaming: false]}  network{${id}}  nethandle{${id * 4294967296}}  ${link}  ${able}  Score{60}}`;
}

const diskstats = lines(({ storageBytes, root }) => {
  const kib = (bytes: number): number => Math.floor(bytes / 1024);
  const free = root.room?.bytes ?? storageBytes;
  return [
    'Latency: 1ms [512B Data Write]',
    'Recent Disk Write Speed (kB/s) = 64311',
    `Data-Free: ${kib(free)}K / ${kib(storageBytes)}K total = ${Math.floor((100 * free) / storageBytes)}% free`,
    'Cache-Free: 385464K / 396716K total = 97% free',
    'System-Free: 0K / 3000000K total = 0% free',
    'File-based Encryption: true',
  ];
});

const deviceidle = lines((android) => [
  '  Settings:',
  '    light_after_inactive_to=+4m0s0ms',
  '  Whitelist user apps:',
  ...idleLines(android)
    .filter((line) => line.startsWith('user,'))
    .map((line) => `    ${line.split(',')[1] ?? ''}`),
  '  mLightEnabled=true  mDeepEnabled=true',
  `  mScreenOn=true`,
  `  mScreenLocked=${android.isScreenLocked}`,
  '  mState=ACTIVE mLightState=ACTIVE',
]);

const jobscheduler: Dump = async ({ android, args, print }) => {
  const name = args.slice(1).find((word) => !word.startsWith('-'));
  await print(`${jobLines(android, name).join('\n')}\n`);
  return 0;
};

const notification: Dump = async ({ android, args, print }) => {
  await print(`${notificationLines(android, !args.includes('--noredact')).join('\n')}\n`);
  return 0;
};

const user = lines(({ isUnlocked }) => [
  'Current user: 0',
  'Users:',
  '  UserInfo{0:Ana:c13} serialNo=0 isPrimary=true',
  '    Type: android.os.usertype.full.SYSTEM',
  `    State: ${isUnlocked ? 'RUNNING_UNLOCKED' : 'RUNNING_LOCKED'}`,
]);

const window = lines(({ isScreenLocked, isScreenOn, inFront }) => [
  'WINDOW MANAGER POLICY STATE (dumpsys window policy)',
  `    mAwake=${isScreenOn}`,
  `    mDreamingLockscreen=${isScreenLocked}`,
  '  KeyguardServiceDelegate',
  `    showing=${isScreenLocked}`,
  `    inputRestricted=${isScreenLocked}`,
  `    screenState=SCREEN_STATE_${isScreenOn ? 'ON' : 'OFF'}`,
  `  mCurrentFocus=Window{8a1f2c u0 ${isScreenLocked ? 'NotificationShade' : `${inFront.split(' ')[0]}/.MainActivity`}}`,
]);

const power = lines(({ isScreenOn, settings }) => [
  'POWER MANAGER (dumpsys power)',
  '',
  'Power Manager State:',
  `  mWakefulness=${isScreenOn ? 'Awake' : 'Asleep'}`,
  `  mIsPowered=true`,
  '',
  'Display Power: state=' + (isScreenOn ? 'ON' : 'OFF'),
  `  mLowPowerModeEnabled=${settings.global.get('low_power') === '1'}`,
]);

/** There from Android 10 on; the status is 3 (severe) where no app should do heavy work. */
const thermalservice = lines((android) => {
  const status = isHot(android) ? 3 : 0;
  const degrees = android.battery.temperature / 10;
  return [
    'IsStatusOverride: false',
    'ThermalEventListeners:',
    '\tcallbacks: 2',
    `Thermal Status: ${status}`,
    'Cached temperatures:',
    `\tTemperature{mValue=${degrees}, mType=2, mName=battery, mStatus=${status}}`,
    `\tTemperature{mValue=${degrees + 2}, mType=3, mName=skin, mStatus=${status}}`,
    'HAL Ready: true',
  ];
});

/** What is dumped out of plain state, by service. */
export const STATE_DUMPS: Readonly<Record<string, Dump>> = {
  account,
  content,
  connectivity,
  diskstats,
  deviceidle,
  jobscheduler,
  user,
  window,
  notification,
  power,
  thermalservice,
};
