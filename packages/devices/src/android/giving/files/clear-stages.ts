import { type RemoteFilesOptions } from '@holdfast/adb';
import { listCommand } from '../../files/list-command.ts';
import type { AndroidPhone } from '../../phone.ts';
import { lookAtFolders } from './look.ts';

/** The name of a file that is on its way: a point, since galleries pass over such names. */
export const stageName = (key: string): string => `.holdfast-${key}`;

const STAGE = /^\.holdfast-[0-9a-f]{16}$/;

/** Folders that are looked at together. */
const AT_ONCE = 64;

/** Removes from these folders what lies there under the name of a stage. Fails with `adb/…` only. */
export async function clearStages(
  phone: AndroidPhone,
  folders: readonly string[],
  options: RemoteFilesOptions,
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < folders.length; from += AT_ONCE) {
    const some = folders.slice(from, from + AT_ONCE);
    const there = await lookAtFolders(phone, some, options, signal);
    const stages = some.flatMap((folder, at) => {
      const found = there[at];
      if (found?.kind !== 'folder') return [];
      return found.names
        .filter(({ name, kind }) => kind === 'file' && STAGE.test(name))
        .map(({ name }) => `${folder}/${name}`);
    });
    const { clock } = options;
    if (stages.length > 0)
      await listCommand(
        phone.transport,
        ['rm', '-f', '--'],
        stages,
        clock === undefined ? {} : { clock },
        signal,
      );
  }
}
