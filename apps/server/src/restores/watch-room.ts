import type { Clock } from '@holdfast/kernel';
import type { Runs, WaitingForRoom } from '../runs/runs.ts';

/** What watching needs. */
export interface RoomWatch {
  readonly clock: Clock;
  readonly runs: Pick<Runs, 'waitingForRoom' | 'roomCame'>;
  /** Room where this one is to write, as it was seen since it waits; `undefined` where nobody says. */
  readonly freeBytes: (waiting: WaitingForRoom) => Promise<number | undefined>;
  /** A glance that could not be had: there is another. */
  readonly onTrouble: (error: unknown) => void;
}

/** As often as at the drive with the backups; a glance costs a system call for each run that waits, and mostly none does. */
const EVERY = Temporal.Duration.from({ seconds: 5 });

/** Looks again and again whether there is room where runs wait for it, and lets those go on for which there is; until the signal aborts. */
export async function watchRoom(
  { clock, runs, freeBytes, onTrouble }: RoomWatch,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const came: string[] = [];
    for (const waiting of runs.waitingForRoom()) {
      try {
        const free = await freeBytes(waiting);
        if (free !== undefined && free >= waiting.room.neededBytes) came.push(waiting.id);
      } catch (error) {
        if (signal.aborted) return;
        onTrouble(error);
      }
    }
    runs.roomCame(came);
    await clock.sleep(EVERY, signal).catch(() => {});
  }
}
