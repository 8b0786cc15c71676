import { type Message, type MmsMessage, parseMessages, type SmsMessage } from '@holdfast/records';
import type { SinkRefusal } from '#device-sink.ts';
import { outputOf } from '../../../facts/output.ts';
import { valueOf } from '../../../facts/told.ts';
import { messagesPart } from '../../../parts/messages/messages-part.ts';
import { unbindableRow } from '../../script/bind.ts';
import { isMark, removeUnfinished } from '../marked-rows.ts';
import type { Complaints, GiveContext, Giver, Numbered, RecordKind } from '../record-kind.ts';
import { isUnreadable } from '../there.ts';
import { giveMms, MARKED_MMS, mmsRows } from './mms.ts';
import { giveSms, smsRow } from './sms.ts';
import { noteOwnNumber, Threads } from './threads.ts';
import { allowWriting } from './write-permission.ts';

/** Boxes whose messages the phone shows to others than its messaging app, so that they can be read back: received and sent. */
const VISIBLE: ReadonlySet<string | undefined> = new Set(['1', '2']);

/** `m_type` of a notice that a message can be fetched (AOSP `PduHeaders.MESSAGE_TYPE_NOTIFICATION_IND`). */
const NOTICE = '130';

const SAMSUNG_MESSAGES = 'com.samsung.android.messaging';

/** Messages of both kinds. */
export const MESSAGES_KIND: RecordKind<Message> = {
  kind: 'message',
  part: messagesPart,
  isMade: (path) => path === 'messages/messages.ndjson',
  parse: parseMessages,
  recordOf: (message) => message,
  isLeftOver: (message) => message.kind === 'mms' && isMark(message.columns['tr_id']),
  refuse,
  async begin(context, signal) {
    const { phone, clock, undoNotes, link } = context;
    const permission = await allowWriting(phone, { undoNotes, ...(clock && { clock }) }, signal);
    try {
      await removeUnfinished(link, MARKED_MMS, signal);
      return new MessageGiver(context, permission);
    } catch (error) {
      await permission[Symbol.asyncDispose]();
      throw error;
    }
  },
};

/** People in a message, more than any network takes; and how long their addresses are together: all are in one command, in three bytes each. */
const MOST_PEOPLE = 1000;
const MOST_ADDRESSES = 6000;

function refuse(message: Message): SinkRefusal | undefined {
  const { columns } = message;
  const box = message.kind === 'sms' ? columns['type'] : columns['msg_box'];
  if (!VISIBLE.has(box)) return { reason: 'not-given-back-here', detail: 'a draft, or never sent' };
  if (message.kind === 'sms') return unbindableRow(smsRow(message));
  if (columns['m_type'] === NOTICE)
    return { reason: 'not-given-back-here', detail: 'never fetched from the network' };
  const { head, addresses, parts } = mmsRows(message);
  const length = addresses.reduce(
    (sum, { address }) => sum + (typeof address === 'string' ? address.length : 0),
    0,
  );
  if (addresses.length > MOST_PEOPLE || length > MOST_ADDRESSES)
    return { reason: 'too-large-there', detail: `${addresses.length} addresses of ${length} characters` };
  return unbindableRow(head, ...addresses, ...parts);
}

class MessageGiver implements Giver<Message> {
  readonly #context: GiveContext;
  readonly #permission: AsyncDisposable;
  readonly #threads: Threads;
  #own: Promise<ReadonlySet<string>> | undefined;
  #hasGiven = false;

  constructor(context: GiveContext, permission: AsyncDisposable) {
    this.#context = context;
    this.#permission = permission;
    this.#threads = new Threads(context.link);
  }

  async give(batch: readonly Numbered<Message>[], signal?: AbortSignal): Promise<Complaints> {
    this.#hasGiven = true;
    const sms: Numbered<SmsMessage>[] = [];
    const mms: Numbered<MmsMessage>[] = [];
    for (const { number, record } of batch) {
      if (record.kind === 'sms') sms.push({ number, record });
      else mms.push({ number, record });
    }
    const complaints = await giveSms(this.#context, sms, signal);
    if (mms.length === 0) return complaints;
    const own = await (this.#own ??= this.#ownNumbers(signal));
    const more = await giveMms(this.#context, this.#threads, own, mms, signal);
    return new Map([...complaints, ...more]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { phone, clock } = this.#context;
    try {
      // It shows what it had read before.
      if (this.#hasGiven && /samsung/i.test(valueOf(phone.facts.manufacturer) ?? ''))
        await outputOf(
          phone.transport,
          ['am', 'force-stop', SAMSUNG_MESSAGES],
          clock === undefined ? {} : { clock },
        );
    } catch {
      // Only what is shown is late.
    }
    await this.#permission[Symbol.asyncDispose]();
  }

  async #ownNumbers(signal: AbortSignal | undefined): Promise<ReadonlySet<string>> {
    const own = new Set<string>();
    for await (const message of parseMessages(this.#context.file.read(signal)))
      if (!isUnreadable(message)) noteOwnNumber(message, own);
    return own;
  }
}
