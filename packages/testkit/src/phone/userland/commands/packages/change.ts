import { isShut } from '../../android.ts';
import type { Call } from '../../call.ts';
import { illegalArgument, securityException } from '../../java.ts';
import type { AndroidPackage } from '../../package.ts';
import { clearApp, removeUpdates } from '../../photos/changes.ts';
import { withoutUser } from '../../users.ts';

type Change = (call: Call) => Promise<number>;

function packageOf({ android }: Call, name: string): AndroidPackage {
  const found = android.packages.get(name);
  if (found === undefined) throw illegalArgument(`Unknown package: ${name}`);
  return found;
}

const permission =
  (isGranted: boolean): Change =>
  async (call) => {
    const verb = isGranted ? 'grantRuntimePermission' : 'revokeRuntimePermission';
    const needed = isGranted ? 'GRANT_RUNTIME_PERMISSIONS' : 'REVOKE_RUNTIME_PERMISSIONS';
    const [name = '', wanted = ''] = withoutUser(call.args.slice(1));
    if (isShut(call.android))
      throw securityException(
        `${verb}: Neither user 2000 nor current process has android.permission.${needed}.`,
      );
    const found = packageOf(call, name);
    if (!found.permissions.has(wanted))
      throw securityException(`Package ${name} has not requested permission ${wanted}`);
    found.permissions.set(wanted, isGranted);
    return 0;
  };

const STATES = {
  enable: [1, 'enabled'],
  disable: [2, 'disabled'],
  'disable-user': [3, 'disabled-user'],
} as const;

const state =
  (verb: keyof typeof STATES): Change =>
  async (call) => {
    const [name = ''] = withoutUser(call.args.slice(1));
    const found = packageOf(call, name);
    const [enabled, word] = STATES[verb];
    if (isShut(call.android) || (verb === 'disable' && found.isSystem))
      throw securityException(`Shell cannot change component state for ${name} to ${enabled}`);
    found.enabled = enabled;
    await call.print(`Package ${name} new state: ${word}\n`);
    return 0;
  };

/** `--cache-only` came late: an older phone takes it for a package's name. */
const clear: Change = async (call) => {
  const words = withoutUser(call.args.slice(1));
  const isCacheOnly = call.android.release >= 14 && words[0] === '--cache-only';
  const name = words[isCacheOnly ? 1 : 0] ?? '';
  const found = call.android.packages.get(name);
  if (found === undefined || isShut(call.android)) {
    await call.print('Failed\n');
    return 1;
  }
  clearApp(call.android, found, isCacheOnly);
  await call.print('Success\n');
  return 0;
};

const uninstall: Change = async (call) => {
  const name = withoutUser(call.args.slice(1)).find((word) => !word.startsWith('-')) ?? '';
  const found = call.android.packages.get(name);
  if (found?.isSystem === true && call.args.includes('--user') && !isShut(call.android)) {
    // Of a system app, one user's is taken away and the app stays.
    found.isTakenAway = true;
    await call.print('Success\n');
    return 0;
  }
  if (found === undefined || found.isSystem || isShut(call.android)) {
    const why = found === undefined ? 'DELETE_FAILED_INTERNAL_ERROR' : 'DELETE_FAILED_USER_RESTRICTED';
    await call.print(`Failure [${why}]\n`);
    return 1;
  }
  call.android.packages.delete(name);
  await call.print('Success\n');
  return 0;
};

/** Without a package, where none is taken, it hits every system app (AOSP of Android 10). */
const uninstallUpdates: Change = async (call) => {
  const [given] = withoutUser(call.args.slice(1));
  const name = call.android.release >= 12 ? given : undefined;
  if (name !== undefined && call.android.packages.get(name)?.isUpdated !== true) {
    await call.print(`Failure [package ${name} is not an updated system app]\n`);
    return 1;
  }
  removeUpdates(call.android, name);
  await call.print('Success\n');
  return 0;
};

/** Gives the owner back what is on the phone. What is not on it fails in words, not in code. */
const installExisting: Change = async (call) => {
  const name = withoutUser(call.args.slice(1)).find((word) => !word.startsWith('-')) ?? '';
  const found = call.android.packages.get(name);
  if (found === undefined) {
    await call.print(
      `android.content.pm.PackageManager$NameNotFoundException: Package ${name} doesn't exist\n`,
    );
    return 1;
  }
  if (isShut(call.android)) throw securityException('Neither user 2000 nor current process may install.');
  found.isTakenAway = false;
  await call.print(`Package ${name} installed for user: 0\n`);
  return 0;
};

/** Takes a package out of sight, or out of use, and gives it back. */
const flag =
  (key: 'isHidden' | 'isSuspended', value: boolean, word: string): Change =>
  async (call) => {
    const [name = ''] = withoutUser(call.args.slice(1));
    const found = packageOf(call, name);
    if (isShut(call.android)) throw securityException(`Shell cannot change the ${word} state of ${name}`);
    found[key] = value;
    await call.print(`Package ${name} new ${word} state: ${value}\n`);
    return 0;
  };

/** The part of the help that says what this release can do. */
const help: Change = async ({ android: { release }, print }) => {
  const cache = release >= 14 ? ' [--cache-only]' : '';
  const updates = release >= 12 ? ' [<PACKAGE>]' : '';
  await print(
    [
      'Package manager (package) commands:',
      '  help',
      `  clear [--user USER_ID]${cache} PACKAGE`,
      '  path [--user USER_ID] PACKAGE',
      '  list packages [-f] [-d] [-e] [-s] [-3] [-i] [-U] [-u]',
      '      [--show-versioncode] [--user USER_ID] [FILTER]',
      '  install-create [-i PACKAGE] [-r] [-S BYTES] [--user USER_ID]',
      '  install-write [-S BYTES] SESSION_ID SPLIT_NAME [PATH|-]',
      '  install-commit SESSION_ID',
      '  install-abandon SESSION_ID',
      '  install-existing [--user USER_ID|all|current] [--instant] [--full] [--wait]',
      '      [--restrict-permissions] PACKAGE',
      '  enable [--user USER_ID] PACKAGE_OR_COMPONENT',
      '  disable-user [--user USER_ID] PACKAGE_OR_COMPONENT',
      '  suspend [--user USER_ID] PACKAGE [PACKAGE...]',
      '  unsuspend [--user USER_ID] PACKAGE [PACKAGE...]',
      '  grant [--user USER_ID] PACKAGE PERMISSION',
      `  uninstall-system-updates${updates}`,
      '',
    ].join('\n'),
  );
  return 0;
};

/** What `pm` changes, by its verb. */
export const CHANGES: Readonly<Record<string, Change>> = {
  grant: permission(true),
  revoke: permission(false),
  enable: state('enable'),
  disable: state('disable'),
  'disable-user': state('disable-user'),
  clear,
  uninstall,
  'install-existing': installExisting,
  hide: flag('isHidden', true, 'hidden'),
  unhide: flag('isHidden', false, 'hidden'),
  suspend: flag('isSuspended', true, 'suspended'),
  unsuspend: flag('isSuspended', false, 'suspended'),
  'uninstall-system-updates': uninstallUpdates,
  help,
};
