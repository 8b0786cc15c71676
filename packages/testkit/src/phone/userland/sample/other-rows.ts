import type { Android } from '../android.ts';
import { threadOf } from '../provider/threads.ts';
import { putRow } from './message-rows.ts';
import { NASTY_TEXTS, numberOf, PEOPLE } from './texts.ts';

const ITEM = 'vnd.android.cursor.item';
const HOUR_MS = 3_600_000;

/** Multimedia messages, each with a text, a layout and a picture. */
export function putMultimedia(android: Android, count: number): void {
  for (let at = 0; at < count; at++) {
    const address = numberOf(at % 3);
    const isSent = at % 2 === 1;
    const mid = putRow(android, 'pdu', {
      thread_id: threadOf(android, [address]),
      date: Math.floor(android.now() / 1000) - (count - at) * 3600,
      msg_box: isSent ? 2 : 1,
      m_type: isSent ? 128 : 132,
      m_id: `mid${at}@example.org`,
      tr_id: `T${at}`,
      sub: at === 0 ? 'Olá, = "subject"\nof two lines' : null,
      sub_cs: at === 0 ? 106 : null,
      ct_t: 'application/vnd.wap.multipart.related',
      read: 1,
      seen: 1,
      sub_id: 1,
    });
    const me = { contact_id: null, address: 'insert-address-token', charset: 106 };
    putRow(android, 'addr', { ...me, msg_id: mid, type: isSent ? 137 : 151 });
    putRow(android, 'addr', { ...me, msg_id: mid, address, type: isSent ? 151 : 137 });
    const part = { mid, chset: 106 };
    putRow(android, 'part', {
      ...part,
      seq: -1,
      ct: 'application/smil',
      cid: '<smil>',
      text: '<smil></smil>',
    });
    putRow(android, 'part', {
      ...part,
      ct: 'text/plain',
      cl: 'text.txt',
      text: NASTY_TEXTS[at % NASTY_TEXTS.length] ?? '',
    });
    const path = `/data/user_de/0/com.android.providers.telephony/app_parts/PART_${at}_image.jpg`;
    putRow(android, 'part', {
      mid,
      ct: 'image/jpeg',
      name: `image ${at}.jpg`,
      cl: `image${at}.jpg`,
      _data: path,
    });
    const picture = Uint8Array.from({ length: 3000 + at }, (_, byte) => (byte * 31 + at) & 255);
    picture.set([0xff, 0xd8, 0xff, 0x0a, 0x0d, 0x0a]);
    putRow(android, 'part_files', { path, content: picture });
  }
}

/** People of an account and of the phone alone, with groups; one deleted, one with a picture. */
export function putContacts(android: Android, count: number): void {
  if (count === 0) return;
  const account = { account_name: 'ana@example.org', account_type: 'com.google' };
  const groups = ['Família, e amigos', 'Work'].map((title, at) =>
    putRow(android, 'groups', { ...account, title, sourceid: `g${at}` }),
  );
  for (let at = 0; at < count; at++) {
    const [given, family] = PEOPLE[at % PEOPLE.length] ?? ['', ''];
    const round = Math.floor(at / PEOPLE.length);
    const name = [given, family, ...(round === 0 ? [] : [`${round}`])]
      .filter((part) => part !== '')
      .join(' ');
    const owner = putRow(android, 'raw_contacts', {
      ...(at % 4 === 3 ? { account_name: null, account_type: null } : account),
      contact_id: at + 1001,
      sourceid: at % 4 === 3 ? null : `s${at}`,
      display_name: name,
      starred: at === 0 ? 1 : 0,
    });
    const put = (kind: string, data: Readonly<Record<string, string | number | Uint8Array>>): void =>
      void putRow(android, 'data', { raw_contact_id: owner, mimetype: `${ITEM}/${kind}`, ...data });
    put('name', { data1: name, data2: given, data3: family });
    put('phone_v2', { data1: numberOf(at), data2: 2, is_primary: 1, data4: numberOf(at) });
    put('group_membership', { data1: groups[at % groups.length] ?? 1 });
    if (at % 2 === 0)
      put('email_v2', { data1: `${given.toLowerCase()}${at}@example.org`, data2: 0, data3: 'sea, side' });
    if (at % 5 === 0)
      put('postal-address_v2', {
        data1: 'Rua 1\n1000 Lisboa',
        data4: 'Rua 1',
        data7: 'Lisboa',
        data9: '1000',
      });
    if (at % 5 === 1) put('note', { data1: NASTY_TEXTS[at % NASTY_TEXTS.length] ?? '' });
    if (at === 0) put('photo', { data15: Uint8Array.of(0xff, 0xd8, 0xff, 1, 2, 3) });
    if (at === 1) put('contact_event', { data1: '--02-29', data2: 3 });
    if (at === 2) put('organization', { data1: 'Mar & Sol', data4: 'Pilot' });
  }
  putRow(android, 'raw_contacts', { ...account, display_name: 'Deleted', deleted: 1 });
}

/** Calls of every type, one of them to voicemail, which nobody may see. */
export function putCalls(android: Android, count: number): void {
  for (let at = 0; at < count; at++)
    putRow(android, 'calls', {
      number: at % 6 === 5 ? '' : numberOf(at % 9),
      presentation: at % 6 === 5 ? 2 : 1,
      date: android.now() - (count - at) * HOUR_MS,
      duration: at % 3 === 2 ? 0 : at * 13,
      type: (at % 3) + 1,
      new: 0,
      is_read: 1,
      countryiso: 'PT',
      name: at % 4 === 0 ? (PEOPLE[at % 9]?.join(' ') ?? null) : null,
      geocoded_location: 'Portugal, mainland',
      subscription_id: '1',
    });
  if (count > 0) putRow(android, 'calls', { number: '121', type: 4, date: android.now(), duration: 9 });
}

/** Events of an account's calendar and of one that is the phone's own. */
export function putEvents(android: Android, count: number): void {
  if (count === 0) return;
  const common = {
    calendar_access_level: 700,
    calendar_color: -14_575_885,
    calendar_timezone: 'Europe/Lisbon',
    sync_events: 1,
  };
  const own = {
    account_name: 'ana@example.org',
    account_type: 'com.google',
    ownerAccount: 'ana@example.org',
  };
  const local = { account_name: 'Phone', account_type: 'LOCAL', ownerAccount: 'Phone' };
  const calendars = [
    putRow(android, 'calendars', {
      ...common,
      ...own,
      name: 'ana',
      calendar_displayName: 'Ana',
      isPrimary: 1,
    }),
    putRow(android, 'calendars', {
      ...common,
      ...local,
      name: 'own',
      calendar_displayName: 'On/phone: "own"',
    }),
  ];
  for (let at = 0; at < count; at++) {
    const dtstart = android.now() + at * 26 * HOUR_MS;
    const isRepeated = at % 4 === 1;
    const isAllDay = at % 4 === 2;
    const event = putRow(android, 'events', {
      calendar_id: calendars[at % 2] ?? 1,
      title: NASTY_TEXTS[at % NASTY_TEXTS.length] ?? '',
      description: at % 3 === 0 ? 'Bring: towels, "sun"\nand = hats' : null,
      eventLocation: at % 2 === 0 ? 'Praia, Lisboa' : null,
      dtstart: isAllDay ? dtstart - (dtstart % 86_400_000) : dtstart,
      dtend: isRepeated ? null : dtstart + (isAllDay ? 86_400_000 - (dtstart % 86_400_000) : HOUR_MS),
      duration: isRepeated ? 'P3600S' : null,
      rrule: isRepeated ? 'FREQ=WEEKLY;BYDAY=TU;COUNT=10' : null,
      allDay: isAllDay ? 1 : 0,
      eventTimezone: isAllDay ? 'UTC' : 'Europe/Lisbon',
      uid2445: at % 2 === 0 ? `uid-${at}@example.org` : null,
      hasAlarm: at % 3 === 0 ? 1 : 0,
    });
    if (at % 3 === 0) putRow(android, 'reminders', { event_id: event, minutes: 15, method: 1 });
    if (at % 5 === 0)
      putRow(android, 'attendees', {
        event_id: event,
        attendeeName: 'Bela, S.',
        attendeeEmail: 'bela@example.org',
        attendeeStatus: 1,
      });
  }
}
