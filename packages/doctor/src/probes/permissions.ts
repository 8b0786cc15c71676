import { ABSENT, type Told, told, unrecognised, valueOf } from '@holdfast/devices/android';
import { PHOTOS } from '../google-photos.ts';
import { SPLIT_MEDIA } from '../photo-permissions.ts';
import type { PermissionFacts, PhotoAccess } from '../photos-facts.ts';
import { blockShown } from './app.ts';
import { commandProbe } from './command-probe.ts';
import { type PackageBlock, packageBlock } from './package-block.ts';

const PREFIX = 'android.permission.';

/**
 * What `dumpsys package` says that Google Photos may do. A permission that it asks for and that the first user's list lacks was never
 * granted (AOSP `PermissionsState.java` keeps those only that were decided on).
 */
export function parsePermissions(dump: string, sdk: number | undefined): Told<PermissionFacts> {
  const block = packageBlock(dump, PHOTOS);
  if (block === 'missing')
    return dump === '' || dump.includes(`Unable to find package: ${PHOTOS}\n`) ? ABSENT : unrecognised(dump);
  if (block === 'cut' || sdk === undefined) return unrecognised(dump);
  const access = accessOf(block, sdk);
  return access === undefined ? unrecognised(dump) : told({ access, granted: block.granted });
}

function accessOf(block: PackageBlock, sdk: number): PhotoAccess | undefined {
  const has = (name: string): boolean | undefined =>
    block.granted[`${PREFIX}${name}`] ?? (block.requested.has(`${PREFIX}${name}`) ? false : undefined);
  if (sdk < SPLIT_MEDIA) {
    const storage = has('READ_EXTERNAL_STORAGE');
    return storage === undefined ? undefined : storage ? 'all' : 'none';
  }
  const [photos, videos] = [has('READ_MEDIA_IMAGES'), has('READ_MEDIA_VIDEO')];
  if (photos === undefined || videos === undefined) return undefined;
  if (photos && videos) return 'all';
  if (photos || videos) return photos ? 'photos-only' : 'videos-only';
  // From Android 14 on the person may choose single photos.
  return has('READ_MEDIA_VISUAL_USER_SELECTED') === true ? 'selected' : 'none';
}

/** What Google Photos is allowed to read. */
export const permissionsProbe = commandProbe({
  name: 'permissions',
  title: 'What it is allowed',
  commands: () => [['dumpsys', 'package', PHOTOS]],
  parse: ([dump = ''], { facts }) => parsePermissions(dump, valueOf(facts.sdk)),
  worth: blockShown,
});

const OPERATION = /^(?:Uid mode: )?([A-Z][A-Z0-9_]+(?:\(\d+\))?): ([a-z]+)(?:;.*)?$/;

/** The modes that `cmd appops get PACKAGE` lists; one for all apps of that user comes first, and counts. */
export function parseAppOps(output: string): Told<Readonly<Record<string, string>>> {
  const lines = output.split(/\r?\n/);
  if (lines.pop() !== '') return unrecognised(output);
  const modes: Record<string, string> = {};
  for (const line of lines) {
    const [, name, mode] = OPERATION.exec(line.trim()) ?? [];
    if (name !== undefined && mode !== undefined) modes[name] ??= mode;
  }
  const isTold = Object.keys(modes).length > 0 || lines.some((line) => line.trim() === 'No operations.');
  return isTold ? told(modes) : unrecognised(output);
}

/** Switches behind the permissions, which some makers' apps turn. */
export const appOpsProbe = commandProbe({
  name: 'app-ops',
  title: 'Switches behind its permissions',
  commands: () => [['cmd', 'appops', 'get', PHOTOS]],
  parse: ([output = '']) => parseAppOps(output),
});
