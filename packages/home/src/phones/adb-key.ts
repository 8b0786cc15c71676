import { join } from 'node:path';
import { type AdbKey, generateAdbKey, parseAdbKey } from '@holdfast/adb';
import { isFailure } from '@holdfast/kernel';
import { HOME_FAILURES } from '#failures.ts';
import type { Machine } from '#host.ts';
import { homeOf } from '#place/home.ts';
import { makePrivateFolder, readIfThere, writePrivateFile } from '#place/private-file.ts';

/** Much more than a key of 2048 bits takes as text. */
const MOST_BYTES = 16 * 1024;

/**
 * The key by which phones recognise this computer: the one adb uses, so that no phone asks twice; else the one in the home
 * folder, which is made when it is first needed; where none can be kept, one for this run. Fails with `adb/bad-key` when the file holds none.
 */
export async function adbKey(machine: Machine): Promise<AdbKey> {
  const { folder } = homeOf(machine);
  const comment = `${machine.identity.username}@${machine.identity.hostname}`;
  const own = join(folder, 'adbkey');
  for (const path of [join(machine.homeFolder, '.android', 'adbkey'), own]) {
    const text = await readIfThere(path, MOST_BYTES);
    if (text !== undefined) return parseAdbKey(text, comment);
  }
  const key = generateAdbKey(comment);
  try {
    await makePrivateFolder(folder);
    if (await writePrivateFile(own, key.pem, machine.random)) return key;
  } catch (error) {
    // Where nothing can be kept, phones are asked again next time: no reason to give up what needs none.
    if (isFailure(error, HOME_FAILURES.folder)) return key;
    throw error;
  }
  // Another run made one in the same moment: that is the one phones are told of.
  return parseAdbKey((await readIfThere(own, MOST_BYTES)) ?? '', comment);
}
