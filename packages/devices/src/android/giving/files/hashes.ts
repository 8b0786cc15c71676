import { createHash } from 'node:crypto';
import { ADB_FAILURES, type AdbTransport, RemoteFiles, type RemoteFilesOptions } from '@holdfast/adb';
import { isFailure } from '@holdfast/kernel';
import { listCommand } from '../../files/list-command.ts';
import { hashingSilence } from '../../hashes/silence.ts';

const DIGITS = /^[0-9a-f]{64}$/;

/**
 * SHA-256 of files as the phone reads them, in the order of the paths; `undefined` for what cannot be read.
 *
 * The phone's `sha256sum` and not the files' bytes once more over the link: both prove what the phone's storage gives, which is
 * the same cache either way, and the hash that it is compared with was made of the bytes before the link. So the link is proved too,
 * and used once. A phone without that command (before Android 8) gives the bytes.
 */
export async function hashesOf(
  transport: AdbTransport,
  paths: readonly string[],
  sizeBytes: number,
  options: RemoteFilesOptions,
  signal?: AbortSignal,
): Promise<readonly (string | undefined)[]> {
  if (paths.length === 0) return [];
  const { clock } = options;
  const waiting = { ...(clock && { clock }), stallAfter: hashingSilence(sizeBytes) };
  const words = ['sha256sum', '-b'];
  const { stdout, stderr, exitCode } = await listCommand(transport, words, paths, waiting, signal);
  // Names, which may have line ends, are not printed: a line is a file.
  const lines = stdout.split(/\r?\n/).slice(0, -1);
  if (lines.length === paths.length && lines.every((line) => DIGITS.test(line))) return lines;
  if (exitCode === 127 || /not found|unknown option|nknown applet/i.test(stderr))
    return Array.fromAsync(paths, (path) => hashPulled(transport, path, options, signal));
  if (paths.length === 1) return [undefined];
  // One that cannot be read has no line: in halves, it shows which.
  const middle = Math.ceil(paths.length / 2);
  return [
    ...(await hashesOf(transport, paths.slice(0, middle), sizeBytes, options, signal)),
    ...(await hashesOf(transport, paths.slice(middle), sizeBytes, options, signal)),
  ];
}

async function hashPulled(
  transport: AdbTransport,
  path: string,
  options: RemoteFilesOptions,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const bytes of new RemoteFiles(transport, options).pull(path, signal)) hash.update(bytes);
  } catch (error) {
    if (isFailure(error, ADB_FAILURES.refusedFile)) return undefined;
    throw error;
  }
  return hash.digest('hex');
}
