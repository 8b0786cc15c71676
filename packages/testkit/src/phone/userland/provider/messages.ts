import type { Android } from '../android.ts';
import { illegalArgument } from '../java.ts';
import type { ContentUri, Provider, Values } from './provider.ts';
import { ask, columnMap, deleteRows, insertRow, refuseSelect, type Table, updateRows } from './query.ts';
import { threadOf } from './threads.ts';

/** True while the app-op lets the shell write messages; without it a write is taken, and nothing comes of it. */
export const mayWriteMessages = ({ appOps }: Android): boolean =>
  appOps.get('com.android.shell WRITE_SMS') === 'allow';

/** Columns of a provider that knows only its own, as some vendors have it; none where anything may be asked for. */
export function knownColumns(android: Android, table: string): Table['columns'] {
  if (android.messageProvider === 'open') return undefined;
  const statement = android.database.prepare(`SELECT name FROM pragma_table_info('${table}')`);
  return columnMap(
    statement
      .all()
      .map(({ name }) => String(name))
      .join(' '),
  );
}

/** Folders of `content://sms`, by name, and the `type` of what is in them. */
const FOLDERS: Readonly<Record<string, number>> = {
  inbox: 1,
  sent: 2,
  draft: 3,
  outbox: 4,
  failed: 5,
  queued: 6,
};

function conditionOf({ path, text }: ContentUri): string | undefined {
  const [folder] = path;
  if (folder === undefined) return undefined;
  if (/^\d+$/.test(folder)) return `_id = ${folder}`;
  const type = Object.hasOwn(FOLDERS, folder) ? FOLDERS[folder] : undefined;
  if (type === undefined) throw illegalArgument(`Unknown URL ${text}`);
  return `type = ${type}`;
}

function insertSms(android: Android, { path: [folder] }: ContentUri, values: Values): void {
  if (!mayWriteMessages(android)) return;
  const type = folder === undefined ? undefined : FOLDERS[folder];
  if (type !== undefined || !values.has('type')) values.set('type', type ?? 1);
  if (!values.has('date')) values.set('date', android.now());
  if (Number(values.get('thread_id') ?? 0) === 0)
    values.set('thread_id', threadOf(android, [String(values.get('address') ?? '')]));
  values.set('creator', 'com.android.shell');
  try {
    insertRow(android, 'sms', values);
  } catch {
    // The provider logs it, and gives no row (AOSP SQLiteDatabase.insert).
  }
}

/** Text messages (AOSP SmsProvider). Others than the default app see what was received or sent, and nothing else. */
export const SMS: Provider = {
  className: 'com.android.providers.telephony.SmsProvider',
  readPermission: 'android.permission.READ_SMS',
  query(android, uri, question) {
    refuseSelect(question);
    const condition = conditionOf(uri);
    const columns = knownColumns(android, 'sms');
    return ask(
      android,
      {
        from: 'sms_restricted',
        having: condition === undefined ? [] : [condition],
        defaultSort: 'date DESC',
        ...(columns === undefined ? {} : { columns }),
      },
      question,
    );
  },
  insert: insertSms,
  update(android, uri, values, where) {
    if (mayWriteMessages(android)) updateRows(android, 'sms', values, [conditionOf(uri), where]);
  },
  delete(android, uri, where) {
    // Some vendors delete by the base address only.
    if (mayWriteMessages(android) && (uri.path.length === 0 || android.vendor !== 'samsung'))
      deleteRows(android, 'sms', [conditionOf(uri), where]);
  },
};
