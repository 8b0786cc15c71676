import { type Calendar, type CalendarEvent, type Columns, eventUid, formatCalendar } from '@holdfast/records';
import type { SourceFile } from '#source.ts';
import { type OwnedRows, rowsByOwner } from '../../content/by-owner.ts';
import type { ContentLink } from '../../content/content-query.ts';
import { numberRows } from '../../content/number-rows.ts';
import { readTable } from '../../content/read-table.ts';
import { type KnownTable, shapeOf } from '../../content/shape.ts';
import { notAFile } from '../../reading/failures.ts';
import {
  entriesOr,
  listed,
  madeFile,
  type PartOptions,
  type SourcePart,
  type Tell,
  ToldRecords,
  toldRecord,
  unreadableRow,
} from '../part.ts';
import { calendarOf, eventOf, uidOf } from './event-of.ts';
import { calendarFileName } from './file-names.ts';
import {
  ATTENDEE_COLUMNS,
  ATTENDEES,
  CALENDAR_COLUMNS,
  CALENDARS,
  EVENT_COLUMNS,
  EVENTS,
  REMINDER_COLUMNS,
  REMINDERS,
} from './tables.ts';

const NAME = 'calendar';

/** An event with a few words to it. */
const BYTES_EACH = 500;

/** What is kept until whoever syncs it has heard that it is gone. */
const NOT_DELETED = 'deleted=0';

interface Found {
  readonly id: string;
  readonly calendar: Calendar;
  readonly file: SourceFile;
}

/** Calendars: a file each, named after it. */
export function calendarPart({ phone, link, clock }: PartOptions): SourcePart {
  const told = new ToldRecords();
  let latest: Promise<readonly Found[]> | undefined;

  async function find(signal: AbortSignal | undefined): Promise<readonly Found[]> {
    const shape = await shapeOf(link, CALENDARS, CALENDAR_COLUMNS, signal);
    const counts = await countEvents(link, signal);
    const taken = new Set<string>();
    const found: Found[] = [];
    for await (const { id, columns } of readTable(
      link,
      { uri: CALENDARS, shape, where: NOT_DELETED },
      signal,
    )) {
      const calendar = calendarOf(columns);
      const name = calendarFileName(calendar.name, taken);
      found.push({ id, calendar, file: madeFile(name, counts.get(id) ?? 0, BYTES_EACH, clock) });
    }
    return found;
  }

  return {
    name: NAME,
    async *walk(signal) {
      const entries = await entriesOr(phone, 'calendars', async () => {
        const found = await find(signal);
        latest = Promise.resolve(found);
        return found.map(({ file }) => file);
      });
      yield listed(NAME, entries);
    },
    async *read(path, signal) {
      const found = (await (latest ??= find(signal))).find(({ file }) => path === `${NAME}/${file.name}`);
      if (found === undefined) throw notAFile(path);
      const { id, calendar } = found;
      yield* told.reading(path, (tell) => formatCalendar(calendar, eventsOf(link, id, tell, signal)));
    },
    recordsOf: (path) => told.of(path),
    [Symbol.dispose]() {},
  };
}

/** Events by the calendar they are in. */
async function countEvents(
  link: ContentLink,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, number>> {
  const query = { uri: EVENTS, columns: ['calendar_id'], where: NOT_DELETED };
  const counts = new Map<string, number>();
  for (const [id = ''] of await numberRows(link, query, signal)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

async function* eventsOf(
  link: ContentLink,
  calendarId: string,
  tell: Tell,
  signal: AbortSignal | undefined,
): AsyncGenerator<CalendarEvent, void, undefined> {
  const shape = await shapeOf(link, EVENTS, EVENT_COLUMNS, signal);
  const where = `calendar_id=${calendarId} AND ${NOT_DELETED}`;
  const rows = await Array.fromAsync(readTable(link, { uri: EVENTS, shape, where }, signal));
  if (rows.length === 0) return;
  const range = `event_id>=${rows[0]?.id} AND event_id<=${rows.at(-1)?.id}`;
  const reminders = await belonging(link, REMINDERS, REMINDER_COLUMNS, range, signal);
  const attendees = await belonging(link, ATTENDEES, ATTENDEE_COLUMNS, range, signal);
  const byId = new Map(rows.map(({ id, columns }) => [id, columns]));
  for (const { id, columns, problem } of rows) {
    const trouble = problem ?? reminders.unreadable.get(id) ?? attendees.unreadable.get(id);
    const event =
      trouble === undefined
        ? eventOf(columns, {
            reminders: reminders.rows.get(id) ?? [],
            attendees: attendees.rows.get(id) ?? [],
            originalUid: originalUid(columns, byId),
          })
        : undefined;
    if (event === undefined) {
      tell(unreadableRow('event', 'events', { id, problem: trouble ?? 'it has no time' }));
      continue;
    }
    tell(toldRecord(event, 'event'));
    yield event;
  }
}

/** What the repeated event goes by of which an event stands for one time; `undefined` for every other event. */
function originalUid(row: Columns, byId: ReadonlyMap<string, Columns>): string | undefined {
  const { original_id: id, original_sync_id: synced } = row;
  if (id === undefined && !synced) return undefined;
  const original = id === undefined ? undefined : byId.get(id);
  if (original === undefined) return synced;
  const event = eventOf(original, { reminders: [], attendees: [], originalUid: undefined });
  return uidOf(original) ?? (event && eventUid(event)) ?? synced;
}

async function belonging(
  link: ContentLink,
  uri: string,
  known: KnownTable,
  where: string,
  signal: AbortSignal | undefined,
): Promise<OwnedRows> {
  const shape = await shapeOf(link, uri, known, signal);
  return rowsByOwner(link, { uri, shape, where }, 'event_id', signal);
}
