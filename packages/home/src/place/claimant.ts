import type { Machine } from '#host.ts';

/** Who has claimed something for as long as it runs, as it is written down. */
export interface Claimant {
  readonly hostname: string;
  readonly pid: number;
  /** RFC 3339. */
  readonly since: string;
  /** As `processMark` of the machine gives it; absent where the system does not tell. */
  readonly mark?: string | undefined;
}

/** This process, from now on. */
export function claimantHere({ clock, identity: { hostname, pid }, processMark }: Machine): Claimant {
  const mark = processMark?.(pid);
  return { hostname, pid, since: clock.now().toString(), ...(mark !== undefined && { mark }) };
}

/** Whether a claimant may still run, on this computer. */
export function isClaimantAlive(
  { hostname, pid, since, mark }: Claimant,
  { identity, isProcessAlive, processMark }: Machine,
): boolean {
  if (hostname !== identity.hostname) return false;
  // Clocks are set, and then tell wrongly when a process began.
  const now = mark === undefined ? undefined : processMark?.(pid);
  return now === undefined ? isProcessAlive(pid, Temporal.Instant.from(since)) : now === mark;
}
