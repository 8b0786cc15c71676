import type { Told } from '@holdfast/devices/android';
import { PHOTOS } from '#google-photos.ts';
import { ABSENT } from './told.ts';
import { PHOTOS_USER } from './user.ts';

/** What `dumpsys package` says of Google Photos for the person whose phone it is: values by their names, and runtime permissions. */
export interface PackageState {
  readonly values: ReadonlyMap<string, string>;
  readonly granted: ReadonlyMap<string, boolean>;
}

/**
 * The first block of the package is the live one (AOSP `Settings.java`: of an updated system app what it was follows under "Hidden system
 * packages:"), and in it the lines of user 0, up to those of the next. A block without that user is cut off, and not understood.
 */
export function parsePackageState(output: string): Told<PackageState> {
  const lines = output.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith(`  Package [${PHOTOS}] (`));
  if (start < 0) return isDump(output) ? ABSENT : { kind: 'unrecognised', raw: output };
  let isOurs = false;
  let isTold = false;
  const values = new Map<string, string>();
  const granted = new Map<string, boolean>();
  for (const line of lines.slice(start + 1)) {
    if (/^ {2}Package \[/.test(line) || /^\S/.test(line)) break;
    const user = /^\s+User (\d+):/.exec(line)?.[1];
    if (user !== undefined) {
      isOurs = user === PHOTOS_USER;
      isTold ||= isOurs;
    }
    if (!isOurs) continue;
    if (user !== undefined)
      for (const [, name = '', value = ''] of line.matchAll(/\b(\w+)=(\S+)/g)) values.set(name, value);
    const permission = /^\s+([\w.]+): granted=(true|false)\b/.exec(line);
    if (permission !== null) granted.set(permission[1] ?? '', permission[2] === 'true');
  }
  return isTold ? { kind: 'value', value: { values, granted } } : { kind: 'unrecognised', raw: output };
}

/** A dump of the package manager in which there is no such package: it has other parts, or says so. */
const isDump = (output: string): boolean =>
  /^(?:Unable to find package|Activity Resolver Table|Packages:|Permissions:|Key Set Manager:|Queries:|Dexopt state:)/m.test(
    output,
  );
