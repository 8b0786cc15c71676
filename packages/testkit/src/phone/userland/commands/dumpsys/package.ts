import { type Android, SDK } from '../../android.ts';
import type { Call } from '../../call.ts';
import type { AndroidPackage } from '../../package.ts';

const time = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 19);

/** `dumpsys package NAME`, or `packages` for all: sections before, the package, and what an updated system app was before, in the same form. */
export async function packageDump({ android, args, print }: Call): Promise<number> {
  const name = args.slice(1).find((word) => !word.startsWith('-'));
  const wanted =
    name === undefined || name === 'packages' ? [...android.packages.values()] : [android.packages.get(name)];
  const found = wanted.filter((each) => each !== undefined);
  if (found.length === 0) {
    await print(`Dexopt state:\n  Unable to find package: ${name ?? ''}\n\n`);
    return 0;
  }
  const hidden = found.filter(({ isUpdated }) => isUpdated === true).map(asInstalled);
  await print(
    [
      'Activity Resolver Table:',
      '  Non-Data Actions:',
      '      android.intent.action.MAIN:',
      ...found.map((each) => `        71fe3a0 ${each.name}/.MainActivity filter 8ee1a2c`),
      '',
      'Key Set Manager:',
      ...found.map((each) => `  [${each.name}]\n      Signing KeySets: 4`),
      '',
      'Packages:',
      ...found.flatMap((each) => block(android, each)),
      '',
      ...(hidden.length === 0
        ? []
        : ['Hidden system packages:', ...hidden.flatMap((each) => block(android, each)), '']),
      'Queries:',
      '  system apps queryable: false',
      '',
    ].join('\n'),
  );
  return 0;
}

/** As it came with the phone. */
const asInstalled = (each: AndroidPackage): AndroidPackage => ({
  ...each,
  isUpdated: false,
  versionCode: 1,
  versionName: '1.0-as-shipped',
  codePath: `/product/app/${each.name}`,
  files: ['base.apk'],
});

function block({ release, vendor }: Android, each: AndroidPackage): string[] {
  const { name, appId, versionCode, versionName, targetSdk, codePath, installer, enabled, isStopped } = each;
  const flags = [
    each.isSystem ? 'SYSTEM' : '',
    each.isUpdated === true ? 'UPDATED_SYSTEM_APP' : '',
    'HAS_CODE ALLOW_BACKUP',
  ];
  const splits = each.files.map((file) => file.replace(/^split_|\.apk$/g, ''));
  return [
    `  Package [${name}] (${(appId * 7919).toString(16)}):`,
    `    ${release >= 14 ? 'appId' : 'userId'}=${appId}`,
    `    pkg=Package{5c3d1fe ${name}}`,
    `    codePath=${codePath}`,
    `    resourcePath=${codePath}`,
    '    primaryCpuAbi=arm64-v8a',
    `    versionCode=${versionCode} minSdk=26 targetSdk=${targetSdk}`,
    `    versionName=${versionName}`,
    `    splits=[${splits.join(', ')}]`,
    `    apkSigningVersion=3`,
    `    flags=[ ${flags.filter((flag) => flag !== '').join(' ')} ]`,
    `    timeStamp=${time(each.lastUpdate)}`,
    ...(SDK[release] < 34 ? [`    firstInstallTime=${time(each.firstInstall)}`] : []),
    `    lastUpdateTime=${time(each.lastUpdate)}`,
    ...(installer === undefined ? [] : [`    installerPackageName=${installer}`]),
    ...(vendor === 'samsung' ? ['    semPermissionState=0', '    dataDir=/data/user/0/' + name] : []),
    ...(vendor === 'xiaomi' ? ['    mMiuiExtra: isPreinstalled=true'] : []),
    '    requested permissions:',
    ...each.permissions.keys().map((permission) => `      ${permission}`),
    '    install permissions:',
    '      android.permission.INTERNET: granted=true',
    `    User 0: ceDataInode=131${appId} installed=${each.isTakenAway !== true} hidden=${each.isHidden === true} suspended=${each.isSuspended === true} distractionFlags=0 stopped=${isStopped} notLaunched=${isStopped} enabled=${enabled} instant=false virtual=false`,
    ...(SDK[release] >= 34 ? [`      firstInstallTime=${time(each.firstInstall)}`] : []),
    '      gids=[3003]',
    '      runtime permissions:',
    ...each.permissions
      .entries()
      .map(
        ([permission, isGranted]) =>
          `        ${permission}: granted=${isGranted}, flags=[ USER_SET|USER_SENSITIVE_WHEN_GRANTED ]`,
      ),
  ];
}
