import { type AdbTransport, RemoteFiles, type RemoteFilesOptions, runShell } from '@holdfast/adb';
import { concatBytes, decodeName, encodeName } from '@holdfast/kernel';
import { isLongPath } from '#android/reading/long-path.ts';

const NUL = Uint8Array.of(0);

/** Paths given to one command: it answers within seconds, and few are asked for again when one of them is gone. */
const MOST_PATHS = 2000;

type Size = number | undefined;

/**
 * The sizes of files on a phone whose listings know them modulo 4 GiB only, in the order of the paths; `undefined` where it does
 * not say.
 *
 * By a look through the file service where that knows whole sizes (Android 8 to 10) and takes the path, else by `stat -c %s`, and
 * for phones that take no input for commands (before Android 7) not at all.
 */
export async function fullSizes(
  transport: AdbTransport,
  paths: readonly string[],
  options: RemoteFilesOptions,
  signal?: AbortSignal,
): Promise<readonly Size[]> {
  const { features } = transport;
  const sizes = new Map<string, Size>();
  const isLookedAt = (path: string): boolean => features.has('stat_v2') && !isLongPath(path);
  const looks = new RemoteFiles(transport, options).stat(paths.filter(isLookedAt), signal);
  for await (const look of looks) if (look.kind === 'found') sizes.set(look.path, look.stat.sizeBytes);
  const others = features.has('shell_v2') ? paths.filter((path) => !isLookedAt(path)) : [];
  for (let at = 0; at < others.length; at += MOST_PATHS) {
    const some = others.slice(at, at + MOST_PATHS);
    const said = await byCommand(transport, some, options, signal);
    for (const [index, path] of some.entries()) sizes.set(path, said[index]);
  }
  return paths.map((path) => sizes.get(path));
}

async function byCommand(
  transport: AdbTransport,
  paths: readonly string[],
  options: RemoteFilesOptions,
  signal?: AbortSignal,
): Promise<readonly Size[]> {
  const { stdout } = await runShell(transport, ['xargs', '-0', 'stat', '-c', '%s', '--'], {
    stdin: (async function* () {
      yield concatBytes(paths.flatMap((path) => [encodeName(path), NUL]));
    })(),
    ...(options.clock && { clock: options.clock }),
    ...(signal && { signal }),
  });
  const lines = decodeName(stdout).split(/\r?\n/).slice(0, -1);
  if (lines.length === paths.length && lines.every((line) => /^\d{1,16}$/.test(line)))
    return lines.map(Number);
  // A file that is gone has no line: in halves, it shows which. Without any line there is no such command.
  if (paths.length === 1 || lines.length === 0) return paths.map(() => undefined);
  const middle = Math.ceil(paths.length / 2);
  return [
    ...(await byCommand(transport, paths.slice(0, middle), options, signal)),
    ...(await byCommand(transport, paths.slice(middle), options, signal)),
  ];
}
