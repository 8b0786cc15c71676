import type { NotificationChannel } from '@holdfast/contract/api';
import type { Clock } from '@holdfast/kernel';
import type { AlertBook, ToSend } from './alert-book.ts';
import { alertsOf } from './alerts-of.ts';
import type { AlertFacts } from './facts.ts';
import { type Notice, noticeOf } from './send.ts';

/** What watching needs. */
export interface AlertWatch {
  readonly book: AlertBook;
  readonly clock: Clock;
  readonly facts: () => Promise<AlertFacts>;
  readonly channels: () => readonly NotificationChannel[];
  readonly send: (channel: NotificationChannel, notice: Notice, signal: AbortSignal) => Promise<void>;
  /** Aborts when it is time to look at once; asked before each look. */
  readonly again: () => AbortSignal;
  /** Called when what a person sees of alerts is different. */
  readonly onChange: () => void;
  /** Facts that could not be had: alerts stay as they are. */
  readonly onTrouble: (error: unknown) => void;
}

const EVERY = Temporal.Duration.from({ minutes: 1 });

/** Looks again and again whether there is something to tell, and tells it; until the signal aborts. */
export async function watchAlerts(watch: AlertWatch, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // Taken before the look: what changes while it lasts makes another.
    const soon = AbortSignal.any([signal, watch.again()]);
    await lookOnce(watch, signal);
    await watch.clock.sleep(EVERY, soon).catch(() => {});
  }
}

/** Looks once, and sends what is due. */
export async function lookOnce(watch: AlertWatch, signal: AbortSignal): Promise<void> {
  const { book, facts, channels, send, onChange, onTrouble } = watch;
  try {
    if (await book.update(alertsOf(await facts()))) onChange();
  } catch (error) {
    if (!signal.aborted) onTrouble(error);
  }
  // Side by side, and no more over one that failed: who does not answer keeps neither others nor the next look waiting.
  const byChannel = Map.groupBy(book.toSend(channels()), ({ channel }) => channel);
  const sendAll = async (due: readonly ToSend[]): Promise<void> => {
    for (const one of due) {
      if (signal.aborted) return;
      const isSent = await send(one.channel, noticeOf(one.alert), signal).then(
        () => true,
        () => false,
      );
      // Stopped in the middle is no try.
      if (signal.aborted) return;
      await book.tried(one, isSent);
      if (!isSent) return;
    }
  };
  await Promise.all(byChannel.values().map(sendAll));
}
