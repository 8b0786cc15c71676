import { existsSync, renameSync } from 'node:fs';
import { type FileHandle, link, lstat, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CANNOT_LINK, errnoOf } from '@holdfast/kernel';

/** Bytes handed to the system in one call: an abort is noticed between calls. */
const WRITE_BYTES = 16 * 1024 * 1024;

/** What a file system answers that cannot do this at all: such a file or folder is as durable as it gets there. */
const CANNOT_SYNC: ReadonlySet<string | undefined> = new Set([
  'EINVAL',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EISDIR',
]);
/** What {@link writeNew} writes, and where. */
export interface NewFile {
  readonly path: string;
  /** A free name in the same folder. */
  readonly temporary: string;
  readonly parts: readonly Uint8Array[];
  /** The folder is new itself: its own name has to be made durable too. */
  readonly isFolderNew?: boolean;
}

/**
 * Writes `parts` to a temporary name, then gives it its own: `true` once content and name are durable, `false` if the
 * name was taken. Fails with the system's errors; then, too, neither name is there.
 */
export async function writeNew(
  { path, temporary, parts, isFolderNew = false }: NewFile,
  signal?: AbortSignal,
): Promise<boolean> {
  if (await isTaken(path)) return false;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    try {
      await writeAll(handle, parts, signal);
      await sync(handle);
    } finally {
      await handle.close();
    }
    // Now, because on a journalling file system it went to the medium with the file.
    if (isFolderNew) await syncFolder(dirname(dirname(path)));
    signal?.throwIfAborted();
    if (!(await giveName(temporary, path))) return false;
  } finally {
    // Gone already where it was renamed. One that cannot be removed does no harm, and is swept later.
    await unlink(temporary).catch(ignore);
  }
  try {
    await syncFolder(dirname(path));
  } catch (error) {
    await unlink(path).catch(ignore);
    throw error;
  }
  return true;
}

/** Makes the names in a folder durable, where its file system can. */
export async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await sync(handle);
}

async function writeAll(
  handle: FileHandle,
  parts: readonly Uint8Array[],
  signal?: AbortSignal,
): Promise<void> {
  for (let batch of batches(parts)) {
    while (batch.length > 0) {
      signal?.throwIfAborted();
      const { bytesWritten } = await handle.writev(batch);
      batch = after(batch, bytesWritten);
    }
  }
}

/** The parts without empty ones, together at most `WRITE_BYTES` at a time; larger ones are cut. */
function* batches(parts: readonly Uint8Array[]): Generator<Uint8Array[]> {
  let batch: Uint8Array[] = [];
  let room = WRITE_BYTES;
  for (const part of parts) {
    for (let at = 0; at < part.length; ) {
      const piece = part.subarray(at, at + room);
      batch.push(piece);
      at += piece.length;
      room -= piece.length;
      if (room > 0) continue;
      yield batch;
      batch = [];
      room = WRITE_BYTES;
    }
  }
  if (batch.length > 0) yield batch;
}

/** What is left of a batch: a nearly full drive takes only a part of it. */
function after(batch: readonly Uint8Array[], written: number): Uint8Array[] {
  let skip = written;
  const rest: Uint8Array[] = [];
  for (const piece of batch) {
    if (skip < piece.length) rest.push(piece.subarray(skip));
    skip = Math.max(0, skip - piece.length);
  }
  return rest;
}

/**
 * Moves a file to a name in the same folder, never replacing what is there: `false` if the name is taken. A hard link
 * refuses that in the same step, where `rename` would not; the temporary name is then left to the caller.
 */
export async function giveName(temporary: string, path: string, makeLink = link): Promise<boolean> {
  try {
    await makeLink(temporary, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    if (CANNOT_LINK.has(errnoOf(error))) return renameUnlessTaken(temporary, path);
    throw error;
  }
}

/**
 * For file systems without hard links (FAT and exFAT, which external drives come with; many network ones). Both calls
 * in one turn, so that nothing in this process comes between. Another process could: it would have to choose the
 * same name, and names are hashes of the content, except `config`.
 */
function renameUnlessTaken(temporary: string, path: string): boolean {
  if (existsSync(path)) return false;
  renameSync(temporary, path);
  return true;
}

async function isTaken(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function sync(handle: FileHandle): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!CANNOT_SYNC.has(errnoOf(error))) throw error;
  }
}

const ignore = (): void => {};
