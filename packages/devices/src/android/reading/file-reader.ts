import {
  ADB_FAILURES,
  type AdbTransport,
  type Fetched,
  type Fetcher,
  type FileEvent,
  type FileStreams,
  isFile,
  type Looked,
  RemoteFiles,
  type RemoteFilesOptions,
} from '@holdfast/adb';
import { type ByteSource, type Failure, isFailure, Slots } from '@holdfast/kernel';
import type { ReadFacts } from '#source.ts';
import { NS_A_SECOND } from '../files/entry.ts';
import { changed, notAFile, unreadable } from './failures.ts';
import { isLongPath, type LongFacts, readLongPath } from './long-path.ts';

/** Files up to this length are read whole, many at a time: a round trip each would take longer than their bytes. */
const SMALL_BYTES = 256 * 1024;

/** Larger files at once: while one begins or ends, another keeps the link busy. */
const MOST_LARGE = 3;

/**
 * Reads files of a phone, for many readers at once: small ones over one stream that all share, large ones over a few of
 * their own.
 *
 * A file is whole when it was as long as its bytes before and after, with the same time. Otherwise it is
 * `devices/changed-while-reading`; what the phone refuses is another `devices/…` with `details.reason`. What concerns the
 * phone as a whole is `adb/…`.
 */
export class FileReader implements Disposable {
  readonly #transport: AdbTransport;
  readonly #options: RemoteFilesOptions;
  readonly #small: Fetcher;
  readonly #large: FileStreams;
  readonly #slots = new Slots(MOST_LARGE);
  readonly #asRead = new Map<string, ReadFacts>();

  constructor(transport: AdbTransport, options: RemoteFilesOptions) {
    const files = new RemoteFiles(transport, options);
    this.#transport = transport;
    this.#options = options;
    this.#small = files.fetcher();
    this.#large = files.fileStreams();
  }

  /** The file's bytes; an abort ends it at once with its reason. */
  async *read(path: string, signal?: AbortSignal): ByteSource {
    signal?.throwIfAborted();
    if (isLongPath(path)) {
      const note = (facts: LongFacts): void => void this.#asRead.set(path, facts);
      yield* readLongPath(this.#transport, path, this.#options, note, signal);
      return;
    }
    const fetched = await this.#small.fetch(path, SMALL_BYTES, signal);
    if (fetched.kind === 'longer') yield* this.#readLarge(path, signal);
    else {
      const bytes = wholeOf(path, fetched);
      if (fetched.kind === 'content') this.#note(path, fetched.after);
      yield bytes;
    }
  }

  /** What the file was that was read last at this path; told once. */
  asRead(path: string): ReadFacts | undefined {
    const facts = this.#asRead.get(path);
    this.#asRead.delete(path);
    return facts;
  }

  [Symbol.dispose](): void {
    this.#small[Symbol.dispose]();
    this.#large[Symbol.dispose]();
  }

  async *#readLarge(path: string, signal: AbortSignal | undefined): ByteSource {
    await this.#slots.take(signal);
    try {
      yield* wholeBytes(path, this.#large.read(path, signal), (looked) => this.#note(path, looked));
    } catch (error) {
      throw translated(path, error);
    } finally {
      this.#slots.give();
    }
  }

  #note(path: string, looked: Looked): void {
    if (looked.kind === 'problem' || !looked.stat.isSizeSure) return;
    const { sizeBytes, mtime, more } = looked.stat;
    this.#asRead.set(path, {
      sizeBytes,
      mtimeNs: BigInt(mtime) * NS_A_SECOND,
      ...(more && { ctimeNs: BigInt(more.ctime) * NS_A_SECOND }),
    });
  }
}

function wholeOf(path: string, fetched: Exclude<Fetched, { kind: 'longer' }>): Uint8Array {
  if (fetched.kind === 'problem') throw refused(path, fetched.failure);
  if (fetched.kind === 'not-read') throw notRead(path, fetched.looked);
  const { bytes, before, after } = fetched;
  if (!isWhole(bytes.length, before, after)) throw changed(path);
  return bytes;
}

/** What a stream brings, proved at its end. */
async function* wholeBytes(
  path: string,
  events: AsyncIterable<FileEvent>,
  onWhole: (looked: Looked) => void,
): ByteSource {
  let before: Looked | undefined;
  let length = 0;
  for await (const event of events) {
    if (event.kind === 'bytes') {
      length += event.bytes.length;
      yield event.bytes;
    } else if (event.kind === 'before') {
      before = event.looked;
      if (before.kind === 'problem' || !isFile(before.stat.mode)) throw notRead(path, before);
    } else if (before === undefined || !isWhole(length, before, event.looked)) throw changed(path);
    else onWhole(event.looked);
  }
}

/** Sizes that are known modulo 4 GiB are compared so. */
function isWhole(length: number, before: Looked, after: Looked): boolean {
  if (before.kind === 'problem' || after.kind === 'problem') return false;
  const { sizeBytes, isSizeSure, mtime } = before.stat;
  return (
    after.stat.mtime === mtime &&
    after.stat.sizeBytes === sizeBytes &&
    sizeBytes === (isSizeSure ? length : length % 2 ** 32)
  );
}

const notRead = (path: string, looked: Looked): Failure =>
  looked.kind === 'problem' ? unreadable(path, looked.problem) : notAFile(path);

function refused(path: string, failure: Failure): Failure {
  const { errno, said } = failure.details;
  return unreadable(path, { errno: String(errno ?? 'unknown'), said: String(said) }, failure);
}

const translated = (path: string, error: unknown): unknown =>
  isFailure(error, ADB_FAILURES.refusedFile) ? refused(path, error) : error;
