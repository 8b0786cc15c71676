import type { ServerEvent } from '@holdfast/contract/api';
import { eventReader } from './event-stream.ts';

/** Whether the server tells us what happens: `gone` when it has not answered for a while. */
export type Connection = 'connecting' | 'open' | 'gone';

/** What following events needs from around it. */
export interface FollowParts {
  /** Opens the stream, from after this event on. */
  open(lastEventId: string | undefined, signal: AbortSignal): Promise<AsyncIterable<string>>;
  /** Waits; ends early when aborted. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** `id` is where the stream goes on from after it. */
  onEvent(event: ServerEvent, id: string | undefined): void;
  /** The stream is here, and nothing has happened. */
  onPosition(id: string): void;
  onConnection(connection: Connection): void;
  /** True for what trying again cannot mend, as when the browser was shut out. */
  isFinal(error: unknown): boolean;
}

/** Waits between attempts, the last one for ever: short at first, because a restart takes a second. */
export const WAITS_MS: readonly number[] = [300, 700, 1_500, 3_000, 5_000];

/** After so many attempts in vain the person is told. */
const ATTEMPTS_UNTIL_GONE = 2;

/** Follows the server's events until aborted, from after one of them on or from now, going on after the last one seen whenever the stream ends or breaks. */
export async function followEvents(
  parts: FollowParts,
  from: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  let lastEventId = from;
  let attempts = 0;
  parts.onConnection('connecting');
  while (!signal.aborted) {
    try {
      const pieces = await parts.open(lastEventId, signal);
      attempts = 0;
      parts.onConnection('open');
      const read = eventReader();
      for await (const piece of pieces)
        for (const { id, data } of read(piece)) {
          lastEventId = id ?? lastEventId;
          const event = data === '' ? undefined : parseEvent(data);
          if (event !== undefined) parts.onEvent(event, lastEventId);
          else if (lastEventId !== undefined) parts.onPosition(lastEventId);
        }
    } catch (error) {
      if (signal.aborted) return;
      if (parts.isFinal(error)) return;
    }
    if (signal.aborted) return;
    attempts += 1;
    if (attempts >= ATTEMPTS_UNTIL_GONE) parts.onConnection('gone');
    await parts.pause(WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1] ?? 5_000, signal);
  }
}

function parseEvent(data: string): ServerEvent | undefined {
  try {
    return JSON.parse(data) as ServerEvent;
  } catch {
    return undefined;
  }
}
