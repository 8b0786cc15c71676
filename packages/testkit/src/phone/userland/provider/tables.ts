import { DatabaseSync } from 'node:sqlite';
import type { Vendor } from '../android.ts';

/** Columns that vendors add to text messages. */
const VENDOR_SMS: Readonly<Record<Vendor, string>> = {
  aosp: '',
  samsung:
    ', hidden INTEGER DEFAULT 0, group_id INTEGER, sim_slot INTEGER DEFAULT 0, app_id INTEGER DEFAULT 0, reserved INTEGER DEFAULT 0',
  xiaomi:
    ', sync_state INTEGER DEFAULT 0, marker TEXT, bind_id INTEGER DEFAULT 0, mx_status INTEGER DEFAULT 0',
};

const telephony = (vendor: Vendor): string => `
  CREATE TABLE sms(_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, person INTEGER, date INTEGER,
    date_sent INTEGER DEFAULT 0, protocol INTEGER, read INTEGER DEFAULT 0, status INTEGER DEFAULT -1, type INTEGER,
    reply_path_present INTEGER, subject TEXT, body TEXT, service_center TEXT, locked INTEGER DEFAULT 0,
    sub_id INTEGER DEFAULT -1, error_code INTEGER DEFAULT -1, creator TEXT, seen INTEGER DEFAULT 0${VENDOR_SMS[vendor]});
  CREATE VIEW sms_restricted AS SELECT * FROM sms WHERE type = 1 OR type = 2;
  CREATE TABLE pdu(_id INTEGER PRIMARY KEY AUTOINCREMENT, thread_id INTEGER, date INTEGER, date_sent INTEGER DEFAULT 0,
    msg_box INTEGER, read INTEGER DEFAULT 0, m_id TEXT, sub TEXT, sub_cs INTEGER, ct_t TEXT, ct_l TEXT, exp INTEGER,
    m_cls TEXT, m_type INTEGER, v INTEGER, m_size INTEGER, pri INTEGER, rr INTEGER, rpt_a INTEGER, resp_st INTEGER,
    st INTEGER, tr_id TEXT, retr_st INTEGER, retr_txt TEXT, retr_txt_cs INTEGER, read_status INTEGER, ct_cls INTEGER,
    resp_txt TEXT, d_tm INTEGER, d_rpt INTEGER, locked INTEGER DEFAULT 0, sub_id INTEGER DEFAULT -1,
    seen INTEGER DEFAULT 0, creator TEXT, text_only INTEGER DEFAULT 0);
  CREATE VIEW pdu_restricted AS SELECT * FROM pdu WHERE (msg_box = 1 OR msg_box = 2) AND m_type != 130;
  CREATE TABLE part(_id INTEGER PRIMARY KEY AUTOINCREMENT, mid INTEGER, seq INTEGER DEFAULT 0, ct TEXT, name TEXT,
    chset INTEGER, cd TEXT, fn TEXT, cid TEXT, cl TEXT, ctt_s INTEGER, ctt_t TEXT, _data TEXT, text TEXT);
  CREATE TABLE part_files(path TEXT PRIMARY KEY, content BLOB);
  CREATE TABLE addr(_id INTEGER PRIMARY KEY, msg_id INTEGER, contact_id INTEGER, address TEXT, type INTEGER,
    charset INTEGER);
  CREATE TABLE threads(_id INTEGER PRIMARY KEY AUTOINCREMENT, date INTEGER DEFAULT 0, message_count INTEGER DEFAULT 0,
    recipient_ids TEXT, snippet TEXT, snippet_cs INTEGER DEFAULT 0, read INTEGER DEFAULT 1, archived INTEGER DEFAULT 0,
    type INTEGER DEFAULT 0, error INTEGER DEFAULT 0, has_attachment INTEGER DEFAULT 0);
  CREATE TABLE canonical_addresses(_id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT);
`;

const CONTACTS = `
  CREATE TABLE raw_contacts(_id INTEGER PRIMARY KEY AUTOINCREMENT, contact_id INTEGER, account_name TEXT,
    account_type TEXT, data_set TEXT, sourceid TEXT, version INTEGER DEFAULT 1, dirty INTEGER DEFAULT 0,
    deleted INTEGER DEFAULT 0, display_name TEXT, display_name_alt TEXT, display_name_source INTEGER DEFAULT 0,
    phonetic_name TEXT, sort_key TEXT, starred INTEGER DEFAULT 0, pinned INTEGER DEFAULT 0, send_to_voicemail INTEGER
    DEFAULT 0, custom_ringtone TEXT, times_contacted INTEGER DEFAULT 0, last_time_contacted INTEGER,
    aggregation_mode INTEGER DEFAULT 0, raw_contact_is_user_profile INTEGER DEFAULT 0, sync1 TEXT, sync2 TEXT,
    sync3 TEXT, sync4 TEXT);
  CREATE TABLE data(_id INTEGER PRIMARY KEY AUTOINCREMENT, raw_contact_id INTEGER, mimetype TEXT, is_primary INTEGER
    DEFAULT 0, is_super_primary INTEGER DEFAULT 0, data_version INTEGER DEFAULT 0, data1 TEXT, data2 TEXT, data3 TEXT,
    data4 TEXT, data5 TEXT, data6 TEXT, data7 TEXT, data8 TEXT, data9 TEXT, data10 TEXT, data11 TEXT, data12 TEXT,
    data13 TEXT, data14 TEXT, data15 BLOB, data_sync1 TEXT, data_sync2 TEXT, data_sync3 TEXT, data_sync4 TEXT);
  CREATE VIEW view_data AS SELECT data.*, raw_contacts.contact_id, raw_contacts.account_name,
    raw_contacts.account_type, raw_contacts.data_set, raw_contacts.sourceid, raw_contacts.dirty, raw_contacts.version,
    raw_contacts.display_name, raw_contacts.starred, raw_contacts.raw_contact_is_user_profile
    FROM data JOIN raw_contacts ON raw_contacts._id = raw_contact_id WHERE deleted = 0;
  CREATE VIEW view_contacts AS SELECT contact_id AS _id, min(_id) AS name_raw_contact_id, display_name,
    display_name_alt, starred, pinned, send_to_voicemail, custom_ringtone, times_contacted, last_time_contacted,
    'lookup' || contact_id AS lookup, (SELECT count(*) > 0 FROM data WHERE raw_contact_id = raw_contacts._id AND
    mimetype = 'vnd.android.cursor.item/phone_v2') AS has_phone_number FROM raw_contacts WHERE deleted = 0
    GROUP BY contact_id;
  CREATE TABLE groups(_id INTEGER PRIMARY KEY AUTOINCREMENT, account_name TEXT, account_type TEXT, data_set TEXT,
    sourceid TEXT, version INTEGER DEFAULT 1, dirty INTEGER DEFAULT 0, title TEXT, title_res INTEGER, notes TEXT,
    system_id TEXT, deleted INTEGER DEFAULT 0, group_visible INTEGER DEFAULT 0, should_sync INTEGER DEFAULT 1,
    auto_add INTEGER DEFAULT 0, favorites INTEGER DEFAULT 0, group_is_read_only INTEGER DEFAULT 0, sync1 TEXT,
    sync2 TEXT, sync3 TEXT, sync4 TEXT);
  CREATE TABLE calls(_id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, presentation INTEGER DEFAULT 1,
    post_dial_digits TEXT DEFAULT '', via_number TEXT DEFAULT '', date INTEGER, duration INTEGER, data_usage INTEGER,
    type INTEGER, features INTEGER DEFAULT 0, subscription_component_name TEXT, subscription_id TEXT,
    phone_account_address TEXT, new INTEGER, name TEXT, numbertype INTEGER, numberlabel TEXT, countryiso TEXT,
    voicemail_uri TEXT, is_read INTEGER, geocoded_location TEXT, lookup_uri TEXT, matched_number TEXT,
    normalized_number TEXT, photo_id INTEGER DEFAULT 0, photo_uri TEXT, formatted_number TEXT, last_modified INTEGER
    DEFAULT 0, add_for_all_users INTEGER DEFAULT 1, transcription TEXT, block_reason INTEGER DEFAULT 0,
    missed_reason INTEGER DEFAULT 0);
`;

const CALENDAR = `
  CREATE TABLE calendars(_id INTEGER PRIMARY KEY, account_name TEXT, account_type TEXT, _sync_id TEXT, dirty INTEGER
    DEFAULT 0, name TEXT, calendar_displayName TEXT, calendar_color INTEGER, calendar_access_level INTEGER,
    visible INTEGER DEFAULT 1, sync_events INTEGER DEFAULT 0, calendar_location TEXT, calendar_timezone TEXT,
    ownerAccount TEXT, isPrimary INTEGER, canOrganizerRespond INTEGER DEFAULT 1, canModifyTimeZone INTEGER DEFAULT 1,
    maxReminders INTEGER DEFAULT 5, allowedReminders TEXT DEFAULT '0,1', deleted INTEGER DEFAULT 0);
  CREATE TABLE events(_id INTEGER PRIMARY KEY AUTOINCREMENT, _sync_id TEXT, dirty INTEGER DEFAULT 0,
    calendar_id INTEGER NOT NULL, title TEXT, eventLocation TEXT, description TEXT, eventColor INTEGER,
    eventStatus INTEGER, selfAttendeeStatus INTEGER DEFAULT 0, dtstart INTEGER, dtend INTEGER, eventTimezone TEXT,
    eventEndTimezone TEXT, duration TEXT, allDay INTEGER DEFAULT 0, accessLevel INTEGER DEFAULT 0,
    availability INTEGER DEFAULT 0, hasAlarm INTEGER DEFAULT 0, rrule TEXT, rdate TEXT, exrule TEXT, exdate TEXT,
    original_id INTEGER, original_sync_id TEXT, originalInstanceTime INTEGER, originalAllDay INTEGER,
    lastDate INTEGER, hasAttendeeData INTEGER DEFAULT 0, guestsCanModify INTEGER DEFAULT 0, organizer TEXT,
    uid2445 TEXT, deleted INTEGER DEFAULT 0, customAppPackage TEXT, customAppUri TEXT);
  CREATE TABLE reminders(_id INTEGER PRIMARY KEY, event_id INTEGER, minutes INTEGER, method INTEGER DEFAULT 0);
  CREATE TABLE attendees(_id INTEGER PRIMARY KEY, event_id INTEGER, attendeeName TEXT, attendeeEmail TEXT,
    attendeeStatus INTEGER, attendeeRelationship INTEGER, attendeeType INTEGER, attendeeIdentity TEXT,
    attendeeIdNamespace TEXT);
`;

const MEDIA = `
  CREATE TABLE files(_id INTEGER PRIMARY KEY AUTOINCREMENT, _data TEXT UNIQUE, _size INTEGER, _display_name TEXT,
    mime_type TEXT, title TEXT, media_type INTEGER, date_added INTEGER, date_modified INTEGER, datetaken INTEGER,
    width INTEGER, height INTEGER, duration INTEGER, orientation INTEGER, bucket_id INTEGER, bucket_display_name TEXT,
    relative_path TEXT, volume_name TEXT, owner_package_name TEXT, is_pending INTEGER DEFAULT 0, is_trashed INTEGER
    DEFAULT 0, is_favorite INTEGER DEFAULT 0);
`;

/** Empty tables of the providers, named as Android's name them; `part_files` stands for the files of messages' parts. */
export function providerTables(vendor: Vendor): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`${telephony(vendor)}${CONTACTS}${CALENDAR}${MEDIA}`);
  return database;
}
