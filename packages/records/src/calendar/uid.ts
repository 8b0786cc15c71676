import { createHash } from 'node:crypto';
import type { CalendarEvent } from './event.ts';

/** What tells an event without an id from others, the same on every phone. */
export function eventFacts(event: CalendarEvent): readonly (string | number | boolean | null)[] {
  const { title, location, description, isAllDay, start, end, duration, rrule } = event;
  return [
    title || null,
    location || null,
    description || null,
    isAllDay,
    start.ms,
    end?.ms ?? null,
    duration || null,
    rrule || null,
  ];
}

/** The id that an event has in a file: its own, or for one without, one made of what it says, the same every time. */
export function eventUid(event: CalendarEvent): string {
  if (event.uid) return event.uid;
  const hash = createHash('sha256')
    .update(JSON.stringify(eventFacts(event)), 'utf8')
    .digest('hex');
  return `${hash.slice(0, 40)}@holdfast`;
}
