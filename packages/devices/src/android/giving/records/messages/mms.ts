import { createHash } from 'node:crypto';
import { shell } from '@holdfast/adb';
import { decodeName, isFailure, mapOrdered } from '@holdfast/kernel';
import type { MmsMessage, MmsPart } from '@holdfast/records';
import type { BackupFile, SinkRefusal } from '#device-sink.ts';
import { DEVICE_FAILURES } from '#failures.ts';
import { refusalOf } from '../../../content/content-query.ts';
import { numberRows } from '../../../content/number-rows.ts';
import { readAttachment } from '../../../parts/messages/attachments.ts';
import { MMS, MMS_PART } from '../../../parts/messages/tables.ts';
import { words } from '../../../parts/words.ts';
import { type Row, rowWords } from '../../script/bind.ts';
import { runSteps } from '../../script/run-steps.ts';
import { type MarkedTable, markedRows, markOf, removeRows } from '../marked-rows.ts';
import { pickRow } from '../pick-row.ts';
import { type Complaints, complaintOf, type GiveContext, type Numbered } from '../record-kind.ts';
import { peopleOf, type Threads } from './threads.ts';

/** A message carries its mark where the network's id of its transmission is, which nothing needs any more. */
export const MARKED_MMS: MarkedTable = { uri: MMS, column: 'tr_id' };

const NUMBERS = words(
  `date date_sent msg_box read sub_cs exp m_type v m_size pri rr rpt_a resp_st st retr_st retr_txt_cs read_status ct_cls d_tm
  d_rpt locked seen text_only`,
);
const TEXTS = words('m_id sub ct_t ct_l m_cls retr_txt resp_txt');
const PART_NUMBERS = words('seq chset ctt_s');
const PART_TEXTS = words('ct name cd fn cid cl ctt_t text');
const ADDRESS_NUMBERS = words('type charset');

/** What a command says is read to its end, and only so much of it kept. */
const MOST_SAID = 4096;

/** Files of parts on their way at once. */
const WRITTEN_AT_ONCE = 4;

/** Every row of a message. */
export function mmsRows({ columns, sender, recipients, parts }: MmsMessage): {
  readonly head: Row;
  readonly addresses: readonly Row[];
  readonly parts: readonly Row[];
} {
  const people = sender === undefined ? recipients : [sender, ...recipients];
  return {
    head: pickRow(columns, NUMBERS, TEXTS),
    addresses: people.map((row) => pickRow(row, ADDRESS_NUMBERS, ['address'])),
    parts: parts.map((part) => pickRow(part.columns, PART_NUMBERS, PART_TEXTS)),
  };
}

/**
 * Gives multimedia messages: the message with a mark, then who is in it and its parts, then what those hold, and last the mark is
 * taken off. One with a mark is unfinished, and the next run makes it anew.
 */
export async function giveMms(
  context: GiveContext,
  threads: Threads,
  own: ReadonlySet<string>,
  batch: readonly Numbered<MmsMessage>[],
  signal?: AbortSignal,
): Promise<Complaints> {
  return new MmsBatch(context, signal).give(threads, own, batch);
}

/** A file of a part, and where it goes. */
interface PartFile {
  readonly number: number;
  readonly id: string;
  readonly file: BackupFile;
}

class MmsBatch {
  readonly #context: GiveContext;
  readonly #signal: AbortSignal | undefined;
  readonly #complaints: Complaints = new Map();

  constructor(context: GiveContext, signal: AbortSignal | undefined) {
    this.#context = context;
    this.#signal = signal;
  }

  async give(
    threads: Threads,
    own: ReadonlySet<string>,
    batch: readonly Numbered<MmsMessage>[],
  ): Promise<Complaints> {
    const { dialect, link } = this.#context;
    const whole: Numbered<MmsMessage>[] = [];
    for (const each of batch) if (await this.#hasItsFiles(each)) whole.push(each);
    const heads = [];
    for (const { number, record } of whole) {
      const thread = await threads.of(peopleOf(record, own), this.#signal);
      const row: Row = {
        ...mmsRows(record).head,
        tr_id: markOf(number),
        thread_id: thread === undefined ? undefined : { number: thread },
      };
      heads.push([{ number, words: rowWords(dialect, { uri: MMS, row }) }]);
    }
    this.#complain(await runSteps(link, heads, this.#signal));
    const ids = await markedRows(link, MARKED_MMS, this.#signal);
    const made = whole.filter(({ number }) => ids.has(number));
    const below = made.map(({ number, record }) => {
      const uri = `${MMS}/${ids.get(number)}`;
      const { addresses, parts } = mmsRows(record);
      return [
        ...addresses.map((row) => ({ number, words: rowWords(dialect, { uri: `${uri}/addr`, row }) })),
        ...parts.map((row) => ({ number, words: rowWords(dialect, { uri: `${uri}/part`, row }) })),
      ];
    });
    this.#complain(await runSteps(link, below, this.#signal));
    await this.#writeParts(made, ids);
    const finished = made
      .filter(({ number }) => !this.#complaints.has(number))
      .map(({ number, record }) => {
        const uri = `${MMS}/${ids.get(number)}`;
        const row = { tr_id: record.columns['tr_id'] ?? '' };
        return [{ number, words: rowWords(dialect, { uri, row, where: `_id=${ids.get(number)}` }) }];
      });
    this.#complain(await runSteps(link, finished, this.#signal));
    await this.#removeFailed(ids);
    return this.#complaints;
  }

  async #hasItsFiles({ number, record }: Numbered<MmsMessage>): Promise<boolean> {
    for (const { file } of record.parts) {
      if (file === undefined || (await this.#fileOf(file)) !== undefined) continue;
      this.#complaints.set(number, { reason: 'damaged-in-backup', detail: `parts/${file} is missing` });
      return false;
    }
    return true;
  }

  #fileOf(name: string): Promise<BackupFile | undefined> {
    return this.#context.file.beside(`parts/${name}`, this.#signal);
  }

  /** What parts hold that are files; the phone made an empty one for each. Parts are in the order they were inserted. */
  async #writeParts(made: readonly Numbered<MmsMessage>[], ids: ReadonlyMap<number, string>): Promise<void> {
    const files: PartFile[] = [];
    for (const { number, record } of made) {
      if (this.#complaints.has(number) || !record.parts.some(({ file }) => file !== undefined)) continue;
      const query = { uri: `${MMS}/${ids.get(number)}/part`, columns: ['_id'], sort: '_id ASC' };
      const rows = await numberRows(this.#context.link, query, this.#signal);
      if (rows.length !== record.parts.length) {
        this.#complaints.set(number, { reason: 'differs-after-writing', detail: `${rows.length} parts` });
        continue;
      }
      for (const [at, part] of record.parts.entries()) {
        const id = rows[at]?.[0];
        const file = await this.#partFile(part);
        if (id !== undefined && file !== undefined) files.push({ number, id, file });
      }
    }
    const write = async (each: PartFile, signal: AbortSignal): Promise<void> => {
      const complaint = await this.#writePart(each, signal);
      if (complaint !== undefined) this.#complaints.set(each.number, complaint);
    };
    await Array.fromAsync(mapOrdered(files, WRITTEN_AT_ONCE, write, this.#signal));
  }

  async #partFile({ file }: MmsPart): Promise<BackupFile | undefined> {
    return file === undefined ? undefined : this.#fileOf(file);
  }

  /** Writes one, and reads it back. */
  async #writePart({ id, file }: PartFile, signal: AbortSignal): Promise<SinkRefusal | undefined> {
    const { link } = this.#context;
    const uri = `${MMS_PART}/${id}`;
    let said = '';
    const options = { stdin: file.read(signal), signal, ...(link.clock && { clock: link.clock }) };
    for await (const event of shell(link.transport, ['content', 'write', '--uri', uri], options)) {
      if (event.kind !== 'exit' && said.length < MOST_SAID) said += decodeName(event.bytes);
    }
    if (said.trim() !== '') return complaintOf(said);
    const hash = createHash('sha256');
    try {
      for await (const bytes of readAttachment(link, id, signal)) hash.update(bytes);
    } catch (error) {
      if (refusalOf(error) === undefined && !isFailure(error, DEVICE_FAILURES.vanished)) throw error;
      return { reason: 'differs-after-writing', detail: file.path };
    }
    if (hash.digest('hex') === (await file.hash(signal))) return undefined;
    return { reason: 'differs-after-writing', detail: file.path };
  }

  /** What did not come about as a whole is not left. */
  async #removeFailed(ids: ReadonlyMap<number, string>): Promise<void> {
    const failed = [...ids].filter(([number]) => this.#complaints.has(number));
    await removeRows(this.#context.link, MARKED_MMS, failed, this.#signal);
  }

  #complain(said: ReadonlyMap<number, string>): void {
    for (const [number, text] of said)
      if (!this.#complaints.has(number)) this.#complaints.set(number, complaintOf(text));
  }
}
