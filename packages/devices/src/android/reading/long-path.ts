import { type AdbTransport, type RemoteFilesOptions, shell } from '@holdfast/adb';
import { type ByteSource, decodeName, encodeName } from '@holdfast/kernel';
import type { ReadFacts } from '#source.ts';
import { outputOf } from '../facts/output.ts';
import { NS_A_SECOND } from '../files/entry.ts';
import { errnoSaid } from './errno-said.ts';
import { changed, unreadable } from './failures.ts';

/** Longest path, in bytes, that a phone's file service takes (AOSP adb `file_sync_service.cpp`). */
const MOST_PATH_BYTES = 1024;

/** True when a path is longer than the file service takes. */
export const isLongPath = (path: string): boolean =>
  path.length * 3 > MOST_PATH_BYTES && encodeName(path).length > MOST_PATH_BYTES;

/** Most of what a command complains that is kept. */
const MOST_SAID = 4096;

/** What is known of a file that was read whole, by its path too long for the file service. */
export type LongFacts = Pick<ReadFacts, 'sizeBytes' | 'mtimeNs'>;

/**
 * The bytes of a file whose path is too long for the file service, by `cat`, proved as any other; `onWhole` is told what it was, after
 * the last of them.
 */
export async function* readLongPath(
  transport: AdbTransport,
  path: string,
  options: RemoteFilesOptions,
  onWhole: (facts: LongFacts) => void,
  signal?: AbortSignal,
): ByteSource {
  const before = await lookAt(transport, path, options, signal);
  let length = 0;
  let said = '';
  for await (const event of shell(transport, ['cat', '--', path], {
    ...(options.clock && { clock: options.clock }),
    ...(signal && { signal }),
  })) {
    if (event.kind === 'exit') {
      if (event.code !== 0) throw complaint(path, said);
    } else if (event.kind === 'stdout') {
      length += event.bytes.length;
      yield event.bytes;
    } else said = (said + decodeName(event.bytes)).slice(0, MOST_SAID);
  }
  const after = await lookAt(transport, path, options, signal);
  const [size = '', seconds = ''] = after.split(' ');
  if (before !== after || size !== String(length)) throw changed(path);
  onWhole({ sizeBytes: length, mtimeNs: BigInt(seconds) * NS_A_SECOND });
}

/** Its size and time. */
async function lookAt(
  transport: AdbTransport,
  path: string,
  options: RemoteFilesOptions,
  signal: AbortSignal | undefined,
): Promise<string> {
  const words = ['stat', '-c', '%s %Y', '--', path];
  const { stdout, stderr } = await outputOf(transport, words, options, signal);
  if (!/^\d+ -?\d+\s*$/.test(stdout)) throw complaint(path, stderr === '' ? stdout : stderr);
  return stdout.trim();
}

function complaint(path: string, said: string): Error {
  const text = said.trim();
  const errno = errnoSaid(text);
  // The path is in there, and long.
  return unreadable(path, { errno, said: errno === 'unknown' ? text : errno });
}
