import { concatBytes, decodeName, encodeName } from '@holdfast/kernel';
import { protocolViolation } from '#failures.ts';
import { viewOf } from './little-endian.ts';

/** A name in its labels, without the root: `['_adb-tls-connect', '_tcp', 'local']`. A label may hold any byte, a dot too. */
export type DnsName = readonly string[];

/** Types of records that a search for services needs (RFC 1035, RFC 2782). */
export const DNS_TYPE = { address: 1, pointer: 12, server: 33 } as const;

/** What is asked for. */
export interface DnsQuestion {
  readonly name: DnsName;
  readonly type: number;
}

/** What is said of a name, for how long: no seconds mean that it is over. */
export type DnsRecord = { readonly name: DnsName; readonly ttlSeconds: number } & (
  | { readonly kind: 'pointer'; readonly target: DnsName }
  | { readonly kind: 'server'; readonly target: DnsName; readonly port: number }
  | { readonly kind: 'address'; readonly address: string }
);

/** A message, query or answer. Records of other types than ours are not in it. */
export interface DnsMessage {
  readonly isAnswer: boolean;
  readonly questions: readonly DnsQuestion[];
  readonly records: readonly DnsRecord[];
}

const HEADER_BYTES = 12;
/** Answer, and authoritative (RFC 6762, section 18). */
const ANSWER_FLAGS = 0x8400;
const INTERNET = 1;
/** The top bit of a class says other things in multicast DNS (RFC 6762, sections 5.4 and 10.2). */
const CLASS_BITS = 0x7fff;
const MOST_NAME_BYTES = 255;
const MOST_LABEL_BYTES = 63;

/** The bytes of a message, names written out in full. */
export function encodeDns({ isAnswer, questions, records }: DnsMessage): Uint8Array {
  const header = u16s(0, isAnswer ? ANSWER_FLAGS : 0, questions.length, records.length, 0, 0);
  const asked = questions.map(({ name, type }) => concatBytes([encodeLabels(name), u16s(type, INTERNET)]));
  return concatBytes([header, ...asked, ...records.map(encodeRecord)]);
}

function encodeRecord(record: DnsRecord): Uint8Array {
  const { name, ttlSeconds, kind } = record;
  const content = encodeContent(record);
  const ttl = u16s(Math.floor(ttlSeconds / 65_536), ttlSeconds % 65_536);
  return concatBytes([
    encodeLabels(name),
    u16s(DNS_TYPE[kind], INTERNET),
    ttl,
    u16s(content.length),
    content,
  ]);
}

function encodeContent(record: DnsRecord): Uint8Array {
  switch (record.kind) {
    case 'pointer':
      return encodeLabels(record.target);
    case 'server':
      // Priority and weight: there is nothing to choose from.
      return concatBytes([u16s(0, 0, record.port), encodeLabels(record.target)]);
    case 'address':
      return Uint8Array.from(record.address.split('.').map(Number));
    default:
      return record satisfies never;
  }
}

function encodeLabels(name: DnsName): Uint8Array {
  const labels = name.map((label) => {
    const bytes = encodeName(label);
    return concatBytes([Uint8Array.of(bytes.length), bytes]);
  });
  return concatBytes([...labels, Uint8Array.of(0)]);
}

function u16s(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  const view = viewOf(bytes);
  for (const [at, value] of values.entries()) view.setUint16(2 * at, value);
  return bytes;
}

/** The message that the bytes spell. Throws `adb/protocol` when they spell none. */
export function decodeDns(bytes: Uint8Array): DnsMessage {
  const cursor = new Cursor(bytes);
  // The id, which multicast answers need not repeat (RFC 6762, 18.1).
  cursor.skip(2);
  const isAnswer = cursor.u16() >= 0x8000;
  const [asked, ...answered] = [cursor.u16(), cursor.u16(), cursor.u16(), cursor.u16()];
  const questions: DnsQuestion[] = [];
  for (let left = asked; left > 0; left -= 1) {
    questions.push({ name: cursor.name(), type: cursor.u16() });
    // The class: whatever was asked for, only records of the internet are looked at.
    cursor.skip(2);
  }
  const records: DnsRecord[] = [];
  for (let left = answered.reduce((sum, count) => sum + count, 0); left > 0; left -= 1) {
    const record = decodeRecord(cursor);
    if (record !== undefined) records.push(record);
  }
  return { isAnswer, questions, records };
}

function decodeRecord(cursor: Cursor): DnsRecord | undefined {
  const name = cursor.name();
  const type = cursor.u16();
  const isInternet = (cursor.u16() & CLASS_BITS) === INTERNET;
  const ttlSeconds = cursor.u16() * 65_536 + cursor.u16();
  const contentBytes = cursor.u16();
  const end = cursor.at + contentBytes;
  const common = { name, ttlSeconds };
  const read = (): DnsRecord | undefined => {
    if (!isInternet) return undefined;
    if (type === DNS_TYPE.pointer) return { ...common, kind: 'pointer', target: cursor.name() };
    if (type === DNS_TYPE.server) {
      // Priority and weight (RFC 2782): a phone is one server.
      cursor.skip(4);
      return { ...common, kind: 'server', port: cursor.u16(), target: cursor.name() };
    }
    if (type !== DNS_TYPE.address || contentBytes !== 4) return undefined;
    return { ...common, kind: 'address', address: cursor.take(4).join('.') };
  };
  const record = read();
  // On to the next record, however much of this one was understood.
  cursor.skip(end - cursor.at);
  return record;
}

/** Reads on; whatever is not there is `adb/protocol`. */
class Cursor {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    if (bytes.length < HEADER_BYTES) throw protocolViolation('a DNS message without a header');
    this.#bytes = bytes;
  }

  take(length: number): Uint8Array {
    if (length < 0 || this.at + length > this.#bytes.length) {
      throw protocolViolation('a DNS message that is cut off');
    }
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  skip(length: number): void {
    this.take(length);
  }

  u16(): number {
    const [high = 0, low = 0] = this.take(2);
    return high * 256 + low;
  }

  /** A name, which may go on at an earlier place (RFC 1035, section 4.1.4): each place is before the last, so it ends. */
  name(): string[] {
    const labels: string[] = [];
    let resumeAt: number | undefined;
    let earliest = this.at;
    let sizeBytes = 1;
    for (;;) {
      const [length = 0] = this.take(1);
      if (length === 0) break;
      if (length <= MOST_LABEL_BYTES) {
        sizeBytes += 1 + length;
        if (sizeBytes > MOST_NAME_BYTES) throw protocolViolation('a DNS name that is too long');
        labels.push(decodeName(this.take(length)));
        continue;
      }
      const [low = 0] = this.take(1);
      const place = (length & 0x3f) * 256 + low;
      if (length < 0xc0 || place >= earliest) throw protocolViolation('a DNS name that leads nowhere');
      resumeAt ??= this.at;
      earliest = place;
      this.at = place;
    }
    if (resumeAt !== undefined) this.at = resumeAt;
    return labels;
  }
}
