import { readFileSync } from 'node:fs';

/** Ticks of a second in Linux's `/proc`: `USER_HZ`, 100 on every machine Node runs on (proc(5)). */
const TICKS = 100;

/** Two clocks read at different moments, and a lock's time is taken a little after its process began. */
const SLACK_MS = 2000;

/**
 * Whether the process that wrote something at `since` may still run: one with its number is there and, where the system
 * tells, did not begin after that. Numbers are used again.
 */
export function isProcessAlive(pid: number, since: Temporal.Instant): boolean {
  if (!isThere(pid)) return false;
  const beganMs = beginOf(pid);
  return beganMs === undefined || beganMs <= since.epochMilliseconds + SLACK_MS;
}

/** Signal 0 only asks; a process of somebody else answers EPERM, and is there. */
function isThere(pid: number): boolean {
  // 0 and below would ask whole groups of processes.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** When a process began, in milliseconds since 1970; `undefined` where there is no `/proc`. */
function beginOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets, which may hold anything; field 22 is 20 words after it.
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    const boot = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1'))?.[1];
    const beganMs = (Number(boot) + ticks / TICKS) * 1000;
    return Number.isFinite(beganMs) ? beganMs : undefined;
  } catch {
    return undefined;
  }
}
