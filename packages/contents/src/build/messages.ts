import { storedText } from '@holdfast/kernel';
import { type Columns, type Message, type MmsMessage, type MmsPart, recordKey } from '@holdfast/records';
import { WHAT } from '../database/schema.ts';
import type { People } from '../queries/people.ts';
import { inRange } from '../words/zone.ts';
import { type Draft, kindNumber } from './draft.ts';
import { threadOf } from './threads.ts';

/** Longest text that is shown of a message; the backup has all of it. */
const LONGEST = 256 * 1024;

/** What Android writes for the phone's own number (AOSP, PduHeaders.FROM_INSERT_ADDRESS_TOKEN_STR). */
const OWN_ADDRESS = 'insert-address-token';

/** Telephony.TextBasedSmsColumns, MESSAGE_TYPE_…, and BaseMmsColumns, MESSAGE_BOX_…: the same up to 5. */
const NOTES: ReadonlyMap<string, string> = new Map([
  ['3', 'draft'],
  ['4', 'not sent yet'],
  ['5', 'failed'],
  ['6', 'not sent yet'],
]);
const RECEIVED = '1';

/** PduHeaders, MESSAGE_TYPE_NOTIFICATION_IND: it was never fetched. */
const NOTICE = '130';

/** Where messages lie, and the folder of their file. */
interface Made {
  readonly n: number;
  readonly folder: number;
}

/** Who may be in the database as an attachment of a message. */
interface Attachment {
  readonly entry?: number;
  readonly name?: string;
  readonly mediaType: string;
  readonly sizeBytes?: number;
}

/** Adds a message, and its thread when it is the first. It is found by the names of its people too, as far as they are known by now. */
export function addMessage(draft: Draft, made: Made, message: Message, people: People): void {
  const said = message.kind === 'sms' ? saidBySms(message.columns) : saidByMms(draft, made, message);
  const { box, peers, isOwn, text, attachments, sender } = said;
  const time = inRange(said.time);
  const shown = text.slice(0, LONGEST).toWellFormed();
  const content = Buffer.from(recordKey(message), 'hex');
  const entry = {
    parent: made.n,
    name: '',
    what: WHAT.record,
    kind: 'message',
    type: 'messages',
    content,
  } as const;
  const names = attachments.map(({ name }) => name ?? '').join(' ');
  const known = peers.map((peer) => people.knownAs(peer) ?? '').join(' ');
  const n = draft.add(entry, `${shown} ${names} ${peers.join(' ')} ${known}`);
  const note = message.columns['m_type'] === NOTICE ? 'never fetched' : NOTES.get(box);
  draft.database.run(
    'INSERT INTO message (n, thread, time, own, sender, note, text, attachments) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    n,
    threadOf(draft, peers, !isOwn && message.kind === 'mms'),
    time,
    isOwn ? 1 : 0,
    sender === undefined ? null : storedText(sender),
    note ?? null,
    storedText(text.length > LONGEST ? `${shown}…` : shown),
    attachments.length === 0 ? null : storedText(JSON.stringify(attachments)),
  );
}

interface Said {
  readonly box: string;
  /** Everybody it names but, as far as that is known, the phone itself; of what was received, the sender first. */
  readonly peers: readonly string[];
  readonly isOwn: boolean;
  readonly sender?: string;
  readonly time: number;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

function saidBySms({ address = '', date, type = RECEIVED, body = '' }: Columns): Said {
  const isOwn = type !== RECEIVED;
  return {
    box: type,
    peers: [address.slice(0, 200)],
    isOwn,
    ...(!isOwn && { sender: address.slice(0, 200) }),
    time: Number(date ?? 0),
    text: body,
    attachments: [],
  };
}

/** Most people a message is taken to be of. */
const MOST_PEOPLE = 200;

function saidByMms(draft: Draft, made: Made, { columns, sender, recipients, parts }: MmsMessage): Said {
  const box = columns['msg_box'] ?? RECEIVED;
  const isOwn = box !== RECEIVED;
  const from = sender?.['address'];
  const people = [...(isOwn ? [] : [from]), ...recipients.slice(0, MOST_PEOPLE).map((row) => row['address'])]
    .filter((address) => address !== undefined && address !== '' && address !== OWN_ADDRESS)
    .map((address) => (address ?? '').slice(0, 200));
  const texts = parts
    .filter(({ columns: { ct } }) => ct === 'text/plain')
    .map((part) => part.columns['text'] ?? '');
  return {
    box,
    peers: people,
    isOwn,
    ...(!isOwn && from !== undefined && from !== OWN_ADDRESS && { sender: from.slice(0, 200) }),
    time: Number(columns['date'] ?? 0) * 1000,
    text: [columns['sub'] ?? '', ...texts].filter((text) => text !== '').join('\n'),
    attachments: parts.flatMap((part) => attachmentOf(draft, made, part)),
  };
}

function attachmentOf(draft: Draft, { folder }: Made, { columns, file }: MmsPart): Attachment[] {
  const mediaType = columns['ct'] ?? 'application/octet-stream';
  if (mediaType === 'application/smil' || (mediaType === 'text/plain' && file === undefined)) return [];
  const name = columns['name'] || columns['cl'] || file;
  const saved = file === undefined ? undefined : partAt(draft, folder, file);
  if (saved !== undefined) {
    const kind = (['photo', 'video', 'audio'] as const).find((each) =>
      mediaType.startsWith(each === 'photo' ? 'image/' : `${each}/`),
    );
    if (kind !== undefined)
      draft.database.run('UPDATE entry SET kind = ? WHERE n = ?', kindNumber(kind), saved.entry);
  }
  return [
    { ...saved, ...(name !== undefined && { name: name.slice(0, 300) }), mediaType: mediaType.slice(0, 200) },
  ];
}

function partAt(
  draft: Draft,
  folder: number,
  file: string,
): { entry: number; sizeBytes: number } | undefined {
  const inFolder = 'parent = ? AND (what > 0) = ? AND name = ? COLLATE NOCASE AND what < 4';
  const parts = draft.database.get(`SELECT n FROM entry WHERE ${inFolder}`, folder, 0, 'parts');
  if (parts === undefined) return undefined;
  const row = draft.database.get(
    `SELECT n, size FROM entry WHERE ${inFolder} AND name = ? AND what = ?`,
    Number(parts['n']),
    1,
    file,
    file,
    WHAT.file,
  );
  return row && { entry: Number(row['n']), sizeBytes: Number(row['size']) };
}
