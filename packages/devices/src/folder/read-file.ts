import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type ByteSource, Failure, plainText } from '@holdfast/kernel';
import { below, osPath, reach, split } from '@holdfast/local-files';
import { DEVICE_FAILURES } from '#failures.ts';
import { failureOf } from './errno.ts';

/** Most bytes read at once, and least room for a file that is longer than it says (those of `/proc` say 0). */
const MOST_BYTES = 1024 * 1024;
const LEAST_BYTES = 64 * 1024;

/** Neither following a link that took the file's place, nor waiting for the writer of a pipe that did. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of the file at `path` (absolute), whatever its depth. A chunk is only good until the next one. Fails with
 * `devices/…`: `not-a-file` for a folder, a pipe or a device, `in-the-way` for a link.
 */
export async function* readFile(path: string, signal?: AbortSignal): ByteSource {
  signal?.throwIfAborted();
  await using file = await openFile(path);
  const { size } = await file.stat();
  const buffer = new Uint8Array(Math.min(MOST_BYTES, Math.max(LEAST_BYTES, size)));
  for (;;) {
    signal?.throwIfAborted();
    const length = await readSome(file, buffer, path);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}

async function openFile(path: string): Promise<FileHandle> {
  const { folder, name } = split(path);
  try {
    using reached = reach(folder === '' ? '/' : folder);
    const file = await open(osPath(below(reached.path, name)), FLAGS);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (error) {
    throw failureOf(error, path);
  }
  throw new Failure(DEVICE_FAILURES.notAFile, `There is no content to read at ${plainText(path)}`, {
    hint: 'Name a file: a folder, a pipe or a device has no content of its own.',
    details: { path },
  });
}

async function readSome(file: FileHandle, into: Uint8Array, path: string): Promise<number> {
  try {
    return (await file.read(into, 0, into.length, null)).bytesRead;
  } catch (error) {
    throw failureOf(error, path);
  }
}
