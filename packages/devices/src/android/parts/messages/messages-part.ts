import { formatMessages, type Message } from '@holdfast/records';
import type { SourceEntry } from '#source.ts';
import { countOf } from '../../content/read-table.ts';
import { notAFile } from '../../reading/failures.ts';
import {
  entriesOr,
  listed,
  madeFile,
  ownFolder,
  type PartOptions,
  type SourcePart,
  type Tell,
  ToldRecords,
} from '../part.ts';
import { type Attachments, listAttachments, readAttachment } from './attachments.ts';
import { readMms, readSms } from './read-messages.ts';
import { SMS } from './tables.ts';

const NAME = 'messages';
const FILE = 'messages.ndjson';
const PARTS = 'parts';

/** A line has the row and the names of its columns. */
const BYTES_EACH = 600;

/** What of the two kinds of message there is; absent where the phone gives none. */
interface Found {
  readonly smsCount: number | undefined;
  readonly attachments: Attachments | undefined;
  readonly problems: readonly SourceEntry[];
}

/**
 * Messages: `messages.ndjson`, and the files of their parts. Drafts, unsent and service messages are shown to the default messaging app
 * only (AOSP `SmsProvider`, `sms_restricted`), and are not in it.
 */
export function messagesPart({ phone, link, clock }: PartOptions): SourcePart {
  const told = new ToldRecords();
  let latest: Promise<Found> | undefined;

  async function find(signal: AbortSignal | undefined): Promise<Found> {
    let smsCount: number | undefined;
    let attachments: Attachments | undefined;
    const noSms = await entriesOr(phone, 'sms', async () => {
      smsCount = await countOf(link, { uri: SMS }, signal);
      return [];
    });
    const noMms = await entriesOr(phone, 'mms', async () => {
      attachments = await listAttachments(link, signal);
      return [];
    });
    return { smsCount, attachments, problems: [...noSms, ...noMms] };
  }

  async function* messages(tell: Tell, signal?: AbortSignal): AsyncGenerator<Message, void, undefined> {
    const { smsCount, attachments } = await (latest ??= find(signal));
    if (smsCount !== undefined) yield* readSms(link, tell, signal);
    if (attachments !== undefined) yield* readMms(link, attachments, tell, signal);
  }

  return {
    name: NAME,
    async *walk(signal) {
      const found = await find(signal);
      latest = Promise.resolve(found);
      const { smsCount, attachments, problems } = found;
      if (smsCount === undefined && attachments === undefined) {
        // One for all.
        const entries = problems.slice(0, 1).map((problem) => ({ ...problem, name: FILE }));
        yield listed(NAME, entries);
        return;
      }
      const items = (smsCount ?? 0) + (attachments?.messages.length ?? 0);
      const entries = [madeFile(FILE, items, BYTES_EACH, clock), ...problems];
      const files = attachments?.files ?? [];
      yield listed(NAME, files.length === 0 ? entries : [...entries, ownFolder(PARTS)]);
      if (files.length > 0) yield listed(`${NAME}/${PARTS}`, files);
    },
    async *read(path, signal) {
      if (path === `${NAME}/${FILE}`) {
        yield* told.reading(path, (tell) => formatMessages(messages(tell, signal)));
        return;
      }
      const { attachments } = await (latest ??= find(signal));
      const id = attachments?.ids.get(path.slice(`${NAME}/${PARTS}/`.length));
      if (id === undefined) throw notAFile(path);
      yield* readAttachment(link, id, signal);
    },
    recordsOf: (path) => told.of(path),
    [Symbol.dispose]() {},
  };
}
