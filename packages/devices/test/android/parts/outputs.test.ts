import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Told } from '#android/facts/told.ts';
import { parsePackageDump } from '#android/parts/apps/package-dump.ts';
import { parsePackageList, parsePackagePaths } from '#android/parts/apps/package-list.ts';
import { parseNetworks } from '#android/parts/settings/networks.ts';

/** Forms derived from AOSP's sources; names and numbers are made up. */
const DUMP = `Key Set Manager:
  [org.example.tides]
      Signing KeySets: 4

Packages:
  Package [org.example.tides] (9a8b7c):
    appId=10111
    versionCode=1102 minSdk=26 targetSdk=34
    versionName=7.0 beta = "2"
    splits=[base, config.pt]
    lastUpdateTime=2026-02-22 09:26:53
    installerPackageName=com.android.vending
    User 0: ceDataInode=13 installed=true hidden=false stopped=false enabled=0
      firstInstallTime=2025-02-07 09:26:53
      gids=[3003]
    User 10: ceDataInode=14 installed=true hidden=false stopped=false enabled=0
      firstInstallTime=2024-01-01 00:00:00
  Package [org.example.plain] (1):
    userId=10112
    versionCode=1 minSdk=26 targetSdk=28
    versionName=null
    firstInstallTime=2024-02-07 09:26:53
    lastUpdateTime=2024-02-22 09:26:53
    User 0: ceDataInode=0 installed=true

Hidden system packages:
  Package [org.example.tides] (1):
    versionCode=1 minSdk=26 targetSdk=28
    versionName=1.0-as-shipped
    User 0: ceDataInode=0 installed=true
`;
const TIDES = {
  versionCode: '1102',
  versionName: '7.0 beta = "2"',
  lastUpdateTime: '2026-02-22 09:26:53',
  installer: 'com.android.vending',
  firstInstallTime: '2025-02-07 09:26:53',
};
const LIST = `package:/data/app/~~a==/org.example.tides-b==/base.apk=org.example.tides
package:/data/app/org.example.keys-1/base.apk=org.example.keys
`;
const PATHS = 'package:/data/app/~~a==/b==/base.apk\npackage:/data/app/~~a==/b==/split_config.pt.apk\n';
const NETWORKS = `Network Id      SSID                         Security type
0               .@ Leading spaces             open
1            Sea, side                        wpa2-psk
1            Sea, side                        wpa3-sae^
9            ABCDEFGHIJKLMNOPQRSTUVWXYZ012345 open/owe^
11           Office                           wpa2-eap
`;

test('it reads what the package manager knows of an app', () => {
  for (const output of [DUMP, DUMP.replaceAll('\n', '\r\n')]) {
    const packages = parsePackageDump(output);
    deepEqual(packages('org.example.tides'), { kind: 'value', value: TIDES });
    deepEqual(packages('org.example.plain'), {
      kind: 'value',
      value: {
        versionCode: '1',
        firstInstallTime: '2024-02-07 09:26:53',
        lastUpdateTime: '2024-02-22 09:26:53',
      },
    });
    deepEqual(packages('org.example.none'), { kind: 'absent' });
  }
  equal(parsePackageDump("Can't find service: package\n")('org.example.tides').kind, 'unrecognised');
});

test('it reads lists of packages and of their files', () => {
  for (const end of ['\n', '\r\n']) {
    deepEqual(parsePackageList(LIST.replaceAll('\n', end)), {
      kind: 'value',
      value: ['org.example.tides', 'org.example.keys'],
    });
    deepEqual(parsePackagePaths(PATHS.replaceAll('\n', end)), {
      kind: 'value',
      value: ['/data/app/~~a==/b==/base.apk', '/data/app/~~a==/b==/split_config.pt.apk'],
    });
  }
  deepEqual(parsePackageList(''), { kind: 'value', value: [] });
  for (const other of ['Error: java.lang.SecurityException\n', 'package:../../x\n', 'package:/a=../evil\n'])
    equal(parsePackageList(other).kind, 'unrecognised', other);
  for (const other of ['', 'package:\n', 'package:/a/b.apk\npackage:/c/b.apk\n', 'package:/data/app/\n'])
    equal(parsePackagePaths(other).kind, 'unrecognised', other);
});

test('it reads the names of saved networks, each once', () => {
  deepEqual(parseNetworks(NETWORKS), {
    kind: 'value',
    value: [
      { name: '   .@ Leading spaces', security: 'open' },
      { name: 'Sea, side', security: 'wpa2-psk' },
      { name: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', security: 'open/owe' },
      { name: 'Office', security: 'wpa2-eap' },
    ],
  });
  deepEqual(parseNetworks('No networks\n'), { kind: 'value', value: [] });
  for (const other of ['', 'cmd: Failure calling service wifi\n', 'Unknown command: list-networks\n'])
    equal(parseNetworks(other).kind, 'unrecognised', other);
});

/** Something of a list is what was there; nothing is made up. */
const isPartOf = (told: Told<readonly unknown[]>, whole: readonly unknown[]): boolean =>
  told.kind === 'unrecognised' ||
  (told.kind === 'value' && JSON.stringify(whole).includes(JSON.stringify(told.value).slice(1, -1)));

test('it makes nothing up, wherever an output is cut', () => {
  const networks = parseNetworks(NETWORKS);
  const list = parsePackageList(LIST);
  for (let at = 0; at <= DUMP.length; at++) {
    const told = parsePackageDump(DUMP.slice(0, at))('org.example.tides');
    if (told.kind !== 'value') continue;
    for (const [fact, value] of Object.entries(told.value)) equal(value, TIDES[fact as keyof typeof TIDES]);
    deepEqual(Object.keys(told.value).includes('versionCode'), true);
  }
  for (let at = 0; at <= NETWORKS.length; at++)
    equal(
      isPartOf(parseNetworks(NETWORKS.slice(0, at)), networks.kind === 'value' ? networks.value : []),
      true,
    );
  for (let at = 0; at <= LIST.length; at++)
    equal(isPartOf(parsePackageList(LIST.slice(0, at)), list.kind === 'value' ? list.value : []), true);
});

test('it gives the same when vendors print lines of their own between, or what it understands is not there', () => {
  const odd = fc.constantFrom('[VendorLog] 12:01 started', 'Vendor state:', '12345', 'WARNING: linker: x');
  const lines = DUMP.split('\n');
  fc.assert(
    fc.property(odd, fc.nat({ max: lines.length - 1 }), (line, at) => {
      const told = parsePackageDump(lines.toSpliced(at, 0, line).join('\n'))('org.example.tides');
      if (told.kind === 'value')
        for (const [fact, value] of Object.entries(told.value))
          equal(value, TIDES[fact as keyof typeof TIDES]);
    }),
  );
  deepEqual(parsePackageList(`WARNING: linker: x\n${LIST}`), parsePackageList(LIST));
  equal(parseNetworks(NETWORKS.replace('11 ', '[x]\n11 ')).kind, 'unrecognised');
});

test('it never fails on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      parsePackageDump(text)('a.b');
      parsePackageList(text);
      parsePackagePaths(text);
      parseNetworks(text);
    }),
  );
});
