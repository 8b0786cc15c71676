import { constants } from 'node:fs';
import { appendFile, chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, Failure, type RandomBytes, toHex } from '@holdfast/kernel';
import { syncFolder, writeNew } from '@holdfast/store';
import { HOME_FAILURES } from '#failures.ts';

/**
 * A file's text, or `undefined` when there is none. Of a file longer than `mostBytes`, or one without an end, only so much
 * and a byte: enough to see that there is more.
 */
export async function readIfThere(path: string, mostBytes: number): Promise<string | undefined> {
  try {
    await using handle = await open(path);
    const bytes = new Uint8Array(mostBytes + 1);
    let length = 0;
    // Pipes give what they have, not all that was asked for.
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = (await handle.read(bytes, length)).bytesRead;
    return Buffer.from(bytes.buffer, 0, length).toString('utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw cannot('read', path, error);
  }
}

/** More than any file that a program keeps for itself; a longer one is none of those. */
const MOST_OWN_BYTES = 256 * 1024 * 1024;

/** As {@link readIfThere}, of a file that no person puts there: a symbolic link in its place is not followed, and a pipe not waited for. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await file.stat()).size > MOST_OWN_BYTES) return '';
    return await file.readFile('utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw cannot('read', path, error);
  }
}

/** Makes a folder only its owner may enter; one that is there stays as it is. */
export async function makePrivateFolder(folder: string): Promise<void> {
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) await chmod(folder, 0o700);
  } catch (error) {
    throw cannot('make', folder, errnoOf(error) === 'ENOENT' ? await whyNot(folder, error) : error);
  }
}

/** On a read-only drive, making a folder with those around it fails as if these were not there: the outermost that is missing says why. */
async function whyNot(folder: string, otherwise: unknown): Promise<unknown> {
  for (let missing = folder; ; missing = dirname(missing)) {
    try {
      await mkdir(missing, { mode: 0o700 });
      return otherwise;
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || dirname(missing) === missing) return error;
    }
  }
}

/**
 * Writes a new file only its owner may read: whole and durable when resolved, or not there at all. `false`, and nothing
 * changed, when the name is taken.
 */
export async function writePrivateFile(path: string, text: string, random: RandomBytes): Promise<boolean> {
  const temporary = `${path}.${toHex(random(8))}.tmp`;
  try {
    return await writeNew({ path, temporary, parts: [new TextEncoder().encode(text)] });
  } catch (error) {
    throw cannot('write', path, error);
  }
}

/** Puts one file in the place of another, durably. `false` when it is not there any more. */
export async function replaceFile(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    await syncFolder(dirname(to));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw cannot('write', to, error);
  }
}

/** Puts text in the place of a file that only its owner may read: afterwards there is all of it, or what was there before. One call at a time. */
export async function putPrivateFile(path: string, text: string): Promise<void> {
  const next = `${path}.new`;
  try {
    // What an interruption left there goes; whatever else is there is not written through.
    await rm(next, { force: true });
    {
      await using file = await open(next, 'wx', 0o600);
      await file.writeFile(text);
      await file.sync();
    }
    await rename(next, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') throw taken(next);
    await rm(next, { force: true }).catch(() => {});
    throw cannot('write', path, error);
  }
}

/** Adds text to a file that only its owner may read; it is made with the first. */
export async function appendPrivateFile(path: string, text: string): Promise<void> {
  try {
    await appendFile(path, text, { mode: 0o600 });
  } catch (error) {
    throw cannot('write', path, error);
  }
}

/** Removes a file; none is fine. */
export async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    throw cannot('remove', path, error);
  }
}

/** The `Failure` for a name that was free, and is not any more: another program is at work in the same home folder. */
export function taken(path: string): Failure {
  return new Failure(HOME_FAILURES.folder, `Something appeared at ${path} meanwhile`, {
    hint: 'Run it again when no other Holdfast uses the home folder.',
    details: { path },
  });
}

const FULL = 'Free some space on that drive, or set HOLDFAST_HOME to a folder on another.';
const DENIED = 'Give the account that runs this access to it, or set HOLDFAST_HOME to a folder of its own.';
/** What passes by itself, or with some room on the drive. */
const LATER: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);
const NO_FOLDER = 'A file is where a folder should be: move it away, or set HOLDFAST_HOME to a folder.';
const NO_FILE = 'A folder is where a file should be: move it away, then try again.';
const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: 'That drive is read-only: make it writable, or set HOLDFAST_HOME to a folder on another.',
  EISDIR: NO_FILE,
  ELOOP: 'Move that link out of the home folder: Holdfast keeps this file there itself, and follows none.',
  ENOTDIR: NO_FOLDER,
  EEXIST: NO_FOLDER,
};

/** What happened, for a person; what hardly ever happens has the system's word for it. */
function sentenceOf(what: string, path: string, errno: string): string {
  if (HINTS[errno] === FULL) return `There is no room left on the drive for ${path}`;
  if (HINTS[errno] === DENIED) return `This account may not ${what} ${path}`;
  if (errno === 'EROFS') return `${path} cannot be written: its drive is read-only`;
  if (errno === 'ELOOP') return `Cannot ${what} ${path}: it is a symbolic link`;
  if (errno === 'EISDIR') return `Cannot ${what} ${path}: it is a folder`;
  return `Cannot ${what} ${path} (${errno})`;
}

/** The `Failure` for a file of the home folder, or one the person named. */
export function cannot(what: 'read' | 'write' | 'make' | 'remove', path: string, error: unknown): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  return new Failure(HOME_FAILURES.folder, sentenceOf(what, path, errno), {
    hint: HINTS[errno] ?? 'Check that its folder is there and that you may use it.',
    retry: LATER.has(errno) ? 'later' : 'never',
    details: { path, errno },
    cause: error,
  });
}
