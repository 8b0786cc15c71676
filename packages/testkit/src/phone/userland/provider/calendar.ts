import type { Android } from '../android.ts';
import { illegalArgument } from '../java.ts';
import type { ContentUri, Provider, Values } from './provider.ts';
import { ask, columnMap, deleteRows, insertRow, type Table, updateRows } from './query.ts';

const CALENDARS = columnMap(
  `_id account_name account_type _sync_id dirty name calendar_displayName calendar_color calendar_access_level visible
  sync_events calendar_location calendar_timezone ownerAccount isPrimary canOrganizerRespond canModifyTimeZone
  maxReminders allowedReminders deleted`,
);

const EVENTS = columnMap(
  `_id _sync_id dirty calendar_id title eventLocation description eventColor eventStatus selfAttendeeStatus dtstart dtend
  eventTimezone eventEndTimezone duration allDay accessLevel availability hasAlarm rrule rdate exrule exdate original_id
  original_sync_id originalInstanceTime originalAllDay lastDate hasAttendeeData guestsCanModify organizer uid2445 deleted
  customAppPackage customAppUri`,
);

const REMINDERS = columnMap('_id event_id minutes method');

const ATTENDEES = columnMap(
  `_id event_id attendeeName attendeeEmail attendeeStatus attendeeRelationship attendeeType attendeeIdentity
  attendeeIdNamespace`,
);

const TABLES: Readonly<Record<string, Table>> = {
  calendars: { from: 'calendars', columns: CALENDARS },
  events: { from: 'events', columns: EVENTS },
  reminders: { from: 'reminders', columns: REMINDERS },
  attendees: { from: 'attendees', columns: ATTENDEES },
};

/** What only a sync adapter may write into a calendar (CalendarContract.Calendars.SYNC_WRITABLE_COLUMNS). */
const SYNC_ONLY: readonly string[] = [
  'account_name',
  'account_type',
  '_sync_id',
  'dirty',
  'ownerAccount',
  'maxReminders',
  'allowedReminders',
  'canModifyTimeZone',
  'canOrganizerRespond',
  'isPrimary',
];

function placeOf({ path, text }: ContentUri): { name: string; table: Table; id: string | undefined } {
  const [name = '', id] = path;
  const table = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  if (table === undefined || (id !== undefined && !/^\d+$/.test(id)))
    throw illegalArgument(`Unknown URL ${text}`);
  return { name, table, id: id === undefined ? undefined : `_id = ${id}` };
}

/** True for a sync adapter, which has to say whose. */
function isSync({ parameters, text }: ContentUri): boolean {
  if (parameters.get('caller_is_syncadapter') !== 'true') return false;
  if (parameters.has('account_name') && parameters.has('account_type')) return true;
  throw illegalArgument(`Sync adapters must specify an account and account type: ${text}`);
}

function insert(android: Android, uri: ContentUri, values: Values): void {
  const { name, table } = placeOf(uri);
  const isAdapter = isSync(uri);
  for (const column of values.keys())
    if (table.columns?.has(column) !== true) throw illegalArgument(`Invalid column ${column}`);
  if (name === 'calendars') {
    const refused = isAdapter ? undefined : SYNC_ONLY.find((column) => values.has(column));
    if (refused !== undefined) throw illegalArgument(`Only sync adapters may write to ${refused}`);
    for (const column of ['account_name', 'account_type'])
      if (!values.has(column)) values.set(column, uri.parameters.get(column));
  }
  if (name === 'events') checkEvent(android, values);
  if ((name === 'reminders' || name === 'attendees') && !values.has('event_id'))
    throw illegalArgument(`${name} values must contain a numeric event_id`);
  if (name === 'events' && !isAdapter) values.set('dirty', 1);
  insertRow(android, name, values);
}

/** CalendarProvider2.validateEventData, what matters of it. */
function checkEvent(android: Android, values: Values): void {
  const calendar = Number(values.get('calendar_id') ?? 0);
  if (android.database.prepare('SELECT _id FROM calendars WHERE _id = ?').get(calendar) === undefined)
    throw illegalArgument('Event values must include a calendar_id');
  if (values.get('eventTimezone') === undefined)
    throw illegalArgument('Event values must include an eventTimezone');
  if (values.get('dtstart') === undefined) throw illegalArgument('DTSTART cannot be empty.');
  const isSingle = values.get('rrule') === undefined && values.get('rdate') === undefined;
  if (isSingle && values.get('dtend') === undefined && values.get('duration') === undefined)
    throw illegalArgument('DTEND and DURATION cannot both be null for an event.');
  if (!isSingle && values.get('dtend') !== undefined && values.get('duration') === undefined)
    throw illegalArgument('Recurring events must have a DURATION and no DTEND');
  values.set('lastDate', values.get('dtend') ?? values.get('dtstart') ?? null);
}

/** Calendars (AOSP CalendarProvider2): known columns only. */
export const CALENDAR: Provider = {
  className: 'com.android.providers.calendar.CalendarProvider2',
  readPermission: 'android.permission.READ_CALENDAR',
  writePermission: 'android.permission.WRITE_CALENDAR',
  query(android, uri, question) {
    const { table, id } = placeOf(uri);
    return ask(android, { ...table, having: id === undefined ? [] : [id] }, question);
  },
  insert,
  update(android, uri, values, where) {
    const { name, id } = placeOf(uri);
    isSync(uri);
    updateRows(android, name, values, [id, where]);
  },
  delete(android, uri, where) {
    const { name, id } = placeOf(uri);
    if (name === 'events' && !isSync(uri)) {
      // Those of an account are kept until it has heard of it; those of no account go at once.
      const local = "calendar_id IN (SELECT _id FROM calendars WHERE account_type = 'LOCAL')";
      deleteRows(android, name, [id, where, local]);
      updateRows(android, name, new Map([['deleted', 1]]), [id, where]);
    } else deleteRows(android, name, [id, where]);
    deleteRows(android, 'events', ['calendar_id NOT IN (SELECT _id FROM calendars)']);
    for (const table of ['reminders', 'attendees'])
      deleteRows(android, table, ['event_id NOT IN (SELECT _id FROM events)']);
  },
};
