import { realpath, statfs } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { AndroidPhone } from '@holdfast/devices/android';
import { type GiveBackTo, type Host, homeOf, repositoryPlace } from '@holdfast/home';
import { plainText } from '@holdfast/kernel';
import type { PhoneHere } from '../devices/watcher.ts';
import { conflict } from '../failures.ts';
import type { Asked } from './plans.ts';

/** Opens the link to a phone in sight; disposed of when done. Fails where it is not in sight. */
export type OpenDevice = (
  device: string,
  signal: AbortSignal,
) => Promise<{ readonly phone: AndroidPhone } & AsyncDisposable>;

/** Where something is to be given back to, to be disposed of when that is done. Fails for a folder that may not be one. */
export async function openTarget(
  to: Asked['to'],
  { host, openDevice }: { readonly host: Host; readonly openDevice: OpenDevice },
  signal: AbortSignal,
): Promise<{ readonly to: GiveBackTo } & AsyncDisposable> {
  if (to.kind === 'device') {
    const device = await openDevice(to.device, signal);
    return {
      to: { kind: 'phone', phone: device.phone },
      [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
    };
  }
  const path = await allowedFolder(to.path, host);
  return { to: { kind: 'folder', path }, [Symbol.asyncDispose]: async () => {} };
}

/**
 * The folder, which need not be there. Fails with `server/conflict` for a path that is not absolute, and for one in the home folder or in the
 * repository, by whatever links it leads there: what is written there could be taken for the password or for backups.
 */
export async function allowedFolder(path: string, host: Host): Promise<string> {
  if (!isAbsolute(path) || path.includes('\0'))
    throw conflict(
      `${plainText(path, 200)} is no folder of this computer`,
      'Write the whole path, from the root: /home/ada/restored.',
    );
  const real = await realOf(resolve(path));
  for (const own of [homeOf(host).folder, repositoryPlace(host).path]) {
    const below = relative(await realOf(own), real);
    if (below === '' || !(below === '..' || below.startsWith('../') || isAbsolute(below)))
      throw conflict(
        `${plainText(path, 200)} is a folder of Holdfast itself`,
        'Choose another folder: in this one are the password and the backups.',
      );
  }
  return resolve(path);
}

/**
 * Room where something is to be given back: of a folder, on its drive; of a phone, on a volume, as it said last, if that was after `since`.
 * `undefined` where nobody says, and where it is not there.
 */
export async function roomAt(
  to: Asked['to'],
  { volume = 'internal', since }: { readonly volume?: string | undefined; readonly since: Temporal.Instant },
  phones: ReadonlyMap<string, Pick<PhoneHere, 'asked' | 'freeBytes'>>,
): Promise<number | undefined> {
  if (to.kind === 'device') {
    const phone = phones.get(to.device);
    const isNews = phone !== undefined && Temporal.Instant.compare(phone.asked, since) >= 0;
    return isNews ? phone.freeBytes.get(volume) : undefined;
  }
  const space = await statfs(to.path).catch(() => undefined);
  return space && space.bavail * space.bsize;
}

/** Where a path leads, as far as it is there. */
async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(await realOf(above), relative(above, path));
  }
}
