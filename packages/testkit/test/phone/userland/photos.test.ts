import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Android,
  GOOGLE_PHOTOS,
  itemsLeft,
  type Mending,
  type PhotosState,
  PROVOCABLE,
  provoke,
  type Release,
  type SampleOptions,
  SCREENS,
  samplePhone,
  stateOf,
  tick,
  unlockPhone,
  type Vendor,
} from '@holdfast/testkit/phone';
import { runLine } from '../../../test-setup/run-line.ts';

const P = GOOGLE_PHOTOS;
const RELEASES: readonly Release[] = [9, 10, 12, 14, 16];
const VENDORS: readonly Vendor[] = ['aosp', 'samsung', 'xiaomi'];
const START = 1_773_480_413_000;

const small = (options: SampleOptions = {}): Android =>
  samplePhone({ messages: 0, multimedia: 0, contacts: 0, calls: 0, events: 0, photos: 6, ...options });

for (const release of RELEASES) {
  for (const vendor of VENDORS) {
    test(`it uploads as time goes, and says so, on Android ${release} of ${vendor}`, async () => {
      let now = START;
      const android = small({ release, vendor, now: () => now });
      const said = async (): Promise<string> =>
        (await runLine(android, 'dumpsys notification --noredact')).stdout;
      match(await said(), /android\.text=String \(6 left\)\n[^]*android\.progressMax=Integer \(6\)/);
      now += 4000;
      match(await said(), /android\.text=String \(4 left\)\n[^]*android\.progress=Integer \(2\)/);
      now += 60_000;
      equal((await said()).includes(`pkg=${P} `), false);
      equal(stateOf(android), 'done');
    });
  }
}

/** Those that keep nothing from being uploaded. */
const HARMLESS =
  /^(selected-|videos-|photos-not|notifications-|vpn$|clock-by|data-saver|background-data|storage-low|media-|folders-|files-)/;

for (const code of PROVOCABLE) {
  test(`it ${HARMLESS.test(code) ? 'goes on' : 'stands still'} with ${code}`, () => {
    for (const release of RELEASES) {
      const android = small({ release });
      if (!provoke(android, code)) continue;
      const before = itemsLeft(android).length;
      tick(android, 3);
      equal(itemsLeft(android).length, HARMLESS.test(code) ? before - 3 : before, `on Android ${release}`);
    }
  });
}

const states: [code: string, locale: string, state: PhotosState, shown: RegExp][] = [
  ['says-backup-off', 'de-DE', 'backup_off', /text="Sicherung ist deaktiviert"/],
  ['says-signed-out', 'en-GB', 'signed_out', /text="Sign in to back up"/],
  ['says-waiting-for-sync', 'de-DE', 'cloud_sync_pending', /_status_title"[^>]*|Synchronisierung/],
  ['says-account-full', 'en-GB', 'account_full', /text="Account storage is full"/],
];
for (const [code, locale, state, shown] of states) {
  test(`it shows ${state} on its screen, by ids, in ${locale}`, async () => {
    const android = small({ locale });
    provoke(android, code);
    equal(stateOf(android), state);
    const ran = await runLine(android, 'uiautomator dump /data/local/tmp/w.xml; cat /data/local/tmp/w.xml');
    match(ran.stdout, /^UI hierchary dumped to: \/data\/local\/tmp\/w\.xml\n<\?xml/);
    match(ran.stdout, new RegExp(`resource-id="${P}:id/photos_autobackup_particle_status_title"`));
    match(ran.stdout, shown);
  });
}

test('it shows its switches on the screen of its settings, and the names of folders hostile as they are', async () => {
  const android = small();
  android.inFront = SCREENS.settings;
  match(
    (await runLine(android, 'uiautomator dump /proc/self/fd/1')).stdout,
    /switchWidget"[^>]*checked="true"/,
  );
  provoke(android, 'folders-off');
  match((await runLine(android, 'uiautomator dump /proc/self/fd/1')).stdout, /text="Trips"/);
});

test('it shows nothing on a dark screen, and no app behind a lock', async () => {
  const android = small();
  await runLine(android, `monkey -p ${P} -c android.intent.category.LAUNCHER 1`);
  android.isScreenLocked = true;
  const locked = await runLine(android, 'uiautomator dump /proc/self/fd/1');
  match(locked.stdout, /package="com\.android\.systemui"/);
  equal(locked.stdout.includes(P), false);
  android.isScreenOn = false;
  deepEqual(await runLine(android, 'uiautomator dump'), {
    stdout: '',
    stderr: 'ERROR: null root node returned by UiTestAutomationBridge.\n',
    code: 0,
  });
  match((await runLine(android, 'dumpsys power')).stdout, /mWakefulness=Asleep/);
});

const MENDINGS: Readonly<Record<Mending, (android: Android) => Promise<unknown>>> = {
  cache: (android) => runLine(android, `pm clear --cache-only ${P}`),
  data: (android) => runLine(android, `pm clear --user 0 ${P}`),
  update: (android) => runLine(android, `cmd package uninstall-system-updates ${P}`),
  restart: async (android) => {
    await runLine(android, 'reboot');
    unlockPhone(android);
  },
};
const MENDS: Readonly<Record<Mending, readonly Mending[]>> = {
  cache: ['cache', 'data'],
  data: ['data'],
  update: ['update'],
  restart: ['restart'],
};
for (const mendedBy of Object.keys(MENDS) as Mending[]) {
  for (const done of Object.keys(MENDS) as Mending[]) {
    const isMended = MENDS[mendedBy].includes(done);
    test(`it is ${isMended ? '' : 'not '}mended by ${done} where only ${mendedBy} mends`, async () => {
      const android = small();
      android.photos.stuck = { at: 'getting_ready', mendedBy };
      await MENDINGS[done](android);
      equal(android.photos.stuck === undefined, isMended);
    });
  }
}

test('it loses its settings and what it was allowed when its data is cleared', async () => {
  const android = small();
  await runLine(android, `pm clear ${P}`);
  equal(android.photos.isBackupOn, false);
  equal(android.packages.get(P)?.permissions.get('android.permission.READ_MEDIA_IMAGES'), false);
});

test('it loses the updates of every system app on Android 10, and of none where it has no update', async () => {
  const android = small({ release: 10 });
  await runLine(android, `cmd package uninstall-system-updates ${P}`);
  deepEqual(
    [...android.packages.values()].filter(({ isUpdated }) => isUpdated === true),
    [],
  );
  const own = small({ photosApp: 'own' });
  match((await runLine(own, `pm uninstall-system-updates ${P}`)).stdout, /^Failure \[/);
});

const undoable: [options: SampleOptions, code: string, mends: string, undoes?: string][] = [
  [{}, 'app-disabled', `pm enable --user 0 ${P}`, `pm disable-user --user 0 ${P}`],
  [{}, 'app-removed-for-user', `cmd package install-existing --user 0 ${P}`, `pm uninstall -k --user 0 ${P}`],
  [{}, 'app-hidden', `pm unhide ${P}`],
  [{}, 'app-suspended', `pm unsuspend ${P}`],
  [{}, 'app-stopped', `monkey -p ${P} -c android.intent.category.LAUNCHER 1`, `am force-stop ${P}`],
  [{ release: 14 }, 'no-photo-access', `pm grant --user 0 ${P} android.permission.READ_MEDIA_IMAGES`],
  [{ release: 9 }, 'no-photo-access', `pm grant --user 0 ${P} android.permission.READ_EXTERNAL_STORAGE`],
  [{}, 'background-restricted', `cmd appops set ${P} RUN_ANY_IN_BACKGROUND allow`],
  [{}, 'standby-rare', `am set-standby-bucket ${P} active`, `am set-standby-bucket ${P} rare`],
  [{}, 'battery-saver', 'cmd power set-mode 0', 'cmd power set-mode 1'],
  [{ release: 9 }, 'battery-saver', 'settings put global low_power 0', 'settings put global low_power 1'],
  [{}, 'airplane-mode', 'cmd connectivity airplane-mode disable', 'cmd connectivity airplane-mode enable'],
  [
    {},
    'metered-wifi',
    "cmd netpolicy set metered-network 'Tide, House' false",
    "cmd netpolicy set metered-network 'Tide, House' undefined",
  ],
  [{}, 'job-waits-for-charging', `cmd jobscheduler run -f ${P} 1011`],
];
for (const [options, code, mends, undoes] of undoable) {
  test(`it moves again after ${mends}`, async () => {
    const android = small(options);
    provoke(android, code);
    notEqual(stateOf(android), 'backing_up');
    equal((await runLine(android, mends)).code, 0);
    equal(stateOf(android), 'backing_up');
    if (undoes === undefined) return;
    equal((await runLine(android, undoes)).code, 0);
    notEqual(stateOf(android), 'backing_up');
  });
}

const lines: [options: SampleOptions, code: string, line: string, stdout: RegExp, ended?: number][] = [
  [
    {},
    'battery-low',
    `dumpsys jobscheduler ${P}`,
    /JOB #u0a105\/1011: [^]*Unsatisfied constraints: BATTERY_NOT_LOW \[0x2\][^]*Ready: false/,
  ],
  [{}, 'app-stopped', `dumpsys jobscheduler ${P}`, /^Registered 0 jobs:$/m],
  [{ release: 10 }, 'standby-rare', `dumpsys jobscheduler ${P}`, /Unsatisfied constraints: WITHIN_QUOTA/],
  [{}, 'job-waits-for-network', `cmd jobscheduler run ${P} 1011`, /^$/, 22],
  [{}, 'vpn', `cmd jobscheduler run -f ${P} 7`, /^$/, 23],
  [{}, 'vpn', 'dumpsys connectivity', /Transports: WIFI\|VPN Capabilities: NOT_METERED&INTERNET/],
  [{ release: 9 }, 'airplane-mode', 'dumpsys connectivity', /^Active default network: none$/m],
  [{ release: 9 }, 'airplane-mode', 'cmd connectivity airplane-mode disable', /^$/, 1],
  [{ release: 12 }, 'airplane-mode', 'cmd connectivity airplane-mode', /^enabled\n$/],
  [{}, 'clock-wrong', 'date +%s', /^1773739613\n$/],
  [{}, 'too-hot', 'dumpsys thermalservice', /^Thermal Status: 3$/m],
  [{}, 'app-removed-for-user', `pm path ${P}`, /^$/, 1],
  [
    {},
    'app-missing',
    `cmd package install-existing ${P}`,
    /NameNotFoundException: Package .* doesn't exist\n$/,
    1,
  ],
  [{}, 'app-suspended', `dumpsys package ${P}`, /installed=true hidden=false suspended=true/],
  [
    {},
    'selected-photos-only',
    `cmd appops get ${P}`,
    /^Uid mode: READ_MEDIA_IMAGES: ignore\nUid mode: READ_MEDIA_VIDEO: ignore\n$/,
  ],
  [{ vendor: 'xiaomi' }, 'vpn', `cmd appops get ${P}`, /^MIUIOP\(10017\): ask$/m],
  [{ vendor: 'xiaomi' }, 'vpn', `pm grant ${P} android.permission.READ_MEDIA_IMAGES`, /^$/, 255],
  [{ release: 9 }, 'battery-saver', 'cmd power set-mode 0', /^Unknown command: set-mode\n$/, 255],
  [{}, 'files-pending', 'ls -a /sdcard/DCIM/Camera', /^\.pending-1774000000-IMG/m],
];
for (const [options, code, line, stdout, ended = 0] of lines) {
  test(`it answers with ${code}, as ${options.vendor ?? 'aosp'} ${options.release ?? 14}: ${line}`, async () => {
    const android = small(options);
    provoke(android, code);
    const ran = await runLine(android, line);
    match(ran.stdout, stdout);
    equal(ran.code, ended, ran.stderr);
  });
}

test('it hides the texts of notifications from whoever does not ask for them', async () => {
  const { stdout } = await runLine(small(), 'dumpsys notification');
  match(stdout, /android\.title=String \[length=10\]/);
});

test('it hears of unseen files when a scan is over, some time after it was asked for', async () => {
  let now = START;
  const android = small({ release: 12, now: () => now });
  android.scanMs = 10_000;
  provoke(android, 'media-unseen');
  equal(itemsLeft(android).length, 6);
  await runLine(android, 'content call --uri content://media --method scan_volume --arg external_primary');
  android.hearsOfFiles = false;
  equal(itemsLeft(android).length, 6);
  now += 10_000;
  equal(itemsLeft(android).length, 9);
});

test('it ends with 0 and an error text, and does nothing, where it is told to', async () => {
  const android = small();
  android.faults.push({ on: 'appops set', kind: 'says', text: 'Error: not allowed\n' });
  const ran = await runLine(android, `cmd appops set ${P} RUN_ANY_IN_BACKGROUND ignore`);
  deepEqual([ran.stdout, ran.code, android.appOps.size], ['Error: not allowed\n', 0, 0]);
});

for (const [kind, isDone] of [
  ['cut-before', false],
  ['cut-after', true],
] as const) {
  test(`it has ${isDone ? '' : 'not '}done what it was told when the cable is pulled (${kind})`, async () => {
    const android = small();
    let pulled = 0;
    android.pullCable = () => {
      pulled += 1;
    };
    android.faults.push({ on: 'set-standby-bucket', kind });
    await runLine(android, `am set-standby-bucket ${P} rare`);
    deepEqual([pulled, android.standbyBuckets.get(P)], [1, isDone ? 40 : 10]);
  });
}
