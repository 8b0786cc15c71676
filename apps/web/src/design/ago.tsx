import { type ReactNode, useEffect, useState } from 'react';
import { serverNow } from '#api/server-clock.ts';
import { formatAgo, formatTime } from './format.ts';

/** How long ago something was; the exact time shows when pointed at. It keeps itself right. */
export function Ago({ time }: { readonly time: string }): ReactNode {
  const now = useNow();
  return (
    <time dateTime={time} title={formatTime(time)}>
      {formatAgo(time, now)}
    </time>
  );
}

const EVERY_MS = 20_000;

/** The time now by the server's clock, good to about half a minute. */
function useNow(): number {
  const [now, setNow] = useState(() => serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
