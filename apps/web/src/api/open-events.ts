import { BYTE_ROUTES } from '@holdfast/contract';
import { refusalOf, serverGone } from './problem.ts';

/** The stream of the server's events as text, from after `lastEventId` on. */
export async function openEvents(
  lastEventId: string | undefined,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const response = await fetch(BYTE_ROUTES.events, {
    signal,
    credentials: 'same-origin',
    cache: 'no-store',
    headers: {
      accept: 'text/event-stream',
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
  });
  if (!response.ok) throw refusalOf(response.status, await response.text());
  if (response.body === null) throw serverGone(undefined);
  return pieces(response.body.pipeThrough(new TextDecoderStream()).getReader());
}

async function* pieces(reader: ReadableStreamDefaultReader<string>): AsyncGenerator<string> {
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Waits so long, or until aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
