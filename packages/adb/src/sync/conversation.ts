import { decodeName, encodeName, type Failure } from '@holdfast/kernel';
import { protocolViolation, refusedFile } from '#failures.ts';
import { type Patience, stalledWhile, Watchdog } from '#link/patience.ts';
import { Reader } from '#link/reader.ts';
import type { AdbStream, AdbTransport } from '#link/transport.ts';
import { viewOf } from '#wire/little-endian.ts';
import { decodeSyncHeader, MOST_PATH_BYTES, SYNC_HEADER_BYTES } from '#wire/sync.ts';

/** Longest message of a FAIL that is believed. */
const MOST_FAIL_BYTES = 64 * 1024;

/** Whether waiting for an answer counts against the phone's time. */
type Reads = 'watched' | 'unwatched';

/** One open stream of the file service. It is of no further use after a FAIL: the phone ends it. */
export class Conversation implements Disposable {
  readonly stream: AdbStream;
  readonly dog: Watchdog;
  readonly reader: Reader;
  /** Called whenever the phone is to be waited for: the last moment to send something along. */
  onWait: (() => void) | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(stream: AdbStream, patience: Patience, doing: string, reads: Reads) {
    this.stream = stream;
    this.dog = new Watchdog(patience, () => stream.close(stalledWhile(doing, patience)));
    this.reader = new Reader(() => {
      this.onWait?.();
      return reads === 'watched' ? this.dog.during(stream.read()) : stream.read();
    });
  }

  /** The message that comes, not yet taken: its reply may be of any length. */
  async comes(): Promise<number> {
    return viewOf(await this.reader.peek(4)).getUint32(0, true);
  }

  /** The next bytes; mostly they are here already. */
  async take(length: number): Promise<Uint8Array> {
    return this.reader.takeNow(length) ?? (await this.reader.take(length));
  }

  /** The message that comes, and the number with it. */
  async header(): Promise<{ readonly id: number; readonly value: number }> {
    return decodeSyncHeader(await this.take(SYNC_HEADER_BYTES));
  }

  /** What a FAIL about `path` says, once its header was read. Throws `adb/protocol`, `adb/gone`. */
  async refusal(path: string, length: number): Promise<Failure> {
    if (length > MOST_FAIL_BYTES) throw protocolViolation('a refusal of that length');
    return refusedFile(path, decodeName(await this.reader.take(length)));
  }

  /**
   * Sends without waiting for it. Should it not get through, reading says so, once what the phone had said before is read: a
   * phone that refuses hangs up, and its reason comes after answers to earlier requests.
   */
  tell(bytes: Uint8Array): void {
    this.#sending = this.#sending.then(() => this.stream.write(bytes)).catch(() => undefined);
  }

  [Symbol.dispose](): void {
    this.dog[Symbol.dispose]();
    this.stream.close();
  }
}

/** Opens the file service; `doing` completes "no sign of life while …". */
export async function converse(
  transport: AdbTransport,
  patience: Patience,
  doing: string,
  signal?: AbortSignal,
  reads: Reads = 'watched',
): Promise<Conversation> {
  return new Conversation(await transport.openStream(encodeName('sync:'), signal), patience, doing, reads);
}

/** True when a path is longer than the file service takes. */
export const isTooLong = (path: string): boolean => encodeName(path).length > MOST_PATH_BYTES;
