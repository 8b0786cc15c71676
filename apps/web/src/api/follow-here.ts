import { type Following, followAlone } from './follow-alone.ts';
import type { Asked, Told } from './shared-events.ts';

/** A worker answers at once; one that does not by then is not there, as one that ended just when it was asked. */
const PATIENCE_MS = 3_000;

/**
 * Follows the server's events until aborted, over the stream that all pages of the browser share; over one of its own where the browser knows no
 * shared workers (Chrome on Android, where one page is to be seen at a time), and where the worker does not start or does not answer.
 */
export function followHere(following: Following, from: string | undefined, signal: AbortSignal): void {
  if (typeof SharedWorker !== 'function') {
    void followAlone(following, from, signal);
    return;
  }
  const worker = new SharedWorker(new URL('./events-worker.ts', import.meta.url), {
    type: 'module',
    name: 'events',
  });
  const { port } = worker;
  const ask = (asked: Asked): void => port.postMessage(asked);
  const over = new AbortController();
  const leave = (): void => {
    over.abort();
    clearTimeout(patience);
    ask({ kind: 'leave' });
    port.close();
  };
  const goAlone = (): void => {
    if (over.signal.aborted) return;
    signal.removeEventListener('abort', leave);
    leave();
    void followAlone(following, from, signal);
  };
  const patience = setTimeout(goAlone, PATIENCE_MS);
  port.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    clearTimeout(patience);
    if (!over.signal.aborted) tell(following, data);
  });
  worker.addEventListener('error', goAlone);
  signal.addEventListener('abort', leave, { once: true });
  port.start();
  ask({ kind: 'join', last: from });
}

function tell(following: Following, told: Told): void {
  switch (told.kind) {
    case 'event':
      following.onEvent(told.event, told.id);
      return;
    case 'position':
      following.onPosition(told.id);
      return;
    case 'connection':
      following.onConnection(told.connection);
      return;
    case 'shut-out':
      following.onShutOut();
      return;
  }
}
