import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { makeApk, type Release, type SampleOptions, samplePhone } from '@holdfast/testkit/phone';
import { runLine } from '../../../test-setup/run-line.ts';

const PHOTOS = 'com.google.android.apps.photos';

const rows: [options: SampleOptions, line: string, stdout: RegExp, code?: number][] = [
  [{ release: 12 }, 'getprop ro.build.version.sdk', /^31\n$/],
  [{}, 'getprop no.such.thing', /^\n$/],
  [{ vendor: 'samsung' }, 'getprop', /^\[ro\.build\.version\.oneui\]: \[60101\]$/m],
  [{}, 'settings get global adb_enabled', /^1\n$/],
  [{}, 'settings get global nothing', /^null\n$/],
  [{}, 'settings list secure', /^lock_screen_owner_info=If found, call\n\+351/m],
  [{}, 'settings put system font_scale 2.0; settings get system font_scale', /^2\.0\n$/],
  [{}, 'settings delete system font_scale; settings get system font_scale', /^Deleted 1 rows\nnull\n$/],
  [
    { release: 14 },
    'pm list packages -3 -f',
    /^package:\/data\/app\/~~x+6==\/org\.example\.tides-q+6==\/base\.apk=org\.example\.tides$/m,
  ],
  [
    { release: 10 },
    'pm list packages -3 -f',
    /^package:\/data\/app\/org\.example\.tides-q+6==\/base\.apk=org\.example\.tides$/m,
  ],
  [
    {},
    'pm list packages --user 0 -i -U --show-versioncode tides',
    /^package:org\.example\.tides versionCode:1102  installer=com\.android\.vending uid:10106\n$/,
  ],
  [
    {},
    'pm path org.example.tides',
    /^package:.*\/base\.apk\npackage:.*\/split_config\.arm64_v8a\.apk\npackage:.*\n.*\n$/,
  ],
  [{}, 'pm path no.such.app', /^$/, 1],
  [{ release: 10 }, 'cmd package help', /uninstall-system-updates\n/],
  [{ release: 14 }, 'cmd package help', /clear .*--cache-only.*[^]*uninstall-system-updates \[<PACKAGE>\]/],
  [{}, `cmd appops get ${PHOTOS} RUN_ANY_IN_BACKGROUND`, /^No operations\.\nDefault mode: allow\n$/],
  [{}, 'cmd appops get com.android.shell WRITE_SMS', /Default mode: ignore/],
  [
    {},
    `appops set ${PHOTOS} RUN_ANY_IN_BACKGROUND ignore; appops get ${PHOTOS}`,
    /^RUN_ANY_IN_BACKGROUND: ignore\n$/,
  ],
  [
    { release: 14 },
    'cmd wifi status',
    /^Wifi is connected to "Tide, House"\nWifiInfo: .*Metered hint: false/m,
  ],
  [
    { release: 12 },
    'cmd wifi list-networks',
    /^Network Id {6}SSID {25}Security type\n0 {12}Tide, House {22}wpa2-psk\n0 {12}Tide, House {22}wpa3-sae\^\n/,
  ],
  [{ release: 10 }, 'cmd wifi status', /^$/, 1],
  [
    {},
    'cmd netpolicy list restrict-background-whitelist',
    /^Restrict background whitelisted UIDs: none\n\n$/,
  ],
  [
    {},
    'cmd netpolicy add restrict-background-whitelist 10105; cmd netpolicy list restrict-background-whitelist',
    /UIDs: 10105 \n/,
  ],
  [
    {},
    `cmd deviceidle whitelist +${PHOTOS}; cmd deviceidle whitelist`,
    /^Added: .*\nsystem-excidle,com\.google\.android\.gms,10104\nsystem,com\.google\.android\.gms,10104\nuser,com\.google\.android\.apps\.photos,10105\n$/,
  ],
  [{}, `am get-standby-bucket ${PHOTOS}`, /^10\n$/],
  [{}, 'am get-current-user', /^0\n$/],
  [
    {},
    'am start -a android.settings.SYNC_SETTINGS',
    /^Starting: Intent \{ act=android\.settings\.SYNC_SETTINGS \}\n$/,
  ],
  [{}, 'service check isms', /^Service isms: found\n$/],
  [{}, 'service check nothing', /^Service nothing: not found\n$/],
  [{}, 'cmd nothing', /^$/, 20],
  [{}, 'wm size', /^Physical size: 1080x2400\n$/],
  [{}, 'date +%s', /^1773480413\n$/],
  [{}, 'id', /^uid=2000\(shell\) .*1078\(ext_data_rw\)/],
  [{}, `monkey -p ${PHOTOS} -c android.intent.category.LAUNCHER 1`, /^Events injected: 1\n$/],
  [{ vendor: 'samsung' }, 'dumpsys battery', /^ {2}level: 83\n[^]*^\[SS\]BattInfo\n {2}level: 12$/m],
  [
    { release: 12 },
    `dumpsys package ${PHOTOS}`,
    /^ {2}Package \[com\.google\.android\.apps\.photos\] \(\w+\):\n {4}userId=10105$[^]*Hidden system packages:\n {2}Package \[/m,
  ],
  [
    { release: 14 },
    `dumpsys package ${PHOTOS}`,
    /^ {4}appId=10105\n[^]*^ {8}android\.permission\.READ_MEDIA_IMAGES: granted=true, flags=/m,
  ],
  [{}, 'dumpsys package no.such.app', /Unable to find package: no\.such\.app/],
  [{}, 'dumpsys account', /^ {2}Accounts: 1\n {4}Account \{name=ana@example\.org, type=com\.google\}/m],
  [{ vendor: 'samsung' }, 'dumpsys content', /^auto sync: u0=true$/m],
  [
    { release: 14 },
    'dumpsys connectivity',
    /network\{100\}.*nc\{\[ Transports: WIFI Capabilities: NOT_METERED&[^]*\nActive default network: 100\n$/,
  ],
  [
    { release: 10 },
    'dumpsys connectivity',
    /Active default network: 100\n\nCurrent Networks:\n.*extra: "Tide, House"/,
  ],
  [{}, 'dumpsys diskstats', /^Data-Free: 41943040K \/ 115343360K total = 36% free$/m],
  [{}, 'dumpsys nothing', /^$/],
  [{}, 'reboot; am get-started-user-state 0', /^RUNNING_LOCKED\n$/],
];
for (const [options, line, stdout, code = 0] of rows) {
  test(`it says, as ${options.vendor ?? 'aosp'} ${options.release ?? 14}: ${line}`, async () => {
    const ran = await runLine(samplePhone({ messages: 0, photos: 0, ...options }), line);
    match(ran.stdout, stdout);
    equal(ran.code, code, ran.stderr);
  });
}

const APP = 'org.example.given';
const base = makeApk({ package: APP, versionCode: 5, versionName: '5', needsSplits: true }, 5000, 1);
const split = makeApk({ package: APP, versionCode: 5, versionName: '5', split: 'config.pt' }, 3000, 2);

test('it installs an app with its splits, and gives the same files back', async () => {
  const android = samplePhone({ messages: 0, photos: 0 });
  const total = base.length + split.length;
  const created = await runLine(android, `cmd package install-create -S ${total} -i com.android.vending`);
  const [, id = ''] = /^Success: created install session \[(\d+)\]\n$/.exec(created.stdout) ?? [];
  for (const [name, bytes] of [
    ['base.apk', base],
    ['split_config.pt.apk', split],
  ] as const) {
    const line = `cmd package install-write -S ${bytes.length} ${id} ${name} -`;
    equal((await runLine(android, line, bytes)).stdout, `Success: streamed ${bytes.length} bytes\n`);
  }
  equal((await runLine(android, `cmd package install-commit ${id}`)).stdout, 'Success\n');
  match((await runLine(android, `pm list packages -i ${APP}`)).stdout, /installer=com\.android\.vending/);
  const paths = (await runLine(android, `pm path ${APP}`)).stdout.trim().split('\n');
  equal(paths.length, 2);
  const counted = await runLine(android, `cat '${(paths[0] ?? '').slice('package:'.length)}' | wc -c`);
  equal(counted.stdout, `${base.length}\n`);
});

const failing: [why: string, files: Record<string, Uint8Array>, options: SampleOptions, said: string][] = [
  ['a base without the splits it needs', { base }, {}, 'INSTALL_FAILED_MISSING_SPLIT'],
  ['a split alone', { split }, {}, 'INSTALL_FAILED_INVALID_APK'],
  ['what is no APK', { base: Uint8Array.of(1, 2) }, {}, 'INSTALL_PARSE_FAILED_NOT_APK'],
  [
    'an older version',
    { a: makeApk({ package: 'org.example.keys', versionCode: 1, versionName: '1' }, 9, 1) },
    {},
    'INSTALL_FAILED_VERSION_DOWNGRADE',
  ],
  ['anything while it is full', { base, split }, { freeBytes: 6000 }, 'INSTALL_FAILED_INSUFFICIENT_STORAGE'],
  [
    'anything while its switch is off',
    { base, split },
    { vendor: 'xiaomi' },
    'INSTALL_FAILED_USER_RESTRICTED',
  ],
];
for (const [why, files, options, said] of failing) {
  test(`it does not install ${why}`, async () => {
    const android = samplePhone({ messages: 0, photos: 0, ...options });
    const created = await runLine(android, 'pm install-create');
    const [id = ''] = /\d+/.exec(created.stdout) ?? [];
    for (const [name, bytes] of Object.entries(files))
      await runLine(android, `pm install-write -S ${bytes.length} ${id} ${name} -`, bytes);
    const ran = await runLine(android, `pm install-commit ${id}`);
    match(ran.stdout, new RegExp(`^Failure \\[${said}`));
    equal(ran.code, 1);
    equal(android.packages.has(APP), false);
  });
}

const dangers: [release: Release, line: string, happened: string][] = [
  [10, `cmd package uninstall-system-updates ${PHOTOS}`, 'uninstalled updates of all system apps'],
  [14, `cmd package uninstall-system-updates ${PHOTOS}`, `uninstalled updates of ${PHOTOS}`],
  [14, `pm clear --cache-only ${PHOTOS}`, `cleared the cache of ${PHOTOS}`],
  [14, `pm clear --user 0 ${PHOTOS}`, `cleared ${PHOTOS}`],
];
for (const [release, line, happened] of dangers) {
  test(`it remembers what a dangerous command hit, on Android ${release}: ${line}`, async () => {
    const android = samplePhone({ release, messages: 0, photos: 0 });
    await runLine(android, line);
    deepEqual(android.happened, [happened]);
  });
}
