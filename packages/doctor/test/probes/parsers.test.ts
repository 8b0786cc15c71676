import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { ABSENT, told } from '@holdfast/devices/android';
import fc from 'fast-check';
import { parseAccounts } from '#probes/accounts.ts';
import { parseApp } from '#probes/app.ts';
import { parseAppScreen } from '#probes/app-screen.ts';
import { parseBackground, parseExemption } from '#probes/background.ts';
import { parseClock } from '#probes/clock.ts';
import { parseJobs } from '#probes/jobs.ts';
import { parseNetwork } from '#probes/network.ts';
import { parseNotification } from '#probes/notification.ts';
import { parseAppOps, parsePermissions } from '#probes/permissions.ts';
import { OFF_OR_ON, parseSwitch } from '#probes/switches.ts';
import { parseTools } from '#probes/tools.ts';
import { OUTPUTS } from '../../test-setup/outputs.ts';

for (const { name, text, parse, value, isOpenList } of OUTPUTS) {
  test(`it reads ${name}`, () => deepEqual(parse(text), told(value)));

  test(`it reads ${name} with line ends of old phones`, () =>
    deepEqual(parse(text.replaceAll('\n', '\r\n')), told(value)));

  if (isOpenList !== true)
    test(`it takes no part of ${name} for something else, wherever it was cut`, () => {
      for (let at = 0; at < text.length; at++) {
        const said = parse(text.slice(0, at));
        if (said.kind === 'value') deepEqual(said, told(value));
        else if (said.kind === 'absent') ok(at === 0, `absent at ${at}`);
      }
    });

  test(`it reads ${name} among lines that vendors add before and behind`, () => {
    const noise = fc.constantFrom(
      'mVendorSwitch=3',
      ' health check of the voltage: level: 7 was read twice',
      '[SS]Log 12:03 true',
      'VendorThing: none',
    );
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 3 }), fc.array(noise, { maxLength: 3 }), (before, behind) => {
        const lines = (each: readonly string[]): string => each.map((line) => `${line}\n`).join('');
        const said = parse(lines(before) + text + lines(behind));
        if (said.kind === 'value') deepEqual(said, told(value));
        else equal(said.kind, 'unrecognised');
      }),
    );
  });

  test(`it takes nothing else for ${name}, and never fails`, () => {
    const pieces = text.split(/(?<=[\n=:{}[\](), ])/);
    const garbled = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })), { maxLength: 40 })
      .map((each) => each.join(''));
    fc.assert(
      fc.property(garbled, (each) => {
        ok(['value', 'absent', 'unrecognised'].includes(parse(each).kind));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (each) => {
        if (each.trim() === '' || /^\d+\n$|^null/.test(each)) return;
        equal(parse(each).kind, 'unrecognised');
      }),
    );
  });
}

const ABSENCES: readonly (readonly [string, unknown])[] = [
  ['no app', parseApp('Dexopt state:\n  Unable to find package: x\n', '')],
  ['no app on old phones', parseApp('', '')],
  [
    'no permissions of no app',
    parsePermissions('  Unable to find package: com.google.android.apps.photos\n', 34),
  ],
  ['no value of a switch', parseSwitch('null\n', OFF_OR_ON)],
  ['no notification', parseNotification('Current Notification Manager state:\n  Effects: none\n')],
  [
    'no screen of the app',
    parseAppScreen('<hierarchy rotation="0"><node text="x" package="a.b" /></hierarchy>'),
  ],
];
for (const [name, said] of ABSENCES) test(`it knows ${name} when it sees it`, () => deepEqual(said, ABSENT));

test('it does not say that the app is missing where only one of two answers does', () => {
  equal(parseApp('', 'package:/data/app/base.apk\n').kind, 'unrecognised');
  equal(parseApp('garbage', '').kind, 'unrecognised');
});

test('it does not know what modes of makers do', () => {
  equal(parseBackground('RUN_ANY_IN_BACKGROUND: ask\n', 'RUN_ANY_IN_BACKGROUND').kind, 'unrecognised');
  deepEqual(parseBackground('No operations.\nDefault mode: allow\n', 'RUN_ANY_IN_BACKGROUND'), told('allow'));
  deepEqual(parseAppOps('No operations.\n'), told({}));
});

test('it knows that a list without the app is one', () => {
  deepEqual(parseExemption('system,com.google.android.gms,10012\n'), told({ isExempt: false }));
});

test('it knows no network, and one of a VPN that counts data', () => {
  deepEqual(parseNetwork('Active default network: none\n', 34), told({ kind: 'none' }));
  const vpn =
    'Active default network: 7\n  NetworkAgentInfo{network{7} nc{[ Transports: WIFI|VPN Capabilities: INTERNET&CAPTIVE_PORTAL Link]}}\n';
  deepEqual(
    parseNetwork(vpn, 34),
    told({
      kind: 'network',
      transports: ['WIFI', 'VPN'],
      isMetered: true,
      isValidated: false,
      isVpn: true,
      isCaptive: true,
      isRoaming: false,
    }),
  );
});

test('it tells no accounts from accounts that it cannot read', () => {
  deepEqual(parseAccounts('Accounts: 0\n'), told({ google: 0, all: 0 }));
  equal(parseAccounts('  Accounts: 1\n    Account {name=a\n').kind, 'unrecognised');
});

test('it knows no jobs, and does not pass over one that it cannot read', () => {
  deepEqual(parseJobs('Registered 0 jobs:\n  None.\n'), told([]));
  equal(parseJobs('  JOB com.google.android.apps.photos\n').kind, 'unrecognised');
});

test('it does not take the help of Android 9 for one that spares other apps', () => {
  const help = '  path PACKAGE\n  clear [--user USER_ID] PACKAGE\n  uninstall-system-updates\n';
  deepEqual(
    parseTools(help, 28),
    told({ canClearCacheOnly: false, canRemoveUpdatesOfOne: false, canScanVolumes: false }),
  );
});

test('it compares the clock with the middle of asking', () => {
  const [before, after] = [
    Temporal.Instant.from('2026-03-14T09:00:00Z'),
    Temporal.Instant.from('2026-03-14T09:00:10Z'),
  ];
  const seconds = before.epochMilliseconds / 1000 + 65;
  deepEqual(parseClock(`${seconds}\n`, 'null\n', [before, after]), told({ aheadSeconds: 60 }));
  equal(parseClock('Sat Mar 14\n', '1\n', [before, after]).kind, 'unrecognised');
});

test('it finds the app’s notification behind one whose text has lines of its own', () => {
  const other =
    '    NotificationRecord(0x1: pkg=a.b user=0\n      android.text=String (Milk\nEggs: 12\n- bread)\n';
  const ours =
    '    NotificationRecord(0x2: pkg=com.google.android.apps.photos user=0\n      android.title=String (Backup is off)\n';
  deepEqual(
    parseNotification(
      `Current Notification Manager state:\n  Notification List:\n${other}${ours}  mArchive=x\n`,
    ),
    told({ state: 'backup-off' }),
  );
});
