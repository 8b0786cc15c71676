import { writeSync } from 'node:fs';
import { endedAtOnce, folderGone, interrupted } from '#failures.ts';
import { failureLine, failureText } from '#output/failure-text.ts';
import { jsonText } from '#output/json-text.ts';
import type { World } from '#world.ts';
import { processWorld } from './process-world.ts';

/** How long stopping may take where nobody is there to ask again. Containers are killed 10 seconds after they were asked to stop. */
const GRACE_MS = 8000;

/** What comes so soon after the first is the same signal once more: `timeout` and npm send it to the process and to its group. */
const ECHO_MS = 200;

/** Why a process ends in the middle of what it does. */
type Why = Parameters<typeof endedAtOnce>[0];

/**
 * Runs a `main` as this process: real streams, and signals. The first Ctrl-C, SIGTERM or closing of the terminal stops
 * soon, the second Ctrl-C or SIGTERM at once, and so do 8 seconds without an end after SIGTERM or the closing of the
 * terminal: every file of a repository is whole at any moment, so that loses only what was under way.
 */
export async function runProcess(
  main: (argv: readonly string[], world: World) => Promise<number>,
  { graceMs = GRACE_MS, echoMs = ECHO_MS }: { readonly graceMs?: number; readonly echoMs?: number } = {},
): Promise<void> {
  const stop = new AbortController();
  let askedMs: number | undefined;
  const ask = (isHasty: boolean): void => {
    const nowMs = performance.now();
    if (isHasty && askedMs !== undefined && nowMs - askedMs >= echoMs) endNow('asked');
    askedMs ??= nowMs;
    stop.abort(interrupted());
  };
  const endLater = (): void => {
    // What is still alive then is what does not end.
    setTimeout(() => endNow('no-answer'), graceMs).unref();
  };
  process.on('SIGINT', () => ask(true));
  process.on('SIGTERM', () => {
    ask(true);
    endLater();
  });
  process.on('SIGHUP', () => {
    // The terminal was closed. Where none is written to (nohup, a log), nobody has gone; and Node undoes what nohup did.
    if (!process.stdout.isTTY && !process.stderr.isTTY) return;
    // It comes from the shell and from the system: twice is no haste.
    ask(false);
    endLater();
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
 * Says so, and ends this process as Ctrl-C does when nobody listens, which a shell calls status 130. `process.exit` would wait for
 * threads first: for ever, where one waits for a drive that does not answer or for a pipe into which nobody writes.
 */
function endNow(why: Why): void {
  try {
    const failure = endedAtOnce(why);
    const isJson = process.argv.includes('--json');
    writeSync(
      2,
      `${process.stderr.isTTY ? '\n' : ''}${isJson ? jsonText(failureLine(failure)) : failureText(failure, false, (text) => text)}\n`,
    );
  } catch {
    // Nobody reads it, or not now.
  }
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}
