import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { ByteSource } from '@holdfast/kernel';
import { unlinkQuietly } from './give-name.ts';
import { osPath } from './os-path.ts';
import { reachEntry } from './reach.ts';
import { createStage, finishStage, type StagedFile } from './stage.ts';

/** Read again so much at a time. */
const READ_BYTES = 1024 * 1024;

const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Writes a file from a stream, reads all of it back, and gives it its name when what was read is what was to be written: `taken` when something
 * has the name, which was to be kept, and `differs` when it reads back different. Unless it is `named`, and when it fails as the stream does or with
 * the system's error, nothing of it is left.
 */
export async function writeFile(file: StagedFile, bytes: ByteSource): Promise<'named' | 'taken' | 'differs'> {
  const fd = createStage(file.stagePath);
  let isProved = false;
  try {
    const hash = createHash('sha256');
    let written = 0;
    for await (const chunk of bytes) {
      hash.update(chunk);
      for (let from = 0; from < chunk.length; )
        from += writeSync(fd, chunk, from, chunk.length - from, written + from);
      written += chunk.length;
    }
    isProved = hashOf(fd) === hash.digest('hex');
  } finally {
    if (!isProved) {
      closeSync(fd);
      unlinkQuietly(file.stagePath);
    }
  }
  if (!isProved) return 'differs';
  try {
    return finishStage(fd, file) ? 'named' : 'taken';
  } catch (error) {
    unlinkQuietly(file.stagePath);
    throw error;
  }
}

/** SHA-256 of an ordinary file of this length, in hexadecimal digits; `undefined` for anything else. */
export function hashFile(path: string, sizeBytes: number): string | undefined {
  using at = reachEntry(path);
  const fd = openSync(osPath(at.path), READ_ONLY);
  try {
    const stat = fstatSync(fd);
    return stat.isFile() && stat.size === sizeBytes ? hashOf(fd) : undefined;
  } finally {
    closeSync(fd);
  }
}

function hashOf(fd: number): string {
  const hash = createHash('sha256');
  const memory = new Uint8Array(READ_BYTES);
  for (let at = 0; ; ) {
    const read = readSync(fd, memory, 0, memory.length, at);
    if (read === 0) return hash.digest('hex');
    hash.update(memory.subarray(0, read));
    at += read;
  }
}
