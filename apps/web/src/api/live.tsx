import type { OperationName } from '@holdfast/contract';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { applyEvent } from './apply-event.ts';
import { type Connection, followEvents } from './connection.ts';
import { keyOf } from './keys.ts';
import { openEvents, pause } from './open-events.ts';
import { isShutOut } from './problem.ts';

const ConnectionContext = createContext<Connection>('connecting');

/** Whether the server tells us what happens. */
export const useConnection = (): Connection => useContext(ConnectionContext);

/** Lists are asked for again at most this often, however much happens. */
const REFRESH_MS = 1_500;

/** Keeps all answers below it up to date by one stream of events, which rests while the page is hidden. */
export function Live({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  const isVisible = useIsVisible();

  useEffect(() => {
    if (!isVisible) return undefined;
    const stop = new AbortController();
    const stale = new Set<OperationName>();
    let wasGone = false;
    const timer = setInterval(() => {
      for (const name of stale) void client.invalidateQueries({ queryKey: [name] });
      stale.clear();
    }, REFRESH_MS);
    void followEvents(
      {
        open: openEvents,
        pause,
        onEvent(event) {
          const changed = applyEvent(client, event);
          if (changed === 'all') void client.invalidateQueries();
          else for (const name of changed) stale.add(name);
        },
        onConnection(next) {
          setConnection(next);
          if (next === 'open' && wasGone) void client.invalidateQueries();
          wasGone = next === 'gone';
        },
        isFinal(error) {
          if (!isShutOut(error)) return false;
          void client.invalidateQueries({ queryKey: keyOf('session') });
          return true;
        },
      },
      stop.signal,
    );
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [client, isVisible]);

  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

function useIsVisible(): boolean {
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    // At once: a page that is left is frozen before React would come to it, and its stream would go on taking one of the
    // six connections that a browser has to a server.
    const look = (): void => flushSync(() => setVisible(document.visibilityState === 'visible'));
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isVisible;
}
