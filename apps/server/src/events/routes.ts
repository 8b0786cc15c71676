import { BYTE_ROUTES } from '@holdfast/contract';
import { type Clock, isFailure } from '@holdfast/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { busy } from '../failures.ts';
import { signalOf } from '../operation.ts';
import type { EventHub } from './hub.ts';

/** Proxies and browsers give up what says nothing for a minute. */
const HEARTBEAT = Temporal.Duration.from({ seconds: 15 });
/** Tabs and computers at once. */
const MOST_LISTENERS = 50;
/** What may wait for a slow reader; then it is cut off, and comes back with its last id. */
const MOST_WAITING_BYTES = 1_000_000;

/** What the event route needs. */
export interface EventDeps {
  readonly events: EventHub;
  readonly clock: Clock;
  /** Aborted when the server closes: listening ends. */
  readonly closing: AbortSignal;
  /** Calls back once when the session of a request is ended; the function given takes that back. */
  readonly whenSessionEnds: (request: FastifyRequest, tell: () => void) => () => void;
}

/** Registers the server-sent events (HTML Standard, 9.2). */
export function eventRoutes(
  app: FastifyInstance,
  { events, clock, closing, whenSessionEnds }: EventDeps,
): void {
  app.get(BYTE_ROUTES.events, async (request, reply) => {
    if (events.listeners >= MOST_LISTENERS)
      throw busy('Too many pages listen to this server', 'Close some of them, and reload this one.');
    const over = new AbortController();
    const ending = AbortSignal.any([signalOf(reply), closing, over.signal]);
    const given = request.headers['last-event-id'];
    const lastId = typeof given === 'string' && given !== '' ? given.slice(0, 100) : undefined;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const write = (text: string): void => {
      if (raw.destroyed || raw.writableEnded) return;
      raw.write(text);
      if (raw.writableLength > MOST_WAITING_BYTES) raw.destroy();
    };
    // Who goes on is here only when what was missed was told.
    write(`retry: 2000\n${lastId === undefined ? `id: ${events.position}\n` : ''}\n`);
    for (const event of events.since(lastId)) write(textOf(event));
    const stop = events.listen((event) => write(textOf(event)));
    // Who was put out hears no more, though the connection is there.
    const stay = whenSessionEnds(request, () =>
      over.abort(new DOMException('the session ended', 'AbortError')),
    );
    try {
      for (;;) {
        await clock.sleep(HEARTBEAT, ending);
        write(':\n\n');
      }
    } catch (error) {
      if (!ending.aborted || isFailure(error)) throw error;
    } finally {
      stop();
      stay();
      raw.end();
    }
  });
}

/** JSON has no line breaks of its own. */
const textOf = ({ id, text }: { id: string; text: string }): string => `id: ${id}\ndata: ${text}\n\n`;
