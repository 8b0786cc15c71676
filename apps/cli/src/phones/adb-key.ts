import { join } from 'node:path';
import { type AdbKey, generateAdbKey, parseAdbKey } from '@holdfast/adb';
import { isFailure } from '@holdfast/kernel';
import { CLI_FAILURES } from '#failures.ts';
import { homeOf } from '#home/home.ts';
import { makePrivateFolder, readIfThere, writePrivateFile } from '#home/private-file.ts';
import type { World } from '#world.ts';

/** Much more than a key of 2048 bits takes as text. */
const MOST_BYTES = 16 * 1024;

/**
 * The key by which phones recognise this computer: the one adb uses, so that no phone asks twice; else the one in the home
 * folder, which is made when it is first needed; where none can be kept, one for this run. Fails with `adb/bad-key` when the file holds none.
 */
export async function adbKey(world: World): Promise<AdbKey> {
  const { folder } = homeOf(world);
  const comment = `${world.identity.username}@${world.identity.hostname}`;
  const own = join(folder, 'adbkey');
  for (const path of [join(world.homeFolder, '.android', 'adbkey'), own]) {
    const text = await readIfThere(path, MOST_BYTES);
    if (text !== undefined) return parseAdbKey(text, comment);
  }
  const key = generateAdbKey(comment);
  try {
    await makePrivateFolder(folder);
    if (await writePrivateFile(own, key.pem, world.random)) return key;
  } catch (error) {
    // Where nothing can be kept, phones are asked again next time: no reason to give up what needs none.
    if (isFailure(error, CLI_FAILURES.home)) return key;
    throw error;
  }
  // Another run made one in the same moment: that is the one phones are told of.
  return parseAdbKey((await readIfThere(own, MOST_BYTES)) ?? '', comment);
}
