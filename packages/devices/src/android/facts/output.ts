import { type AdbTransport, runShell } from '@holdfast/adb';
import { type Clock, decodeName } from '@holdfast/kernel';

/** Most that a command about facts may print. */
const MOST_BYTES = 4 * 1024 * 1024;

/** What a command of the phone printed; bytes that are not UTF-8 as lone surrogates. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
}

/** Runs a command whose output is small. Fails with `adb/…` only: that it is not there shows in `exitCode` and `stderr`. */
export async function outputOf(
  transport: AdbTransport,
  words: readonly string[],
  { clock }: { readonly clock?: Clock },
  signal?: AbortSignal,
): Promise<Output> {
  const { stdout, stderr, exitCode } = await runShell(transport, words, {
    mostBytes: MOST_BYTES,
    ...(clock && { clock }),
    ...(signal && { signal }),
  });
  return { stdout: decodeName(stdout), stderr: decodeName(stderr), exitCode };
}
