import { ABSENT, type Told, told, unrecognised } from '@holdfast/devices/android';
import { PHOTOS } from '../google-photos.ts';
import type { AppFacts } from '../photos-facts.ts';
import { commandProbe } from './command-probe.ts';
import { packageBlock } from './package-block.ts';

const ENABLED = { '0': 0, '1': 1, '2': 2, '3': 3, '4': 4 } as const;
const TRUTH: Readonly<Record<string, boolean>> = { true: true, false: false };

/** What `dumpsys package` and `pm path` say of Google Photos: that it is not there only where both do. */
export function parseApp(dump: string, paths: string): Told<AppFacts> {
  const block = packageBlock(dump, PHOTOS);
  if (block === 'missing') {
    const isTold = dump.trim() === '' || /^Packages:|Unable to find package: /m.test(dump);
    return isTold && paths.trim() === '' ? ABSENT : unrecognised(dump);
  }
  if (block === 'cut') return unrecognised(dump);
  const { head, user } = block;
  const first = (pattern: RegExp): string | undefined =>
    head.map((line) => pattern.exec(line)?.[1]).find((value) => value !== undefined);
  const uid = first(/^(?:appId|userId)=(\d{1,6})(?: |$)/);
  const flags = first(/^(?:pkgFlags|flags)=\[ (.*) ?\]$/)?.split(' ');
  const truth = (key: string): boolean | undefined => TRUTH[user[key] ?? ''];
  const [isInstalled, isHidden, isStopped] = [truth('installed'), truth('hidden'), truth('stopped')];
  const enabled = ENABLED[(user['enabled'] ?? '') as keyof typeof ENABLED] as AppFacts['enabled'] | undefined;
  if (uid === undefined || flags === undefined || enabled === undefined) return unrecognised(dump);
  if (isInstalled === undefined || isHidden === undefined || isStopped === undefined)
    return unrecognised(dump);
  const versionName = first(/^versionName=(.+)$/);
  const versionCode = first(/^versionCode=(\d+)(?: |$)/);
  return told({
    ...(versionName !== undefined && versionName !== 'null' && { versionName }),
    ...(versionCode !== undefined && { versionCode }),
    uid: Number(uid),
    isSystem: flags.includes('SYSTEM'),
    isUpdated: flags.includes('UPDATED_SYSTEM_APP'),
    isInstalled,
    isHidden,
    // Before Android 7 no app can be.
    isSuspended: truth('suspended') ?? false,
    isStopped,
    enabled,
  });
}

/** Of a long dump, what is asked about. */
export function blockShown(output: string): string {
  const from = output.indexOf(`  Package [${PHOTOS}] (`);
  if (from < 0) return output.slice(0, 1000);
  const rest = output.slice(from);
  const end = /\n(?! {3,}\S)/.exec(rest)?.index ?? rest.length;
  return `${rest.slice(0, end)}\n`;
}

/** Whether Google Photos is there, and how. */
export const appProbe = commandProbe({
  name: 'app',
  title: 'Google Photos itself',
  commands: () => [
    ['dumpsys', 'package', PHOTOS],
    ['pm', 'path', '--user', '0', PHOTOS],
  ],
  parse: ([dump = '', paths = '']) => parseApp(dump, paths),
  worth: blockShown,
});
