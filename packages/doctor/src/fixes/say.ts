import { runShell } from '@holdfast/adb';
import type { AndroidPhone } from '@holdfast/devices/android';
import { type Clock, decodeName } from '@holdfast/kernel';

/** How a phone is talked to. */
export interface Talking {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** What a command of the phone printed. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
}

/** Much more than any of these commands prints. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Runs a command, and gives what it printed whatever it came to. Fails with `adb/…` only. */
export async function say(
  { transport }: Pick<AndroidPhone, 'transport'>,
  words: readonly string[],
  { clock, signal }: Talking,
): Promise<Said> {
  const { stdout, stderr, exitCode } = await runShell(transport, words, {
    mostBytes: MOST_BYTES,
    clock,
    ...(signal && { signal }),
  });
  return { stdout: decodeName(stdout), stderr: decodeName(stderr), exitCode };
}
