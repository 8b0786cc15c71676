import { type Following, followAlone } from './follow-alone.ts';
import type { Asked, Told } from './shared-events.ts';

/**
 * Follows the server's events until aborted, over the stream that all pages of the browser share; over one of its own where the browser knows no
 * shared workers (Chrome on Android, where one page is to be seen at a time), and where the worker does not start.
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
  const leave = (): void => {
    ask({ kind: 'leave' });
    port.close();
  };
  port.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (signal.aborted) return;
    switch (data.kind) {
      case 'event':
        following.onEvent(data.event, data.id);
        return;
      case 'position':
        following.onPosition(data.id);
        return;
      case 'connection':
        following.onConnection(data.connection);
        return;
      case 'shut-out':
        following.onShutOut();
        return;
    }
  });
  worker.addEventListener(
    'error',
    () => {
      signal.removeEventListener('abort', leave);
      port.close();
      if (!signal.aborted) void followAlone(following, from, signal);
    },
    { once: true },
  );
  signal.addEventListener('abort', leave, { once: true });
  port.start();
  ask({ kind: 'join', last: from });
}
