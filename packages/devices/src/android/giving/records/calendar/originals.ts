import { type CalendarEvent, eventUid, parseCalendar } from '@holdfast/records';
import type { RecordFile } from '#device-sink.ts';
import type { ContentLink } from '../../../content/content-query.ts';
import { readTable } from '../../../content/read-table.ts';
import { shapeOf } from '../../../content/shape.ts';
import { eventOf } from '../../../parts/calendar/event-of.ts';
import { EVENT_COLUMNS, EVENTS } from '../../../parts/calendar/tables.ts';

/** Rows of repeated events on a phone, by what they go by: exceptions to them name them so. */
export class Originals {
  readonly #link: ContentLink;
  readonly #file: RecordFile;
  readonly #ids = new Map<string, string>();
  #starts: Promise<ReadonlyMap<string, number>> | undefined;

  constructor(link: ContentLink, file: RecordFile) {
    this.#link = link;
    this.#file = file;
  }

  /** An event was given, and has this row. */
  add(event: CalendarEvent, id: string): void {
    if (event.original === undefined) this.#ids.set(eventUid(event), id);
  }

  /** The row of such an event; `undefined` when it is not on the phone. */
  async of(uid: string, signal?: AbortSignal): Promise<string | undefined> {
    if (!this.#ids.has(uid)) await this.#look(uid, signal);
    return this.#ids.get(uid);
  }

  /** Among the events that begin when the backup's does. */
  async #look(uid: string, signal: AbortSignal | undefined): Promise<void> {
    const start = (await (this.#starts ??= this.#readStarts(signal))).get(uid);
    if (start === undefined) return;
    const shape = await shapeOf(this.#link, EVENTS, EVENT_COLUMNS, signal);
    const query = { uri: EVENTS, shape, where: `dtstart=${start} AND deleted=0` };
    const alone = { attendees: [], reminders: [], originalUid: undefined };
    for await (const { id, columns } of readTable(this.#link, query, signal)) {
      const event = eventOf(columns, alone);
      if (event !== undefined && !this.#ids.has(eventUid(event))) this.#ids.set(eventUid(event), id);
    }
  }

  async #readStarts(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, number>> {
    const starts = new Map<string, number>();
    for await (const item of parseCalendar(this.#file.read(signal)))
      if (item.kind === 'event' && item.original === undefined) starts.set(eventUid(item), item.start.ms);
    return starts;
  }
}
