import { createHash } from 'node:crypto';
import { ADB_FAILURES, RemoteFiles, type RemoteFilesOptions } from '@holdfast/adb';
import { type ByteSource, type Failure, isFailure, mapOrdered, Slots } from '@holdfast/kernel';
import type { FileOutcome, FileToGive, SinkRefusal } from '#device-sink.ts';
import { listCommand } from '../../files/list-command.ts';
import type { AndroidPhone } from '../../phone.ts';
import { stageName } from './clear-stages.ts';
import { hashesOf } from './hashes.ts';

/** Files on their way at once: a stream each, which costs round trips. */
const PUSHED_AT_ONCE = 8;

/** Large files at once: while one begins or ends, another keeps the link busy. */
const LARGE_BYTES = 4 * 1024 * 1024;
const LARGE_AT_ONCE = 2;

/** As much as is read back, and gets its names, at a time. */
const PROVED_FILES = 64;
const PROVED_BYTES = 256 * 1024 * 1024;

const MODE = 0o660;

/** A file that is wholly on the phone under its stage's name, or what became of it instead. */
interface Pushed {
  readonly file: FileToGive;
  readonly path: string;
  readonly stage: string;
  readonly digits?: string;
  readonly outcome?: FileOutcome;
}

/**
 * Gives files, each pushed under the name of its stage, hashed by the phone, and only then given its own name: nothing is there
 * half, and what is replaced stays until the new file is proved. A stage that an interruption left is written over by the next run, or removed (`clearStages`).
 */
export async function* giveFiles(
  phone: AndroidPhone,
  files: Iterable<FileToGive>,
  pathOf: (to: readonly string[]) => string,
  options: RemoteFilesOptions,
  signal?: AbortSignal,
): AsyncGenerator<FileOutcome, void, undefined> {
  const pusher = new Pusher(phone, pathOf, options);
  let batch: Pushed[] = [];
  let bytes = 0;
  const push = (file: FileToGive, pushing: AbortSignal): Promise<Pushed> => pusher.push(file, pushing);
  for await (const pushed of mapOrdered(files, PUSHED_AT_ONCE, push, signal)) {
    if (pushed.outcome !== undefined) {
      yield pushed.outcome;
      continue;
    }
    batch.push(pushed);
    bytes += pushed.file.sizeBytes;
    if (batch.length < PROVED_FILES && bytes < PROVED_BYTES) continue;
    yield* await pusher.prove(batch, signal);
    batch = [];
    bytes = 0;
  }
  yield* await pusher.prove(batch, signal);
}

class Pusher {
  readonly #phone: AndroidPhone;
  readonly #files: RemoteFiles;
  readonly #pathOf: (to: readonly string[]) => string;
  readonly #options: RemoteFilesOptions;
  readonly #large = new Slots(LARGE_AT_ONCE);

  constructor(phone: AndroidPhone, pathOf: (to: readonly string[]) => string, options: RemoteFilesOptions) {
    this.#phone = phone;
    this.#files = new RemoteFiles(phone.transport, options);
    this.#pathOf = pathOf;
    this.#options = options;
  }

  async push(file: FileToGive, signal: AbortSignal): Promise<Pushed> {
    const { number, sizeBytes, to, key, mtime, content } = file;
    const path = this.#pathOf(to);
    const stage = `${path.slice(0, path.lastIndexOf('/'))}/${stageName(key)}`;
    const isLarge = sizeBytes >= LARGE_BYTES;
    if (isLarge) await this.#large.take(signal);
    const hash = createHash('sha256');
    async function* hashed(): ByteSource {
      for await (const bytes of content(signal)) {
        hash.update(bytes);
        yield bytes;
      }
    }
    try {
      await this.#files.push(stage, hashed(), { mode: MODE, mtime }, signal);
      return { file, path, stage, digits: hash.digest('hex') };
    } catch (error) {
      if (signal.aborted || !isFailure(error) || endsAll(error)) throw error;
      const refusal = refusalOf(error);
      const outcome: FileOutcome =
        refusal === undefined
          ? { number, kind: 'lost', failure: error }
          : { number, kind: 'refused', ...refusal };
      return { file, path, stage, outcome };
    } finally {
      if (isLarge) this.#large.give();
    }
  }

  /** Reads them back, and gives those that are right their names. */
  async prove(batch: readonly Pushed[], signal: AbortSignal | undefined): Promise<FileOutcome[]> {
    if (batch.length === 0) return [];
    const { transport } = this.#phone;
    const stages = batch.map(({ stage }) => stage);
    const bytes = batch.reduce((sum, { file }) => sum + file.sizeBytes, 0);
    const hashes = await hashesOf(transport, stages, bytes, this.#options, signal);
    const right = batch.filter(({ digits }, at) => hashes[at] === digits);
    for (const replaces of [false, true]) {
      const moved = right.filter(({ file }) => file.replaces === replaces);
      if (moved.length === 0) continue;
      const words = ['-n', '2', 'mv', replaces ? '-f' : '-n'];
      const pairs = moved.flatMap(({ stage, path }) => [stage, path]);
      await listCommand(transport, words, pairs, this.#clocked(), signal);
    }
    const named = await this.#isThere(right, signal);
    const left = batch.filter((pushed) => named.get(pushed) !== 'given').map(({ stage }) => stage);
    if (left.length > 0) await listCommand(transport, ['rm', '-f', '--'], left, this.#clocked(), signal);
    return batch.map((pushed) => ({ number: pushed.file.number, kind: named.get(pushed) ?? 'differs' }));
  }

  /** Which of them have their names now: the stage is gone and a file of its size is there. */
  async #isThere(
    pushed: readonly Pushed[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<Pushed, 'given' | 'taken'>> {
    const paths = pushed.flatMap(({ stage, path }) => [stage, path]);
    const looks = await Array.fromAsync(this.#files.stat(paths, signal));
    return new Map(
      pushed.map((each, at) => {
        const isMoved = looks[2 * at]?.kind === 'problem' && looks[2 * at + 1]?.kind === 'found';
        return [each, isMoved ? 'given' : 'taken'];
      }),
    );
  }

  #clocked(): RemoteFilesOptions {
    const { clock } = this.#options;
    return clock === undefined ? {} : { clock };
  }
}

/** Failures after which nothing else would succeed either. */
const endsAll = ({ code }: Failure): boolean =>
  code === ADB_FAILURES.gone || code === ADB_FAILURES.stalled || code === ADB_FAILURES.protocol;

const REASONS: Readonly<Record<string, SinkRefusal['reason']>> = {
  EACCES: 'phone-refuses-writing',
  EPERM: 'phone-refuses-writing',
  EROFS: 'phone-refuses-writing',
  ENOSPC: 'no-room-there',
  EDQUOT: 'no-room-there',
  EFBIG: 'too-large-there',
  ENAMETOOLONG: 'target-path-too-long',
  EISDIR: 'conflict',
  ENOTDIR: 'conflict',
};

/** Why the phone did not take the file; `undefined` when that is not what failed. */
function refusalOf({ code, details }: Failure): SinkRefusal | undefined {
  if (code === ADB_FAILURES.pathTooLong) return { reason: 'target-path-too-long', detail: 'ENAMETOOLONG' };
  if (code !== ADB_FAILURES.refusedFile) return undefined;
  const { errno, said } = details;
  const reason = REASONS[String(errno)];
  // FAT's word for a name it cannot have.
  if (reason === undefined && String(said).endsWith('Invalid argument'))
    return { reason: 'forbidden-name', detail: 'EINVAL' };
  return { reason: reason ?? 'target-refused', detail: String(errno ?? said) };
}
