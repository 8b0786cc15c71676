import type { ByteSource } from '@holdfast/kernel';
import { type Calendar, type CalendarEvent, parseCalendar, type Unreadable } from '@holdfast/records';
import type { SinkRefusal } from '#device-sink.ts';
import { calendarPart } from '../../../parts/calendar/calendar-part.ts';
import { ATTENDEES, EVENTS, REMINDERS } from '../../../parts/calendar/tables.ts';
import { rowWords, unbindableRow } from '../../script/bind.ts';
import { runSteps, type Step } from '../../script/run-steps.ts';
import {
  isMark,
  type MarkedTable,
  markedRows,
  markOf,
  removeRows,
  removeUnfinished,
} from '../marked-rows.ts';
import {
  type Complaints,
  complaintOf,
  type GiveContext,
  type Giver,
  type Numbered,
  type RecordKind,
} from '../record-kind.ts';
import { attendeeRow, eventRow, identityRow, reminderRow } from './event-rows.ts';
import { Originals } from './originals.ts';
import { asKeeper, type OwnCalendar, OwnCalendars } from './own-calendars.ts';

/** An event, and the calendar it is in. */
interface EventInCalendar {
  readonly event: CalendarEvent;
  readonly calendar: Calendar;
}

/** An event carries its mark where an account's id of it would be, and goes by that as long as it is unfinished. */
const MARKED: MarkedTable = { uri: EVENTS, column: '_sync_id', where: 'deleted=0' };

const NO_CALENDAR: Calendar = { kind: 'calendar', name: 'Calendar', extras: {} };

/** Events, given into calendars of the phone's own. */
export const CALENDAR_KIND: RecordKind<EventInCalendar> = {
  kind: 'event',
  part: calendarPart,
  isMade: (path) => path.endsWith('.ics'),
  parse: eventsIn,
  recordOf: ({ event }) => event,
  isLeftOver: ({ event }) => isMark(event.uid),
  refuse({ event, calendar }): SinkRefusal | undefined {
    return unbindableRow(
      eventRow(event),
      identityRow(event, undefined),
      { name: calendar.name },
      ...event.attendees.map((each) => attendeeRow('1', each)),
    );
  },
  async begin(context, signal) {
    await removeUnfinished(context.link, MARKED, signal);
    return new EventGiver(context);
  },
};

async function* eventsIn(bytes: ByteSource): AsyncGenerator<EventInCalendar | Unreadable, void, undefined> {
  let calendar = NO_CALENDAR;
  for await (const item of parseCalendar(bytes)) {
    if (item.kind === 'calendar') calendar = item;
    else if (item.kind === 'event') yield { event: item, calendar };
    else yield item;
  }
}

class EventGiver implements Giver<EventInCalendar> {
  readonly #context: GiveContext;
  readonly #calendars: OwnCalendars;
  readonly #originals: Originals;

  constructor(context: GiveContext) {
    const { link, dialect, file } = context;
    this.#context = context;
    this.#calendars = new OwnCalendars(link, dialect);
    this.#originals = new Originals(link, file);
  }

  async give(batch: readonly Numbered<EventInCalendar>[], signal?: AbortSignal): Promise<Complaints> {
    const { link, dialect } = this.#context;
    const complaints: Complaints = new Map();
    const run = async (groups: readonly (readonly Step[])[]): Promise<void> => {
      for (const [number, said] of await runSteps(link, groups, signal))
        complaints.set(number, complaintOf(said));
    };
    const homes = new Map<number, OwnCalendar>();
    for (const { number, record } of batch) {
      const { calendar, said } = await this.#calendars.of(record.calendar, signal);
      if (calendar === undefined) complaints.set(number, complaintOf(said));
      else homes.set(number, calendar);
    }
    const inHomes = batch.flatMap(({ number, record: { event } }) => {
      const home = homes.get(number);
      return home === undefined ? [] : [{ number, event, home }];
    });
    await run(
      inHomes.map(({ number, event, home }) => {
        const row = { ...eventRow(event), calendar_id: { number: home.id }, _sync_id: markOf(number) };
        return [{ number, words: rowWords(dialect, { uri: asKeeper(EVENTS, home.account), row }) }];
      }),
    );
    const ids = await markedRows(link, MARKED, signal);
    const made = inHomes.flatMap((each) => {
      const id = ids.get(each.number);
      return id === undefined ? [] : [{ ...each, id }];
    });
    await run(
      made.map(({ number, event, home, id }) => [
        ...event.reminders.map((each) => ({
          number,
          words: rowWords(dialect, { uri: asKeeper(REMINDERS, home.account), row: reminderRow(id, each) }),
        })),
        ...event.attendees.map((each) => ({
          number,
          words: rowWords(dialect, { uri: asKeeper(ATTENDEES, home.account), row: attendeeRow(id, each) }),
        })),
      ]),
    );
    for (const { event, id } of made) this.#originals.add(event, id);
    const finished: Step[][] = [];
    for (const { number, event, home, id } of made) {
      const original = event.original && (await this.#originals.of(event.original.uid, signal));
      if (event.original !== undefined && original === undefined)
        complaints.set(number, {
          reason: 'differs-after-writing',
          detail: 'the event it is an exception of is not there',
        });
      if (complaints.has(number)) continue;
      const change = {
        uri: asKeeper(EVENTS, home.account),
        row: identityRow(event, original),
        where: `_id=${id}`,
      };
      finished.push([{ number, words: rowWords(dialect, change) }]);
    }
    await run(finished);
    const failed = [...ids].filter(([number]) => complaints.has(number));
    await removeRows(link, MARKED, failed, signal);
    return complaints;
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
