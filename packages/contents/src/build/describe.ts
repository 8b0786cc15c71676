import type { ItemKind, ItemType } from '@holdfast/contract';
import { foldedText } from '@holdfast/kernel';
import {
  type AppFacts,
  type CalendarEvent,
  type Call,
  type Contact,
  type Kinded,
  recordTitle,
  type Setting,
} from '@holdfast/records';
import { inRange, type Zone } from '../words/zone.ts';

/** A label and what stands behind it; a number is a time, `day` one of a whole day. */
export type Field = readonly [label: string, value: string | number, only?: 'day'];

/** What a list and a page say of a record. */
export interface Described {
  readonly kind: ItemKind;
  readonly type: ItemType;
  readonly title: string;
  readonly subtitle: string;
  /** Its place among those of its type: of text by name, of a number the newest first. */
  readonly sort: string | number;
  readonly time?: number;
  /** Whose name may be in the contacts, where there is no title. */
  readonly number?: string;
  readonly fields: readonly Field[];
  /** What finds it besides its title. */
  readonly words: string;
}

/** Longest value that is shown; the backup has all of it. */
const LONGEST = 20_000;
const MOST_FIELDS = 500;

/** What is to be said of a record. `group`: the calendar's name; `zone`: where whole days begin. */
export function describeRecord(
  record: AppFacts | Call | CalendarEvent | Contact | Setting,
  group: string,
  zone: Zone,
): Described {
  switch (record.kind) {
    case 'contact':
      return describeContact(record);
    case 'call':
      return describeCall(record);
    case 'event':
      return describeEvent(record, group, zone);
    case 'app':
      return describeApp(record);
    case 'setting':
      return describeSetting(record);
    default:
      return record satisfies never;
  }
}

const field = (label: string, value: string | undefined): Field[] =>
  value === undefined || value === '' ? [] : [[label, value.slice(0, LONGEST)]];

const named = (label: string, { type, label: own }: Kinded): string => {
  const word = own ?? type?.replaceAll('-', ' ');
  return word === undefined || word === '' ? label : `${label} (${word.slice(0, 80)})`;
};

const byName = (title: string): string => foldedText(title).slice(0, 200);

function describeContact(contact: Contact): Described {
  const { name = {}, organisations, addresses, phones, emails } = contact;
  const listed = (label: string, values: Contact['phones']): Field[] =>
    values.flatMap((each) => field(named(label, each), each.value));
  const fields: Field[] = [
    ...field('Name', name.display),
    ...field('Prefix', name.prefix),
    ...field('First name', name.given),
    ...field('Middle name', name.middle),
    ...field('Last name', name.family),
    ...field('Suffix', name.suffix),
    ...field('First name, as it sounds', name.phoneticGiven),
    ...field('Middle name, as it sounds', name.phoneticMiddle),
    ...field('Last name, as it sounds', name.phoneticFamily),
    ...listed('Nickname', contact.nicknames),
    ...listed('Phone', phones),
    ...listed('E-mail', emails),
    ...addresses.flatMap((each) => {
      const { formatted, street, postcode, city, region, country } = each;
      const lines = [street, [postcode, city].filter(Boolean).join(' '), region, country].filter(Boolean);
      return field(named('Address', each), formatted ?? lines.join('\n'));
    }),
    ...organisations.flatMap((each) => [
      ...field(named('Company', each), each.company),
      ...field('Department', each.department),
      ...field('Position', each.title),
    ]),
    ...listed('Website', contact.websites),
    ...listed('Date', contact.events),
    ...listed('Relation', contact.relations),
    ...contact.ims.flatMap((each) => field(`Messenger (${each.protocol.slice(0, 80)})`, each.value)),
    ...listed('SIP', contact.sips),
    ...contact.notes.flatMap((note) => field('Note', note)),
    ...field('Groups', contact.groups.join(', ')),
    ...(contact.isStarred ? field('Favourite', 'yes') : []),
    ...(contact.photo === undefined ? [] : field('Picture', 'yes')),
  ].slice(0, MOST_FIELDS);
  const title = recordTitle(contact);
  const subtitle =
    [...phones, ...emails].find(({ value }) => value !== title)?.value ?? organisations[0]?.company ?? '';
  return {
    kind: 'contact',
    type: 'contacts',
    title,
    subtitle: subtitle.slice(0, 200),
    sort: byName(title),
    fields,
    words: fields.map(([, value]) => value).join(' '),
  };
}

/** CallLog.Calls, `type`. */
const DIRECTIONS = [
  '',
  'Incoming',
  'Outgoing',
  'Missed',
  'Voicemail',
  'Rejected',
  'Blocked',
  'Answered elsewhere',
];
/** CallLog.Calls, `presentation`, where there is no number. */
const NUMBERLESS: ReadonlyMap<string, string> = new Map([
  ['2', 'Private number'],
  ['3', 'Unknown number'],
  ['4', 'Pay phone'],
]);

function describeCall({ columns }: Call): Described {
  const { number = '', name = '', date, duration, type, presentation = '' } = columns;
  const time = inRange(Number(date ?? 0));
  const direction = DIRECTIONS[Number(type ?? 0)] ?? 'Call';
  const seconds = Number(duration ?? 0);
  const lasted = seconds > 0 ? durationText(seconds) : '';
  return {
    kind: 'call',
    type: 'calls',
    title: name.slice(0, 200) || (number === '' ? (NUMBERLESS.get(presentation) ?? 'Unknown number') : ''),
    number: number.slice(0, 200),
    subtitle: [direction, lasted].filter((part) => part !== '').join(' · '),
    sort: -time,
    time,
    fields: [
      ...field('Name', name),
      ...field('Number', number),
      ...field('Direction', direction),
      ['When', time],
      ...field('Duration', lasted),
      ...field('Place', columns['geocoded_location']),
    ],
    words: `${number} ${columns['geocoded_location'] ?? ''}`,
  };
}

function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

function describeEvent(event: CalendarEvent, group: string, zone: Zone): Described {
  const { isAllDay, start, end, location = '', description = '' } = event;
  const time = inRange(start.ms);
  const only = isAllDay ? (['day'] as const) : ([] as const);
  return {
    kind: 'event',
    type: 'calendar',
    title: recordTitle(event),
    subtitle: location.slice(0, 200),
    // A whole day is kept as its midnight in UTC, and begins with that of the zone.
    sort: -(isAllDay ? zone.instantOf(time) : time),
    time,
    fields: [
      ...field('Title', event.title),
      [isAllDay ? 'Day' : 'Begins', time, ...only],
      ...(end === undefined || (isAllDay && end.ms - start.ms <= 86_400_000)
        ? []
        : [[isAllDay ? 'Until before' : 'Ends', inRange(end.ms), ...only] as const]),
      ...field('Duration', event.duration),
      ...field('Repeats', event.rrule),
      ...field('Place', location),
      ...field('Description', description),
      ...field('Calendar', group),
      ...field('Organiser', event.organizer),
      ...event.attendees
        .slice(0, MOST_FIELDS)
        .flatMap(({ name, email, status }) =>
          field('Invited', [name, email, status?.replaceAll('-', ' ')].filter(Boolean).join(' · ')),
        ),
      ...event.reminders
        .slice(0, 50)
        .flatMap(({ minutes }) =>
          field('Reminder', minutes < 0 ? 'as the calendar has it' : `${minutes} min before`),
        ),
      ...field('Status', event.status),
      ...field('Time zone', start.zone),
    ],
    words: `${location} ${description.slice(0, LONGEST)} ${event.attendees
      .slice(0, MOST_FIELDS)
      .map(({ name, email }) => `${name ?? ''} ${email}`)
      .join(' ')}`,
  };
}

function describeApp(app: AppFacts): Described {
  const title = recordTitle(app);
  const bytes = app.apks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    kind: 'app',
    type: 'apps',
    title,
    subtitle: [app.versionName, title === app.package ? '' : app.package]
      .filter(Boolean)
      .join(' · ')
      .slice(0, 200),
    sort: byName(title),
    fields: [
      ...field('Name', app.label),
      ...field('Package', app.package),
      ...field('Version', app.versionName),
      ...field('Version number', app.versionCode),
      ...field('Installed by', app.installer),
      ...field('First installed', app.firstInstallTime),
      ...field('Last updated', app.lastUpdateTime),
      ...field('Package files', app.apks.length === 0 ? '' : `${app.apks.length}, ${bytes} bytes`),
    ],
    words: app.package,
  };
}

function describeSetting({ kind, namespace, key, value }: Setting): Described {
  return {
    kind,
    type: 'settings',
    title: key.slice(0, 200),
    subtitle: value.slice(0, 200),
    sort: byName(`${namespace}/${key}`),
    fields: [...field('Setting', key), ...field('Group', namespace), ...field('Value', value)],
    words: value.slice(0, LONGEST),
  };
}
