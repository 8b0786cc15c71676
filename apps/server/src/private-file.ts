import { constants } from 'node:fs';
import { appendFile, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, Failure } from '@holdfast/kernel';
import { SERVER_FAILURES } from './failures.ts';

/** Text of a small file of the home folder; `undefined` when there is none. A symbolic link in its place is not followed. */
export async function readPrivate(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return await file.readFile('utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw cannot('read', path, error);
  }
}

/** Puts text in the place of a file that only its owner may read: afterwards there is all of it, or what was there before. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  try {
    // What an interruption left there goes; whatever else is there is not written through.
    await rm(temporary, { force: true });
    {
      await using file = await open(temporary, 'wx', 0o600);
      await file.writeFile(text);
      await file.sync();
    }
    await rename(temporary, path);
    await using folder = await open(dirname(path), 'r');
    await folder.sync();
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw cannot('write', path, error);
  }
}

/** Adds text to a file that only its owner may read; it is made with the first. */
export async function appendPrivate(path: string, text: string): Promise<void> {
  try {
    await appendFile(path, text, { mode: 0o600 });
  } catch (error) {
    throw cannot('write', path, error);
  }
}

/** Removes a file; none is fine. */
export async function removePrivate(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    throw cannot('remove', path, error);
  }
}

/** The `Failure` for what the system says of a file of the home folder; what is no word of the system is given back as it is. */
export function cannot(what: 'read' | 'write' | 'remove', path: string, error: unknown): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  return new Failure(SERVER_FAILURES.file, `Cannot ${what} ${path} (${errno})`, {
    hint: 'Check that there is room on its drive, and that this account may use its folder.',
    retry: 'later',
    details: { path, errno },
    cause: error,
  });
}
