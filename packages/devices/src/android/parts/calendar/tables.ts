import type { KnownTable } from '../../content/shape.ts';
import { words } from '../words.ts';

const PROVIDER = 'content://com.android.calendar';
export const CALENDARS = `${PROVIDER}/calendars`;
export const EVENTS = `${PROVIDER}/events`;
export const REMINDERS = `${PROVIDER}/reminders`;
export const ATTENDEES = `${PROVIDER}/attendees`;

/** Of calendars and events, what has no place of its own in a file and is kept all the same. */
export const CALENDAR_EXTRAS = words(
  `account_name account_type name ownerAccount calendar_access_level visible sync_events calendar_location isPrimary
  canOrganizerRespond maxReminders allowedReminders allowedAvailability allowedAttendeeTypes`,
);
export const EVENT_EXTRAS = words(
  `eventColor eventColor_index selfAttendeeStatus guestsCanModify guestsCanInviteOthers guestsCanSeeGuests customAppPackage
  customAppUri`,
);

/** Columns of `CalendarContract`, as far as they are a person's own. */
export const CALENDAR_COLUMNS: KnownTable = {
  numbers: words(
    'calendar_color calendar_access_level visible sync_events isPrimary canOrganizerRespond maxReminders',
  ),
  texts: words(
    `calendar_displayName calendar_timezone account_name account_type name ownerAccount calendar_location
    allowedReminders allowedAvailability allowedAttendeeTypes`,
  ),
};

export const EVENT_COLUMNS: KnownTable = {
  numbers: words(
    `dtstart dtend allDay eventStatus accessLevel availability original_id originalInstanceTime originalAllDay eventColor
    selfAttendeeStatus guestsCanModify guestsCanInviteOthers guestsCanSeeGuests`,
  ),
  texts: words(
    `_sync_id uid2445 title description eventLocation eventTimezone eventEndTimezone duration rrule rdate exrule exdate
    original_sync_id organizer eventColor_index customAppPackage customAppUri`,
  ),
};

export const REMINDER_COLUMNS: KnownTable = { numbers: words('event_id minutes method'), texts: [] };

/** Asked of a join with events, which have an `_id` too (AOSP `CalendarProvider2`). */
export const ATTENDEE_COLUMNS: KnownTable = {
  id: 'Attendees._id',
  numbers: words('event_id attendeeStatus attendeeRelationship attendeeType'),
  texts: words('attendeeName attendeeEmail'),
};
