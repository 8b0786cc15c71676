import { type PhoneFolder, phoneFile, phoneFolder } from '../../tree.ts';
import { type Release, SDK } from '../android.ts';
import { makeApk } from '../commands/packages/apk.ts';
import type { AndroidPackage } from '../package.ts';
import { GOOGLE_PHOTOS } from '../photos/app.ts';

/** Apps every sample has, those of the system first. */
const APPS: readonly (readonly [
  name: string,
  kind: 'system' | 'updated' | 'own',
  splits: string[],
  installer?: string,
])[] = [
  ['android', 'system', []],
  ['com.android.shell', 'system', []],
  ['com.android.settings', 'system', []],
  ['com.android.providers.telephony', 'system', []],
  ['com.google.android.gms', 'updated', ['config.arm64_v8a'], 'com.android.vending'],
  ['com.google.android.apps.photos', 'updated', ['config.arm64_v8a', 'config.en'], 'com.android.vending'],
  ['org.example.tides', 'own', ['config.arm64_v8a', 'config.pt', 'config.xxhdpi'], 'com.android.vending'],
  ['org.example.keys', 'own', [], 'org.fdroid.fdroid'],
  ['com.example.sideloaded', 'own', []],
];

type Permissions = readonly (readonly [name: string, isGranted: boolean])[];

/** What Google Photos may see, in the permissions there are. */
const photosPermissions = (release: Release): Permissions => [
  ...(SDK[release] >= 33
    ? ([
        ['android.permission.READ_MEDIA_IMAGES', true],
        ['android.permission.READ_MEDIA_VIDEO', true],
        ['android.permission.POST_NOTIFICATIONS', true],
      ] as const)
    : ([['android.permission.READ_EXTERNAL_STORAGE', true]] as const)),
  ...(SDK[release] >= 34 ? ([['android.permission.READ_MEDIA_VISUAL_USER_SELECTED', true]] as const) : []),
  ...(SDK[release] >= 29 ? ([['android.permission.ACCESS_MEDIA_LOCATION', true]] as const) : []),
];

const PERMISSIONS: Readonly<Record<string, Permissions>> = {
  'org.example.tides': [
    ['android.permission.CAMERA', true],
    ['android.permission.ACCESS_FINE_LOCATION', false],
  ],
};

/** Installed packages, and the folder that `/data/app` is; some of the person's own apps come on top. */
export function sampleApps(
  release: Release,
  now: number,
  ownCount: number,
  photosApp: 'updated' | 'shipped' | 'own',
): { packages: Map<string, AndroidPackage>; dataApp: PhoneFolder; systemApp: PhoneFolder } {
  const packages = new Map<string, AndroidPackage>();
  const dataApp = phoneFolder({}, { listing: 'closed' });
  const systemApp = phoneFolder();
  const own = APPS.filter(([, kind]) => kind === 'own');
  const more = Array.from(
    { length: Math.max(0, ownCount - own.length) },
    (_, at) =>
      [`org.example.app${at}`, 'own', at % 2 === 0 ? ['config.en'] : [], 'com.android.vending'] as const,
  );
  const kept = [...APPS.filter(([, kind]) => kind !== 'own'), ...own.slice(0, ownCount), ...more];
  const kinds = { updated: 'updated', shipped: 'system', own: 'own' } as const;
  for (const [at, [name, listed, splits, installer]] of kept.entries()) {
    const kind = name === GOOGLE_PHOTOS ? kinds[photosApp] : listed;
    const versionCode = 1000 + at * 17;
    const versionName = `${at + 1}.0.${at}`;
    const files = new Map(
      [undefined, ...splits].map((split) => [
        split === undefined ? 'base.apk' : `split_${split}.apk`,
        phoneFile(
          makeApk(factsOf(name, versionCode, versionName, split, splits.length > 0), 20_000 + at * 999, at),
        ),
      ]),
    );
    const folder = phoneFolder(Object.fromEntries(files));
    const codePath = place(release, name, kind, at, folder, dataApp, systemApp);
    packages.set(name, {
      name,
      appId: name === 'android' ? 1000 : name === 'com.android.shell' ? 2000 : 10_100 + at,
      versionCode,
      versionName,
      targetSdk: SDK[release],
      installer,
      isSystem: kind !== 'own',
      isUpdated: kind === 'updated',
      codePath,
      files: [...files.keys()],
      enabled: 0,
      isStopped: name === 'com.example.sideloaded',
      permissions: new Map(name === GOOGLE_PHOTOS ? photosPermissions(release) : PERMISSIONS[name]),
      firstInstall: now - 400 * 86_400_000,
      lastUpdate: now - 20 * 86_400_000,
    });
  }
  return { packages, dataApp, systemApp };
}

const factsOf = (
  name: string,
  versionCode: number,
  versionName: string,
  split: string | undefined,
  needsSplits: boolean,
): Parameters<typeof makeApk>[0] => ({
  package: name,
  versionCode,
  versionName,
  ...(split === undefined ? { needsSplits } : { split }),
});

/** Where the package's folder is: from Android 11 on two levels with `==` in their names, which is base64's padding. */
function place(
  release: Release,
  name: string,
  kind: string,
  at: number,
  folder: PhoneFolder,
  dataApp: PhoneFolder,
  systemApp: PhoneFolder,
): string {
  if (kind === 'system') {
    systemApp.entries.set(name, folder);
    return `/system/app/${name}`;
  }
  const inner = `${name}-${String(at).padStart(22, 'q')}==`;
  if (SDK[release] < 30) {
    dataApp.entries.set(inner, folder);
    return `/data/app/${inner}`;
  }
  const outer = `~~${String(at).padStart(22, 'x')}==`;
  dataApp.entries.set(outer, phoneFolder({ [inner]: folder }, { listing: 'closed' }));
  return `/data/app/${outer}/${inner}`;
}
