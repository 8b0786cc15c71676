import type { KnownTable } from '../../content/shape.ts';
import { words } from '../words.ts';

const PROVIDER = 'content://com.android.contacts';
export const RAW_CONTACTS = `${PROVIDER}/raw_contacts`;
export const DATA = `${PROVIDER}/data`;
export const GROUPS = `${PROVIDER}/groups`;

/** Columns of `ContactsContract`, as far as they are a person's own. */
export const RAW_CONTACT_COLUMNS: KnownTable = {
  numbers: words('starred raw_contact_is_read_only'),
  texts: [],
};

export const GROUP_COLUMNS: KnownTable = { numbers: [], texts: ['title'] };

/** Without `data15`, which holds bytes: those are not printed. */
export const DATA_COLUMNS: KnownTable = {
  numbers: words('raw_contact_id is_primary'),
  texts: [...words('mimetype'), ...Array.from({ length: 14 }, (_, at) => `data${at + 1}`)],
};

/** What is kept until whoever syncs it has heard that it is gone. */
export const NOT_DELETED = 'deleted=0';
