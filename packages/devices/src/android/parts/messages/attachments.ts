import { shell } from '@holdfast/adb';
import { type ByteSource, decodeName, Failure, plainText } from '@holdfast/kernel';
import { partFileName } from '@holdfast/records';
import { DEVICE_FAILURES } from '#failures.ts';
import type { SourceFile } from '#source.ts';
import { type ContentLink, refusedAs, refusedQuery } from '../../content/content-query.ts';
import { numberRows } from '../../content/number-rows.ts';
import { readTable } from '../../content/read-table.ts';
import { shapeOf } from '../../content/shape.ts';
import { unlessSilent } from '../../content/silence.ts';
import { MMS, MMS_PART } from './tables.ts';

/** Files that belong to messages: pictures, sounds, cards. */
export interface Attachments {
  /** Ids of the messages that were there, in order. */
  readonly messages: readonly string[];
  readonly files: readonly SourceFile[];
  /** A file's name, by the part's id. */
  readonly names: ReadonlyMap<string, string>;
  /** The part's id, by the file's name. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Nothing says how long a part is. A picture that went through a network for messages is about this long. */
const BYTES_EACH = 100_000;

/** The messages of the multimedia kind and the files of their parts, without reading any. Fails as `contentQuery` does. */
export async function listAttachments(link: ContentLink, signal?: AbortSignal): Promise<Attachments> {
  const columns = ['_id', 'date'];
  const rows = await numberRows(link, { uri: MMS, columns, sort: '_id ASC' }, signal);
  const dates = new Map(rows.map(([id = '', date]) => [id, BigInt(date ?? 0)]));
  const files: SourceFile[] = [];
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  if (dates.size > 0) {
    const shape = await shapeOf(link, MMS_PART, { numbers: ['mid'], texts: ['_data'] }, signal);
    const query = { uri: MMS_PART, shape, where: '_data IS NOT NULL' };
    for await (const { id, columns: part } of readTable(link, query, signal)) {
      const date = dates.get(part['mid'] ?? '');
      // Of a draft, which the phone shows nobody.
      if (date === undefined) continue;
      const name = partFileName(part, taken);
      names.set(id, name);
      ids.set(name, id);
      files.push(attachment(name, date));
    }
  }
  return { messages: [...dates.keys()], files, names, ids };
}

/** Never changed once it came: as old as its message. It is no item of its own. */
const attachment = (name: string, seconds: bigint): SourceFile => ({
  kind: 'file',
  name,
  mode: 0o100644,
  mtimeNs: seconds * 1_000_000_000n,
  uid: 0,
  gid: 0,
  sizeBytes: BYTES_EACH,
  made: { items: 0, isFixed: true },
});

/** Most of a complaint that is kept. */
const MOST_SAID = 4096;

/**
 * The bytes of a part. The tool always exits with 0; what it says on stderr is what counts. Fails with `devices/vanished`,
 * `devices/refused-query` and `adb/…`.
 */
export async function* readAttachment(link: ContentLink, id: string, signal?: AbortSignal): ByteSource {
  const { transport, clock, slots } = link;
  const uri = `${MMS_PART}/${id}`;
  const options = { ...(clock && { clock }), ...(signal && { signal }) };
  let said = '';
  await slots.take(signal);
  try {
    for await (const event of shell(transport, ['content', 'read', '--uri', uri], options)) {
      if (event.kind === 'exit') {
        if ((event.code ?? 0) !== 0 && said === '') said = `exit code ${event.code}`;
      } else if (event.kind === 'stdout') yield event.bytes;
      else said = (said + decodeName(event.bytes)).slice(0, MOST_SAID);
    }
  } catch (error) {
    throw await unlessSilent(link, error, (why) => refusedAs('silent', uri, why), signal);
  } finally {
    slots.give();
  }
  if (said.includes('FileNotFoundException')) throw vanished(said);
  if (said !== '') throw refusedQuery(uri, said);
}

const vanished = (said: string): Failure =>
  new Failure(DEVICE_FAILURES.vanished, 'The phone has no file for this part of a message', {
    hint: 'Nothing, if the message was deleted on purpose; otherwise back up again.',
    details: { reason: 'vanished', said: plainText(said, 500) },
  });
