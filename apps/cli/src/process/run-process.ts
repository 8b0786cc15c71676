import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { interrupted } from '#failures.ts';
import type { World } from '#world.ts';
import { processWorld } from './process-world.ts';

const { SIGHUP } = constants.signals;

/**
 * Runs a `main` as this process: real streams, and signals. The first Ctrl-C, SIGTERM or SIGHUP stops soon, the second Ctrl-C at
 * once: every file of a repository is whole at any moment, so that loses only what was under way.
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
  // The terminal was closed. Whoever started this with nohup wants it to go on: listening would undo that.
  if (!isIgnored(SIGHUP)) process.on('SIGHUP', () => stop.abort(interrupted()));
  process.exitCode = await main(process.argv.slice(2), processWorld(stop.signal));
  // Standard input, once asked for an answer, would keep the process waiting for more.
  process.stdin.unref?.();
}

/** Whether this process was started with a signal ignored, as Linux tells it (proc(5), `SigIgn`); elsewhere, not. */
function isIgnored(signal: number): boolean {
  try {
    const [, mask = '0'] = /^SigIgn:\t([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    return ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
  } catch {
    return false;
  }
}
