import { folderGone, interrupted } from '#failures.ts';
import { failureText } from '#output/failure-text.ts';
import type { World } from '#world.ts';
import { processWorld } from './process-world.ts';

/**
 * Runs a `main` as this process: real streams, and signals. The first Ctrl-C, SIGTERM or closing of the terminal stops
 * soon, the second Ctrl-C at once: every file of a repository is whole at any moment, so that loses only what was under way.
 */
export async function runProcess(
  main: (argv: readonly string[], world: World) => Promise<number>,
): Promise<void> {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) dieOfInterrupt();
    stop.abort(interrupted());
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', () => stop.abort(interrupted()));
  process.on('SIGHUP', () => {
    // The terminal was closed. Where none is written to (nohup, a log), nobody has gone; and Node undoes what nohup did.
    if (process.stdout.isTTY || process.stderr.isTTY) stop.abort(interrupted());
  });
  if (!isFolderThere()) {
    process.stderr.write(`${failureText(folderGone(), false, (text) => text)}\n`);
    process.exitCode = 1;
    return;
  }
  process.exitCode = await main(process.argv.slice(2), processWorld(stop.signal));
  // Standard input, once asked for an answer, would keep the process waiting for more.
  process.stdin.unref?.();
}

/** Without a current folder no thread starts, and no name that begins nowhere means anything. */
function isFolderThere(): boolean {
  try {
    process.cwd();
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends this process as Ctrl-C does when nobody listens, which a shell calls status 130. `process.exit` would wait for
 * threads first: for ever, where one waits for a drive that does not answer or for a pipe into which nobody writes.
 */
function dieOfInterrupt(): void {
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}
