import { type FollowParts, followEvents } from './connection.ts';
import { openEvents, pause } from './open-events.ts';
import { isShutOut } from './problem.ts';

/** What is told of the server's events. */
export type Following = Pick<FollowParts, 'onEvent' | 'onPosition' | 'onConnection'> & {
  /** The browser must come in first; nothing more is told. */
  onShutOut(): void;
};

/** Follows the server's events over a stream of its own until aborted, from after one of them on or from now. */
export async function followAlone(
  following: Following,
  from: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const isFinal = (error: unknown): boolean => {
    if (!isShutOut(error)) return false;
    following.onShutOut();
    return true;
  };
  await followEvents({ ...following, open: openEvents, pause, isFinal }, from, signal);
}
