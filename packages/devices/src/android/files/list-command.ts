import { type AdbTransport, runShell } from '@holdfast/adb';
import { type Clock, concatBytes, decodeName, encodeName } from '@holdfast/kernel';

const NUL = Uint8Array.of(0);

/** What a command said about a list of paths. */
export interface ListOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
}

/** Runs a command for paths that are given to it on its input: however many, and whatever is in their names. Fails with `adb/…`. */
export async function listCommand(
  transport: AdbTransport,
  words: readonly string[],
  paths: readonly string[],
  options: { readonly clock?: Clock; readonly stallAfter?: Temporal.Duration },
  signal?: AbortSignal,
): Promise<ListOutput> {
  const { stdout, stderr, exitCode } = await runShell(transport, ['xargs', '-0', ...words], {
    stdin: (async function* () {
      yield concatBytes(paths.flatMap((path) => [encodeName(path), NUL]));
    })(),
    ...options,
    ...(signal && { signal }),
  });
  return { stdout: decodeName(stdout), stderr: decodeName(stderr), exitCode };
}
