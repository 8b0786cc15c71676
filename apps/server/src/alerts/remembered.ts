import type { NotificationChannel } from '@holdfast/contract/api';
import { z } from 'zod';

/** What became of telling an alert over a channel: so many tries, and when the next one is due; `sent` when there is none. */
const delivery = z.strictObject({ tries: z.int().nonnegative(), nextMs: z.number(), isOver: z.boolean() });

const remembered = z.strictObject({
  sinceMs: z.number(),
  isDismissed: z.boolean(),
  /** By the name of the channel. */
  deliveries: z.record(z.string(), delivery),
});

/** What is remembered of an alert as long as it is so. */
export type Remembered = z.infer<typeof remembered>;

const file = z.strictObject({ alerts: z.record(z.string(), remembered) });

/** The text of what is remembered. */
export const formatRemembered = (alerts: ReadonlyMap<string, Remembered>): string =>
  `${JSON.stringify({ alerts: Object.fromEntries(alerts) })}\n`;

/** What a text says; nothing where it makes no sense: then alerts begin again. */
export function parseRemembered(text: string): Map<string, Remembered> {
  try {
    return new Map(Object.entries(file.parse(JSON.parse(text)).alerts));
  } catch {
    return new Map();
  }
}

/** A channel's name, without its secrets. */
export function channelName(channel: NotificationChannel): string {
  switch (channel.kind) {
    case 'webhook':
    case 'ntfy':
      return `${channel.kind} ${channel.url}`;
    case 'smtp':
      return `smtp ${channel.host}:${channel.port} ${channel.to}`;
    default:
      return channel satisfies never;
  }
}

/** Minutes between tries; after the last there is none. */
const WAITS = [1, 5, 15, 60, 240, 720];
const LONGEST_WAIT = Math.max(...WAITS);

/** Whether something is to be sent now. */
export const isDue = (one: Remembered, channel: string, nowMs: number): boolean => {
  const before = one.deliveries[channel];
  if (before === undefined) return true;
  // So far ahead no try is put off: the clock was set back.
  const isAhead = before.nextMs - nowMs > LONGEST_WAIT * 60_000;
  return !before.isOver && (before.nextMs <= nowMs || isAhead);
};

/** What is remembered after a try. */
export function tried(one: Remembered, channel: string, isSent: boolean, nowMs: number): Remembered {
  const tries = (one.deliveries[channel]?.tries ?? 0) + 1;
  const wait = WAITS[tries - 1];
  const next = { tries, nextMs: nowMs + (wait ?? 0) * 60_000, isOver: isSent || wait === undefined };
  return { ...one, deliveries: { ...one.deliveries, [channel]: next } };
}
