import type { KnownTable } from '../../content/shape.ts';
import { words } from '../words.ts';

export const SMS = 'content://sms';
export const MMS = 'content://mms';
export const MMS_PART = 'content://mms/part';

/** Columns of AOSP's telephony provider (`MmsSmsDatabaseHelper.java`); vendors have others besides. */
export const SMS_COLUMNS: KnownTable = {
  isOpen: true,
  numbers: words(
    'thread_id person date date_sent protocol read status type reply_path_present locked sub_id error_code seen',
  ),
  texts: words('address subject body service_center creator'),
};

/** The same of multimedia messages, without who is in them and what they hold. */
export const MMS_COLUMNS: KnownTable = {
  isOpen: true,
  numbers: words(
    `thread_id date date_sent msg_box read sub_cs exp m_type v m_size pri rr rpt_a resp_st st retr_st retr_txt_cs read_status
    ct_cls d_tm d_rpt locked sub_id seen text_only`,
  ),
  texts: words('m_id sub ct_t ct_l m_cls tr_id retr_txt resp_txt creator'),
};

/** Of their parts. */
export const PART_COLUMNS: KnownTable = {
  isOpen: true,
  numbers: words('mid seq chset ctt_s'),
  texts: words('ct name cd fn cid cl ctt_t _data text'),
};

/** Of who sent them and to whom. */
export const ADDRESS_COLUMNS: KnownTable = {
  isOpen: true,
  numbers: words('msg_id contact_id type charset'),
  texts: words('address'),
};
