import type { Told } from '@holdfast/devices/android';
import { parseAccounts, parseAutoSync } from '#probes/accounts.ts';
import { parseApp } from '#probes/app.ts';
import { parseAppScreen } from '#probes/app-screen.ts';
import { parseBackground, parseExemption, parseStandbyBucket } from '#probes/background.ts';
import { parseJobs } from '#probes/jobs.ts';
import { parseDataSaver, parseNetwork } from '#probes/network.ts';
import { parseNotification } from '#probes/notification.ts';
import { parseAppOps, parsePermissions } from '#probes/permissions.ts';
import { parseHeat, parsePower } from '#probes/power.ts';
import { parseScreen } from '#probes/screen.ts';
import { OFF_OR_ON, parseSwitch } from '#probes/switches.ts';
import { parseTools } from '#probes/tools.ts';
import { WIFI } from './facts.ts';

/** An output as phones print it, and who reads it. */
export interface PrintedOutput {
  readonly name: string;
  readonly text: string;
  readonly parse: (text: string) => Told<unknown>;
  /** What it says. */
  readonly value: unknown;
  /** True where a list is printed that says nowhere how long it is: how the command ended tells whether it is whole. */
  readonly isOpenList?: true;
}

const P = 'com.google.android.apps.photos';

const DUMP = `Activity Resolver Table:
  Non-Data Actions:
      android.intent.action.MAIN:
        71fe3a0 ${P}/.home.HomeActivity filter 8ee1a2c

Packages:
  Package [${P}] (5c3d1fe):
    appId=10105
    pkg=Package{5c3d1fe ${P}}
    versionCode=49123456 minSdk=26 targetSdk=34
    versionName=6.72.0.612345678
    splits=[base, config.arm64_v8a]
    flags=[ SYSTEM HAS_CODE ALLOW_CLEAR_USER_DATA UPDATED_SYSTEM_APP ALLOW_BACKUP ]
    requested permissions:
      android.permission.READ_MEDIA_IMAGES
      android.permission.READ_MEDIA_VIDEO
      android.permission.READ_MEDIA_VISUAL_USER_SELECTED
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: ceDataInode=131105 installed=true hidden=false suspended=false distractionFlags=0 stopped=true notLaunched=false enabled=3 instant=false virtual=false
      gids=[3003]
      runtime permissions:
        android.permission.READ_MEDIA_IMAGES: granted=false, flags=[ USER_SET]
        android.permission.READ_MEDIA_VIDEO: granted=false, flags=[ USER_SET]
        android.permission.READ_MEDIA_VISUAL_USER_SELECTED: granted=true, flags=[ USER_SET]
    User 10: ceDataInode=9 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0 instant=false virtual=false
      runtime permissions:
        android.permission.READ_MEDIA_IMAGES: granted=true

Hidden system packages:
  Package [${P}] (77aa):
    appId=10105
    versionName=1.0-as-shipped
    User 0: installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0

`;

const able = (transports: string, capabilities: string): string =>
  `nc{[ Transports: ${transports} Capabilities: ${capabilities} LinkUpBandwidth>=40000Kbps]}`;
const CALM = 'NOT_METERED&INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&VALIDATED&NOT_ROAMING';

const record = (title: string, text: string): string => `Current Notification Manager state:
  Notification List:
    NotificationRecord(0x0aa: pkg=org.example.mail user=UserHandle{0} id=1 tag=null importance=3 key=0|org.example.mail|1|null|10200: Notification(channel=a))
      extras={
          android.title=String (Backup is off)
      }
    NotificationRecord(0x0bb: pkg=${P} user=UserHandle{0} id=7 tag=null importance=2 key=0|${P}|7|null|10105: Notification(channel=b))
      uid=10105 userId=0
      extras={
          android.title=String (${title})
          android.progress=Integer (3)
          android.text=SpannableString (${text})
          android.progressMax=Integer (20)
      }
  mArchive=Archive (1 notifications)
    NotificationRecord(0x0cc: pkg=${P} user=UserHandle{0} id=8 tag=null
          android.title=String (Too hot)
`;

const node = (id: string, text: string, more = ''): string =>
  `<node index="0" text="${text}" resource-id="${P}:id/${id}" class="android.view.View" package="${P}" content-desc="" checked="false"${more} />`;

/** One or more outputs for every parser of text. */
export const OUTPUTS: readonly PrintedOutput[] = [
  {
    name: 'the app',
    text: DUMP,
    parse: (text) => parseApp(text, `package:/data/app/${P}/base.apk\n`),
    value: {
      versionName: '6.72.0.612345678',
      versionCode: '49123456',
      uid: 10_105,
      isSystem: true,
      isUpdated: true,
      isInstalled: true,
      isHidden: false,
      isSuspended: false,
      isStopped: true,
      enabled: 3,
    },
  },
  {
    name: 'permissions',
    text: DUMP,
    parse: (text) => parsePermissions(text, 34),
    value: {
      access: 'selected',
      granted: {
        'android.permission.READ_MEDIA_IMAGES': false,
        'android.permission.READ_MEDIA_VIDEO': false,
        'android.permission.READ_MEDIA_VISUAL_USER_SELECTED': true,
      },
    },
  },
  {
    name: 'operations',
    text: `Uid mode: READ_MEDIA_IMAGES: ignore\nREAD_MEDIA_IMAGES: allow; time=+26m9s164ms ago\nMIUIOP(10017): ask\n`,
    parse: parseAppOps,
    value: { READ_MEDIA_IMAGES: 'ignore', 'MIUIOP(10017)': 'ask' },
    isOpenList: true,
  },
  {
    name: 'running in the background',
    text: 'RUN_ANY_IN_BACKGROUND: ignore; time=+1m2s\n',
    parse: (text) => parseBackground(text, 'RUN_ANY_IN_BACKGROUND'),
    value: 'ignore',
  },
  { name: 'a standby bucket', text: '40\n', parse: parseStandbyBucket, value: 40 },
  {
    name: 'battery optimisation',
    text: `system-excidle,com.google.android.apps.messaging,10123\nuser,${P},10145\n`,
    parse: parseExemption,
    value: { isExempt: true },
    isOpenList: true,
  },
  { name: 'a switch', text: '1\n', parse: (text) => parseSwitch(text, OFF_OR_ON), value: true },
  {
    name: 'the battery',
    text: 'Current Battery Service state:\n  AC powered: false\n  USB powered: true\n  status: 2\n  level: 40\n  scale: 50\n  temperature: 300\n',
    parse: (text) => parsePower(text),
    value: { percent: 80, isCharging: true, celsius: 30 },
    // Its lines are few, and each may be missing on some phone.
    isOpenList: true,
  },
  {
    name: 'heat',
    text: 'IsStatusOverride: false\nThermalEventListeners:\n\tcallbacks: 2\nThermal Status: 3\nCached temperatures:\n',
    parse: parseHeat,
    value: 3,
  },
  {
    name: 'data saver',
    text: 'Restrict background status: enabled\n',
    parse: (text) =>
      parseDataSaver(
        text,
        'Restrict background whitelisted UIDs: 10112 10234 1000 \n',
        'Restrict background blacklisted UIDs: none\n\n',
      ),
    value: { isOn: true, allowed: [10_112, 10_234, 1000], denied: [] },
  },
  {
    name: 'the network of Android 12 and later',
    text: `Current Networks:
  NetworkAgentInfo{network{100}  handle{432902426637}  ni{WIFI CONNECTED extra: } lp{{InterfaceName: wlan0}}  ${able('WIFI', CALM)}}
  NetworkAgentInfo{network{101}  handle{1}  ni{MOBILE[LTE] CONNECTED extra: } ${able('CELLULAR', 'INTERNET&NOT_VPN')}}
Active default network: 100
`,
    parse: (text) => parseNetwork(text, 34),
    value: WIFI,
  },
  {
    name: 'the network of Android 10',
    text: `NetworkProviders for: ConnectivityService
Active default network: 100

Current Networks:
  NetworkAgentInfo{ ni{[type: WIFI[], state: CONNECTED/CONNECTED, extra: "network{100} nc{[ Transports: A C", roaming: false]}  network{100}  nethandle{1}  ${able('WIFI', CALM)}  Score{60}}
`,
    parse: (text) => parseNetwork(text, 29),
    value: WIFI,
  },
  {
    name: 'accounts',
    text: `User UserInfo{0:Ana: Accounts: 0:c13}:
  Accounts: 2
    Account {name=ana, type=com.google@example.org, type=com.google}
    Account {name=chat, type=org.example.chat}

  RegisteredServicesCache: 1 services
    ServiceInfo: AuthenticatorDescription {type=com.google}
`,
    parse: parseAccounts,
    value: { google: 1, all: 2 },
  },
  {
    name: 'syncing',
    text: 'Data connected: true\nBattery saver: true\nauto sync: u0=false\nMemory low: false\n',
    parse: parseAutoSync,
    value: false,
  },
  {
    name: 'jobs',
    text: `JOB SCHEDULER (dumpsys jobscheduler)
Registered 2 jobs:
  JOB #u0a105/1011: 8e1f2a1 ${P}/.UploadJobService
    Required constraints: CHARGING CONNECTIVITY [0x10000001]
    Satisfied constraints: CHARGING [0x1]
    Unsatisfied constraints: CONNECTIVITY WITHIN_QUOTA [0x10000000]
    Ready: false
  JOB #u0a9/2: 11 org.example.mail/.Sync
    Unsatisfied constraints: CHARGING [0x1]
`,
    parse: parseJobs,
    value: [{ id: '1011', service: '.UploadJobService', unsatisfied: ['CONNECTIVITY', 'WITHIN_QUOTA'] }],
    isOpenList: true,
  },
  {
    name: 'the screen',
    text: 'POWER MANAGER (dumpsys power)\n  mWakefulness=Dozing\n',
    parse: (text) => parseScreen(text, 'WINDOW MANAGER POLICY STATE\n    showing=true\n'),
    value: { isOn: false, isLocked: true },
  },
  {
    name: 'a notification',
    text: record('Backing up', '1,234 left'),
    parse: parseNotification,
    value: { state: 'backing-up', left: 1234, progress: { at: 3, of: 20 } },
    isOpenList: true,
  },
  {
    name: 'a German notification',
    text: record('Warten auf WLAN', 'Noch 12'),
    parse: parseNotification,
    value: { state: 'waiting-for-wifi', left: 12, progress: { at: 3, of: 20 } },
    isOpenList: true,
  },
  {
    name: 'the app’s screen',
    text: `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<hierarchy rotation="0">${node('title', 'Sicherung')}
${node('switchWidget', '').replace('checked="false"', 'checked="true"')}
${node('title', 'Caf&#233; &amp; Co')}${node('switchWidget', '')}
${node('photos_autobackup_particle_status_title', 'Sicherung abgeschlossen')}
</hierarchy>
`,
    parse: parseAppScreen,
    value: { state: 'done', isBackupOn: true, foldersOff: ['Café & Co'] },
  },
  {
    name: 'tools',
    text: `Package manager (package) commands:
  path [--user USER_ID] PACKAGE
  clear [--user USER_ID] [--cache-only] PACKAGE
  uninstall-system-updates [<PACKAGE>]
`,
    parse: (text) => parseTools(text, 36),
    value: { canClearCacheOnly: true, canRemoveUpdatesOfOne: true, canScanVolumes: true },
    isOpenList: true,
  },
];
