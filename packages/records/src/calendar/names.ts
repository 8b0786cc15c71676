/** Properties and parameters of our own in an iCalendar file; docs/records.md says what each means. */

/** A column that has no place of its own: named by the parameter, its text the value. */
export const COLUMN = 'X-HOLDFAST-COLUMN';
/** A text of an event that the standard's property for it cannot hold: named by the parameter, its text the value. */
export const FIELD = 'X-HOLDFAST-FIELD';
/** The parameter that names either. */
export const NAME = 'X-HOLDFAST-NAME';

/** The parameter of a `UID` that the phone did not have and the format demands. */
export const MADE = 'X-HOLDFAST-MADE';
/** An event's own id, where `UID` has to be another's. */
export const OWN_UID = 'X-HOLDFAST-UID';

/** Of attendees: words that no standard parameter has. */
export const TYPE = 'X-HOLDFAST-TYPE';
export const STATUS = 'X-HOLDFAST-STATUS';
export const RELATIONSHIP = 'X-HOLDFAST-RELATIONSHIP';

/** Of reminders. */
export const METHOD = 'X-HOLDFAST-METHOD';
export const MINUTES = 'X-HOLDFAST-MINUTES';

/** Of calendars: names and colours as Apple's programs have them, which others read too. */
export const CALENDAR_NAME = 'X-WR-CALNAME';
export const CALENDAR_ZONE = 'X-WR-TIMEZONE';
export const CALENDAR_COLOR = 'X-APPLE-CALENDAR-COLOR';
