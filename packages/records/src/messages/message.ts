import type { Columns } from '../lines/columns.ts';

/** A text message: a row of `content://sms`. */
export interface SmsMessage {
  readonly kind: 'sms';
  /** Of the `sms` table. It has no `m_type`: that is how others tell an MMS. */
  readonly columns: Columns;
}

/** A part of an MMS: a row of `content://mms/part`. */
export interface MmsPart {
  readonly columns: Columns;
  /** Name of the file beside the messages that holds its bytes (see `partFileName`). Absent: its text, if any, is a column. */
  readonly file?: string;
  /** Of the file's bytes, in hexadecimal digits. */
  readonly sha256?: string;
}

/** A multimedia message: a row of `content://mms` and what belongs to it. */
export interface MmsMessage {
  readonly kind: 'mms';
  /** Of the `pdu` table. No name may be one that the format adds (`__parts` and so on). */
  readonly columns: Columns;
  /** The address row of type 137 (From). */
  readonly sender?: Columns;
  /** All other address rows: To 151, Cc 130, Bcc 129. */
  readonly recipients: readonly Columns[];
  /** In their order. */
  readonly parts: readonly MmsPart[];
}

/** A message of either kind. */
export type Message = SmsMessage | MmsMessage;

/** A call: a row of `content://call_log/calls`. */
export interface Call {
  readonly kind: 'call';
  readonly columns: Columns;
}
