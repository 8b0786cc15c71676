import { type Android, SDK } from '../android.ts';
import { illegalArgument, JavaException } from '../java.ts';
import { knownColumns, mayWriteMessages } from './messages.ts';
import type { ContentUri, Provider, Values } from './provider.ts';
import { ask, deleteRows, insertRow, refuseSelect, type Table, updateRows } from './query.ts';

/** A table with the conditions of an address (AOSP MmsProvider). */
interface Place {
  readonly table: string;
  /** Where it is read: others than the default app see what was received or sent. */
  readonly view: string;
  readonly condition?: string;
  readonly message?: string;
}

const BOXES: Readonly<Record<string, number>> = { inbox: 1, sent: 2, drafts: 3, outbox: 4 };

const isId = (text: string | undefined): text is string => text !== undefined && /^\d+$/.test(text);

const VISIBLE = '(SELECT _id FROM pdu_restricted)';
const ADDR = { table: 'addr', view: `(SELECT * FROM addr WHERE msg_id IN ${VISIBLE})` };
const PART = { table: 'part', view: `(SELECT * FROM part WHERE mid IN ${VISIBLE})` };
const PDU = { table: 'pdu', view: 'pdu_restricted' };

function placeOf({ path, text }: ContentUri): Place {
  const [first, second] = path;
  if (first === undefined) return PDU;
  if (first === 'part') return isId(second) ? { ...PART, condition: `_id = ${second}` } : PART;
  if (isId(first)) {
    if (second === undefined) return { ...PDU, condition: `_id = ${first}` };
    if (second === 'part') return { ...PART, condition: `mid = ${first}`, message: first };
    if (second === 'addr') return { ...ADDR, condition: `msg_id = ${first}`, message: first };
  }
  const box = Object.hasOwn(BOXES, first) ? BOXES[first] : undefined;
  if (box === undefined || second !== undefined) throw illegalArgument(`Unknown URL ${text}`);
  return { ...PDU, condition: `msg_box = ${box}` };
}

const IS_TEXT = new Set(['text/plain', 'application/smil']);

function insert(android: Android, uri: ContentUri, values: Values): void {
  if (!mayWriteMessages(android)) return;
  const { table, message } = placeOf(uri);
  if (table === 'pdu') {
    const box = uri.path[0] === undefined ? undefined : BOXES[uri.path[0]];
    if (box !== undefined || !values.has('msg_box')) values.set('msg_box', box ?? 1);
    if (!values.has('date')) values.set('date', Math.floor(android.now() / 1000));
    values.set('creator', 'com.android.shell');
  } else {
    // Without the message in the address there is nowhere to put it.
    if (message === undefined) return;
    values.set(table === 'part' ? 'mid' : 'msg_id', BigInt(message));
  }
  if (table === 'part') {
    values.delete('_data');
    if (!IS_TEXT.has(String(values.get('ct')))) values.set('_data', newFile(android));
  }
  try {
    insertRow(android, table, values);
  } catch {
    // The provider logs it, and gives no row.
  }
}

/** The empty file of a binary part. */
function newFile(android: Android): string {
  const { count } = android.database.prepare('SELECT count(*) AS count FROM part_files').get() ?? {};
  const path = `/data/user_de/0/com.android.providers.telephony/app_parts/PART_${android.now()}_${Number(count)}`;
  android.database.prepare("INSERT INTO part_files VALUES (?, x'')").run(path);
  return path;
}

/** Path of the file behind `content://mms/part/ID`. */
function fileOf(android: Android, { path, text }: ContentUri): string {
  const sql = 'SELECT _data FROM part WHERE _id = ?';
  const found =
    path[0] === 'part' && isId(path[1]) ? android.database.prepare(sql).get(Number(path[1])) : undefined;
  if (typeof found?.['_data'] !== 'string')
    throw new JavaException('java.io.FileNotFoundException', `Column _data not found: ${text}`);
  return found['_data'];
}

/** Multimedia messages, their people and their parts. */
export const MMS: Provider = {
  className: 'com.android.providers.telephony.MmsProvider',
  readPermission: 'android.permission.READ_SMS',
  query(android, uri, question) {
    refuseSelect(question);
    const { table, view, condition } = placeOf(uri);
    const columns = knownColumns(android, table);
    const asked: Table = {
      from: view,
      having: condition === undefined ? [] : [condition],
      ...(table === 'pdu' ? { defaultSort: 'date DESC' } : {}),
      ...(columns === undefined ? {} : { columns }),
    };
    return ask(android, asked, question);
  },
  insert,
  update(android, uri, values, where) {
    const { table, condition } = placeOf(uri);
    if (mayWriteMessages(android)) updateRows(android, table, values, [condition, where]);
  },
  delete(android, uri, where) {
    if (!mayWriteMessages(android)) return;
    const { table, condition } = placeOf(uri);
    deleteRows(android, table, [condition, where]);
    if (table !== 'pdu') return;
    deleteRows(android, 'part', ['mid NOT IN (SELECT _id FROM pdu)']);
    deleteRows(android, 'addr', ['msg_id NOT IN (SELECT _id FROM pdu)']);
  },
  read(android, uri) {
    const path = fileOf(android, uri);
    const content = android.database.prepare('SELECT content FROM part_files WHERE path = ?').get(path)?.[
      'content'
    ];
    if (!(content instanceof Uint8Array))
      throw new JavaException('java.io.FileNotFoundException', `${path}: open failed`);
    return content;
  },
  write(android, uri, bytes) {
    // From Android 12 on opening for writing asks what inserting asks.
    if (SDK[android.release] >= 31 && !mayWriteMessages(android))
      throw new JavaException('java.io.FileNotFoundException', 'open failed: EACCES (Permission denied)');
    android.database
      .prepare('UPDATE part_files SET content = ? WHERE path = ?')
      .run(bytes, fileOf(android, uri));
  },
};
