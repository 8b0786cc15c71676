import type { Android } from '../android.ts';
import { illegalArgument, JavaException } from '../java.ts';
import type { ContentUri, Provider, Values } from './provider.ts';
import { ask, columnMap, deleteRows, insertRow, type Table, updateRows } from './query.ts';

const RAW_CONTACTS = columnMap(
  `_id contact_id account_name account_type data_set sourceid version dirty deleted display_name display_name_alt
  display_name_source phonetic_name sort_key starred pinned send_to_voicemail custom_ringtone times_contacted
  last_time_contacted aggregation_mode raw_contact_is_user_profile sync1 sync2 sync3 sync4`,
);

const DATA = columnMap(
  `_id raw_contact_id contact_id mimetype is_primary is_super_primary data_version data1 data2 data3 data4 data5 data6
  data7 data8 data9 data10 data11 data12 data13 data14 data15 data_sync1 data_sync2 data_sync3 data_sync4 account_name
  account_type data_set sourceid dirty version display_name starred raw_contact_is_user_profile`,
);

const CONTACTS = columnMap(
  `_id name_raw_contact_id display_name display_name_alt starred pinned send_to_voicemail custom_ringtone
  times_contacted last_time_contacted lookup has_phone_number`,
);

const GROUPS = columnMap(
  `_id account_name account_type data_set sourceid version dirty title title_res notes system_id deleted group_visible
  should_sync auto_add favorites group_is_read_only sync1 sync2 sync3 sync4`,
);

const TABLES: Readonly<Record<string, Table>> = {
  contacts: { from: 'view_contacts', columns: CONTACTS },
  raw_contacts: { from: 'raw_contacts', columns: RAW_CONTACTS },
  data: { from: 'view_data', columns: DATA },
  groups: { from: 'groups', columns: GROUPS },
};

/** The table of an address, and its row if the address names one. */
function placeOf({ path, text }: ContentUri): { name: string; table: Table; id: string | undefined } {
  const [name = '', id] = path;
  const table = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  if (table === undefined || path.length > 2 || (id !== undefined && !/^\d+$/.test(id)))
    throw illegalArgument(`Unknown URI: ${text}`);
  return { name, table, id: id === undefined ? undefined : `_id = ${id}` };
}

const NAME = 'vnd.android.cursor.item/name';

function insert(android: Android, uri: ContentUri, values: Values): void {
  const { name, table } = placeOf(uri);
  for (const column of values.keys())
    if (table.columns?.has(column) !== true) throw illegalArgument(`Invalid column ${column}`);
  // The account may stand in the address.
  for (const column of ['account_name', 'account_type']) {
    const given = uri.parameters.get(column);
    if (given !== null && name !== 'data') values.set(column, given);
  }
  if (name === 'data') insertData(android, values);
  else if (name === 'contacts')
    throw new JavaException(
      'java.lang.UnsupportedOperationException',
      'Aggregate contacts are created automatically',
    );
  else {
    const id = insertRow(android, name, new Map([...values, ['dirty', isSync(uri) ? 0 : 1]]));
    // Nobody is put together with anyone here.
    if (name === 'raw_contacts')
      updateRows(android, name, new Map([['contact_id', id + 1000]]), [`_id = ${id}`]);
  }
}

const isSync = ({ parameters }: ContentUri): boolean => parameters.get('caller_is_syncadapter') === 'true';

/** ContactsProvider2.insertData and DataRowHandlerForStructuredName. */
function insertData(android: Android, values: Values): void {
  if (!values.has('mimetype')) throw illegalArgument('mimetype is required');
  const owner = Number(values.get('raw_contact_id') ?? 0);
  const found = android.database
    .prepare('SELECT _id FROM raw_contacts WHERE _id = ? AND deleted = 0')
    .get(owner);
  if (found === undefined) throw illegalArgument('raw_contact_id is required');
  if (values.get('mimetype') === NAME && (values.get('data1') ?? '') === '') {
    const parts = ['data4', 'data2', 'data5', 'data3', 'data6'].map((column) => values.get(column));
    values.set('data1', parts.filter((part) => part !== undefined && part !== null && part !== '').join(' '));
  }
  insertRow(android, 'data', values);
  rename(android, owner);
}

/** The name a contact goes by: its structured name, else its organisation, number or address. */
function rename(android: Android, owner: number): void {
  android.database
    .prepare(
      `UPDATE raw_contacts SET display_name = (SELECT data1 FROM data WHERE raw_contact_id = ?1 AND mimetype IN
       ('${NAME}', 'vnd.android.cursor.item/organization', 'vnd.android.cursor.item/phone_v2',
       'vnd.android.cursor.item/email_v2') ORDER BY mimetype != '${NAME}', _id LIMIT 1), version = version + 1
       WHERE _id = ?1`,
    )
    .run(owner);
}

/** People (AOSP ContactsProvider2): known columns only, and no files over `content read`. */
export const CONTACTS_PROVIDER: Provider = {
  className: 'com.android.providers.contacts.ContactsProvider2',
  readPermission: 'android.permission.READ_CONTACTS',
  writePermission: 'android.permission.WRITE_CONTACTS',
  query(android, uri, question) {
    const { table, id } = placeOf(uri);
    return ask(android, { ...table, having: id === undefined ? [] : [id] }, question);
  },
  insert,
  update(android, uri, values, where) {
    const { name, id } = placeOf(uri);
    if (name === 'contacts') return;
    const condition = name === 'data' ? `_id IN (SELECT _id FROM view_data WHERE ${where ?? '1'})` : where;
    updateRows(android, name, values, [id, condition]);
  },
  delete(android, uri, where) {
    const { name, id } = placeOf(uri);
    if (name === 'contacts') {
      const wanted = `SELECT _id FROM view_contacts WHERE (${id ?? '1'}) AND (${where ?? '1'})`;
      updateRows(android, 'raw_contacts', new Map([['deleted', 1]]), [`contact_id IN (${wanted})`]);
    } else if (name === 'data') {
      deleteRows(android, name, [id, `_id IN (SELECT _id FROM view_data WHERE ${where ?? '1'})`]);
    } else if (isSync(uri)) {
      deleteRows(android, name, [id, where]);
      deleteRows(android, 'data', ['raw_contact_id NOT IN (SELECT _id FROM raw_contacts)']);
    } else {
      // Kept until whoever syncs them has heard of it.
      updateRows(android, name, new Map([['deleted', 1]]), [id, where]);
    }
  },
};
