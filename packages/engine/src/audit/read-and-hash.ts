import { createHash } from 'node:crypto';
import type { FileHash, HashableFile, HashFiles, Source } from '@holdfast/devices';
import { isFailure, mapOrdered, toHex } from '@holdfast/kernel';
import { reasonOfFailure } from '../backup/reasons.ts';

/** Files that are being read at once: enough to hide the time each takes to begin. */
const AT_ONCE = 16;

/** Hashes files by reading them: for devices that cannot do it themselves. */
export const readAndHash =
  (source: Pick<Source, 'read'>): HashFiles =>
  (files, signal) =>
    mapOrdered(files, AT_ONCE, (file, reading) => hashOf(source, file, reading), signal);

async function hashOf<File extends HashableFile>(
  source: Pick<Source, 'read'>,
  file: File,
  signal: AbortSignal,
): Promise<FileHash<File>> {
  try {
    return { kind: 'hashed', file, sha256: await sha256Of(source.read(file.path, signal)) };
  } catch (error) {
    if (!isFailure(error) || !error.code.startsWith('devices/')) throw error;
    const isChanged = error.code === 'devices/changed-while-reading';
    const reason = isChanged ? 'changed-while-reading' : reasonOfFailure(error);
    return { kind: 'unreadable', file, reason, detail: error.message };
  }
}

/** SHA-256 of all bytes of a source, in hexadecimal. */
export async function sha256Of(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return toHex(hash.digest());
}
