import type { AdbTransport } from '@holdfast/adb';
import type { Clock } from '@holdfast/kernel';
import { outputOf } from '../facts/output.ts';

/**
 * Where the link at `path` leads, as it has it; `undefined` where the phone does not say. The file service has no word for it;
 * shared storage hardly ever has links, so one command each is soon enough.
 */
export async function linkTarget(
  transport: AdbTransport,
  path: string,
  options: { readonly clock?: Clock },
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { stdout, exitCode } = await outputOf(transport, ['readlink', '-n', '--', path], options, signal);
  return exitCode === 0 && stdout !== '' ? stdout : undefined;
}
