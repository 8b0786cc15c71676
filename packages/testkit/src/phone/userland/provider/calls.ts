import { SDK } from '../android.ts';
import { illegalArgument } from '../java.ts';
import type { Provider, Values } from './provider.ts';
import { ask, columnMap, deleteRows, insertRow, updateRows } from './query.ts';

const COLUMNS = columnMap(
  `_id number presentation post_dial_digits via_number date duration data_usage type features
  subscription_component_name subscription_id phone_account_address new name numbertype numberlabel countryiso
  voicemail_uri is_read geocoded_location lookup_uri matched_number normalized_number photo_id photo_uri
  formatted_number last_modified add_for_all_users transcription`,
);

/** Calls to voicemail are another permission's. */
const NOT_VOICEMAIL = 'type != 4';

/** DbQueryUtils.checkForSupportedColumns. */
function mustBeMapped(values: Values): void {
  for (const name of values.keys())
    if (!COLUMNS.has(name)) throw illegalArgument(`Column '${name}'. Is not supported.`);
}

const idCondition = (path: readonly string[]): string | undefined =>
  path[1] === undefined ? undefined : `_id = ${Number(path[1])}`;

/** The call log (AOSP CallLogProvider). Whoever has no right to voicemail gets no liberty with SQL since Android 11. */
export const CALL_LOG: Provider = {
  className: 'com.android.providers.contacts.CallLogProvider',
  readPermission: 'android.permission.READ_CALL_LOG',
  writePermission: 'android.permission.WRITE_CALL_LOG',
  query(android, { path, parameters, text }, question) {
    if (path[0] !== 'calls') throw illegalArgument(`Unknown URL ${text}`);
    const id = idCondition(path);
    const limit = parameters.get('limit');
    const order = question.sort ?? 'date DESC';
    const table = {
      from: 'calls',
      having: [NOT_VOICEMAIL, ...(id === undefined ? [] : [id])],
      columns: COLUMNS,
      isStrictGrammar: SDK[android.release] >= 30 && limit === null,
      defaultSort: 'date DESC',
    };
    return ask(
      android,
      table,
      limit === null ? question : { ...question, sort: `${order} LIMIT ${Number(limit)}` },
    );
  },
  insert(android, _, values) {
    mustBeMapped(values);
    if (!values.has('last_modified')) values.set('last_modified', android.now());
    insertRow(android, 'calls', values);
  },
  update(android, { path }, values, where) {
    mustBeMapped(values);
    updateRows(android, 'calls', values, [NOT_VOICEMAIL, idCondition(path), where]);
  },
  delete(android, { path }, where) {
    deleteRows(android, 'calls', [NOT_VOICEMAIL, idCondition(path), where]);
  },
};
