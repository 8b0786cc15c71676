import { interrupted } from '#failures.ts';
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
    if (stop.signal.aborted) process.exit(130);
    stop.abort(interrupted());
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', () => stop.abort(interrupted()));
  process.on('SIGHUP', () => {
    // The terminal was closed. Where none is written to (nohup, a log), nobody has gone; and Node undoes what nohup did.
    if (process.stdout.isTTY || process.stderr.isTTY) stop.abort(interrupted());
  });
  process.exitCode = await main(process.argv.slice(2), processWorld(stop.signal));
  // Standard input, once asked for an answer, would keep the process waiting for more.
  process.stdin.unref?.();
}
