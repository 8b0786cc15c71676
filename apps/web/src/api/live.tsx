import type { OperationName } from '@holdfast/contract';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { applyEvent } from './apply-event.ts';
import type { Connection } from './connection.ts';
import { coverage } from './coverage.ts';
import { followHere } from './follow-here.ts';
import { keyOf } from './keys.ts';

const ConnectionContext = createContext<Connection>('connecting');

/** Whether the server tells us what happens. */
export const useConnection = (): Connection => useContext(ConnectionContext);

/** Lists are asked for again at most this often, however much happens. */
const REFRESH_MS = 1_500;

/** Keeps all answers below it up to date by the stream of events that all pages of the browser share; it rests while the page is hidden. */
export function Live({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  const isVisible = useIsVisible();
  const last = useRef<string>(undefined);

  useEffect(() => {
    if (!isVisible) return undefined;
    const stop = new AbortController();
    const stale = new Set<OperationName>();
    let wasGone = false;
    const timer = setInterval(() => {
      for (const name of stale) void client.invalidateQueries({ queryKey: [name] });
      stale.clear();
    }, REFRESH_MS);
    const onMissed = (): void => void client.invalidateQueries();
    // What was answered before the stream is there may lack what happens until then.
    const from = last.current ?? coverage.earliest;
    if (from !== undefined) coverage.begin(from, onMissed);
    followHere(
      {
        onPosition(id) {
          last.current = id;
          coverage.begin(id, onMissed);
        },
        onEvent(event, id) {
          last.current = id;
          if (event.kind === 'reset') coverage.reset(id);
          const changed = applyEvent(client, event);
          if (changed === 'all') void client.invalidateQueries();
          else for (const name of changed) stale.add(name);
        },
        onConnection(next) {
          setConnection(next);
          if (next === 'open' && wasGone) void client.invalidateQueries();
          wasGone = next === 'gone';
        },
        onShutOut: () => void client.invalidateQueries({ queryKey: keyOf('session') }),
      },
      from,
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
