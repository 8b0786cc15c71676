import { wordsIn } from './known-names.ts';

/** Columns of Android's own providers (AOSP `Telephony.java`, `ContactsContract.java`, `CallLog.java`, `CalendarContract.java`, `MediaStore.java`). */
export const KNOWN_COLUMNS: ReadonlySet<string> = wordsIn(`
  _id _count _data _size _display_name _sync_id
  thread_id address person date date_sent protocol read status type reply_path_present subject body service_center locked sub_id
  error_code creator seen msg_box m_id sub sub_cs ct_t ct_l exp m_cls m_type v m_size pri rr rpt_a resp_st st tr_id retr_st
  retr_txt retr_txt_cs read_status ct_cls resp_txt d_tm d_rpt text_only
  mid seq ct name chset cd fn cid cl ctt_s ctt_t text msg_id contact_id charset
  message_count recipient_ids snippet snippet_cs archived error has_attachment
  account_name account_type data_set sourceid version dirty deleted display_name display_name_alt display_name_source
  phonetic_name phonetic_name_style sort_key sort_key_alt starred pinned send_to_voicemail custom_ringtone times_contacted
  last_time_contacted aggregation_mode raw_contact_is_user_profile raw_contact_is_read_only backup_id sync1 sync2 sync3 sync4
  raw_contact_id mimetype is_primary is_super_primary is_read_only data_version data1 data2 data3 data4 data5 data6 data7
  data8 data9 data10 data11 data12 data13 data14 data15 data_sync1 data_sync2 data_sync3 data_sync4 carrier_presence
  preferred_phone_account_component_name preferred_phone_account_id group_sourceid name_raw_contact_id lookup
  has_phone_number in_visible_group photo_id photo_file_id photo_uri photo_thumb_uri hash_id
  title title_res notes system_id group_visible should_sync auto_add favorites group_is_read_only res_package
  number presentation post_dial_digits via_number duration data_usage features subscription_component_name subscription_id
  phone_account_address phone_account_hidden new numbertype numberlabel countryiso voicemail_uri is_read geocoded_location
  lookup_uri matched_number normalized_number formatted_number last_modified add_for_all_users transcription
  transcription_state block_reason call_screening_app_name call_screening_component_name missed_reason priority composer_photo_uri
  location is_phone_account_migration_pending asserted_display_name is_call_log_phone_account_migration_pending
  calendar_id calendar_displayName calendar_color calendar_color_index calendar_access_level visible sync_events
  calendar_location calendar_timezone ownerAccount isPrimary canOrganizerRespond canModifyTimeZone canPartiallyUpdate
  maxReminders allowedReminders allowedAvailability allowedAttendeeTypes cal_sync1 cal_sync2 cal_sync3 cal_sync4 cal_sync5
  eventLocation description eventColor eventColor_index eventStatus selfAttendeeStatus dtstart dtend eventTimezone
  eventEndTimezone allDay accessLevel availability hasAlarm hasExtendedProperties rrule rdate exrule exdate original_id
  original_sync_id originalInstanceTime originalAllDay lastDate hasAttendeeData guestsCanModify guestsCanInviteOthers
  guestsCanSeeGuests organizer isOrganizer uid2445 customAppPackage customAppUri sync_data1 sync_data2 sync_data3 sync_data4
  sync_data5 sync_data6 sync_data7 sync_data8 sync_data9 sync_data10 lastSynced mutators
  event_id minutes method attendeeName attendeeEmail attendeeStatus attendeeRelationship attendeeType attendeeIdentity
  attendeeIdNamespace
  mime_type media_type date_added date_modified datetaken width height orientation bucket_id bucket_display_name
  relative_path volume_name owner_package_name is_pending is_trashed is_favorite generation_added generation_modified`);

/** Columns that hold the number of a row: it stays, so that what belongs together does. */
export const ROW_NUMBERS: ReadonlySet<string> = wordsIn(`
  _id thread_id mid msg_id raw_contact_id contact_id calendar_id event_id original_id name_raw_contact_id`);

/** Columns that hold one of a few small numbers, which say of what kind a row is. */
export const KIND_NUMBERS: ReadonlySet<string> = wordsIn(`
  protocol read status type reply_path_present locked sub_id error_code seen msg_box sub_cs m_type v pri rr rpt_a resp_st st
  retr_st retr_txt_cs read_status ct_cls d_rpt text_only seq chset charset deleted dirty starred pinned is_primary
  is_super_primary presentation new is_read numbertype features block_reason missed_reason visible sync_events isPrimary
  calendar_access_level eventStatus allDay accessLevel availability hasAlarm attendeeStatus attendeeRelationship attendeeType
  minutes method media_type is_pending is_trashed is_favorite orientation`);

/** Texts that say of what kind a row or a part of a message is. */
export const KIND_TEXTS: ReadonlySet<string> = new Set([
  'com.google',
  'LOCAL',
  'text/plain',
  'text/x-vCard',
  'application/smil',
  'application/vnd.wap.multipart.related',
  'application/vnd.wap.multipart.mixed',
  'image/jpeg',
  'image/png',
  'image/gif',
  'video/mp4',
  'video/3gpp',
  'audio/amr',
  'audio/mp4',
  ...Array.from(
    wordsIn(`name phone_v2 email_v2 postal-address_v2 im nickname organization note website sip_address photo contact_event
      relation group_membership identity`),
    (word) => `vnd.android.cursor.item/${word}`,
  ),
]);

/** Names in a `content:` address that are Android's: of providers, and of what they have. */
export const URI_WORDS: ReadonlySet<string> = wordsIn(`
  sms mms mms-sms part addr threadID conversations call_log calls contacts com.android.contacts raw_contacts data groups
  com.android.calendar calendars events reminders attendees instances media external internal external_primary file images video
  audio downloads settings system secure global telephony carriers probe user_dictionary words icc adn`);
