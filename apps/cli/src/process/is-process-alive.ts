import { readFileSync } from 'node:fs';
import { errnoOf } from '@holdfast/kernel';

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
  const stat = statOf(pid);
  if (stat === undefined) return true;
  // Over, but nobody has asked how it ended: where the first process of a container does not, it stays so for good.
  if (stat.state === 'Z' || stat.state === 'X') return false;
  return !(stat.beganMs > since.epochMilliseconds + SLACK_MS);
}

/**
 * What no other process ever has but the one with this number now: the start of the system it runs in, and the tick of that at which it began.
 * `undefined` where there is none, and where the system does not tell. Setting the clock does not change it.
 */
export function processMark(pid: number): string | undefined {
  if (!isThere(pid)) return undefined;
  const stat = statOf(pid);
  if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return undefined;
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${stat.beganTicks}`;
  } catch {
    return undefined;
  }
}

/** Signal 0 only asks; a process of somebody else answers EPERM, and is there. */
function isThere(pid: number): boolean {
  // 0 and below would ask whole groups of processes.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

interface ProcessStat {
  /** One letter: R runs, S sleeps, Z is a zombie, X is dead. */
  readonly state: string;
  /** Since the system started. */
  readonly beganTicks: number;
  /** Milliseconds since 1970; NaN when the system does not tell. */
  readonly beganMs: number;
}

/** What `/proc` says of a process; `undefined` where there is none. */
function statOf(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets, which may hold anything; the third is the state, the 22nd the begin.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1'))?.[1];
    const beganTicks = Number(fields[19]);
    return {
      state: fields[0] ?? '',
      beganTicks,
      beganMs: (Number(boot) + beganTicks / TICKS) * 1000,
    };
  } catch {
    return undefined;
  }
}
