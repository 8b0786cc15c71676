import type { Call } from '../../call.ts';
import type { AndroidPackage } from '../../package.ts';
import { withoutUser } from '../../users.ts';

/** Path of the APK by which a package is known. */
const basePath = ({ codePath, files }: AndroidPackage): string => `${codePath}/${files[0] ?? 'base.apk'}`;

/** `pm list packages` and what else is listed (AOSP PackageManagerShellCommand.java, runListPackages). */
export async function list(call: Call): Promise<number> {
  const [what, ...words] = withoutUser(call.args.slice(1));
  const { android, print } = call;
  if (what === 'users') {
    const state = android.isUnlocked ? ' running' : '';
    await print(`Users:\n\tUserInfo{0:Owner:c13}${state}\n`);
    return 0;
  }
  if (what !== 'packages' && what !== 'package') {
    await call.complain(`Error: unknown list type '${what ?? ''}'\n`);
    return 255;
  }
  const options = new Set(words.filter((word) => word.startsWith('-')));
  const filter = words.find((word) => !word.startsWith('-')) ?? '';
  const known = new Set(['-f', '-3', '-s', '-i', '-U', '-d', '-e', '-u', '-a', '--show-versioncode']);
  const odd = [...options].find((option) => !known.has(option));
  if (odd !== undefined) {
    await call.complain(`Error: Unknown option: ${odd}\n`);
    return 255;
  }
  for (const each of android.packages.values()) {
    if (each.name.includes(filter) && isWanted(each, options)) await print(line(each, options));
  }
  return 0;
}

function isWanted({ isSystem, enabled, isTakenAway }: AndroidPackage, options: ReadonlySet<string>): boolean {
  const isDisabled = enabled >= 2;
  if (isTakenAway === true && !options.has('-u')) return false;
  return !(
    (options.has('-3') && isSystem) ||
    (options.has('-s') && !isSystem) ||
    (options.has('-d') && !isDisabled) ||
    (options.has('-e') && isDisabled)
  );
}

function line(each: AndroidPackage, options: ReadonlySet<string>): string {
  const path = options.has('-f') ? `${basePath(each)}=` : '';
  const version = options.has('--show-versioncode') ? ` versionCode:${each.versionCode}` : '';
  const installer = options.has('-i') ? `  installer=${each.installer ?? 'null'}` : '';
  const uid = options.has('-U') ? ` uid:${each.appId}` : '';
  return `package:${path}${each.name}${version}${installer}${uid}\n`;
}

/** `pm path PACKAGE`: a line for each APK file; 1 and nothing when there is none. */
export async function path({ android, args, print }: Call): Promise<number> {
  const [name = ''] = withoutUser(args.slice(1));
  const found = android.packages.get(name);
  if (found === undefined || found.isTakenAway === true) return 1;
  // Old phones end lines of this command as a terminal does.
  const end = android.release === 9 && android.vendor === 'samsung' ? '\r\n' : '\n';
  for (const file of found.files) await print(`package:${found.codePath}/${file}${end}`);
  return 0;
}
