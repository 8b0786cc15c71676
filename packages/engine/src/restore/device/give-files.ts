import type { ReasonCode } from '@holdfast/contract';
import type { FileOutcome, FileSink, FileToGive } from '@holdfast/devices';
import type { ByteSource } from '@holdfast/kernel';
import { type IndexedRepository, readContent } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import { Channel } from '../../run/channel.ts';
import type { RestoreEvent } from '../events.ts';
import { type PlannedFiles, stageKey } from '../planned-files.ts';
import { settledEvent } from '../settled-event.ts';

/** Told again after so many bytes. */
const TOLD_BYTES = 4 * 1024 * 1024;

const SECOND_NS = 1_000_000_000n;

/** The latest time that the file service takes. */
const LAST_SECOND = 2 ** 32 - 1;

/** Gives files to a device, and tells what became of each, and meanwhile how far they are. */
export async function* giveFiles(
  repository: IndexedRepository,
  files: PlannedFiles,
  sink: FileSink,
  signal?: AbortSignal,
): AsyncGenerator<RestoreEvent, void, undefined> {
  const stopper = new AbortController();
  const stop = signal === undefined ? stopper.signal : AbortSignal.any([signal, stopper.signal]);
  const channel = new Channel<RestoreEvent>();
  const work = new Giving(repository, files, channel);
  const working = (async () => {
    for await (const outcome of sink.give(work.files(), stop)) channel.put(work.settle(outcome));
  })().then(
    () => channel.close(),
    (error: unknown) => channel.close({ error }),
  );
  try {
    yield* channel;
  } finally {
    stopper.abort();
    await working;
  }
}

class Giving {
  readonly #repository: IndexedRepository;
  readonly #files: PlannedFiles;
  readonly #channel: Channel<RestoreEvent>;
  /** Bytes on their way of files without an outcome. */
  readonly #underWay = new Map<number, number>();
  #toldBytes = 0;
  #bytes = 0;

  constructor(repository: IndexedRepository, files: PlannedFiles, channel: Channel<RestoreEvent>) {
    this.#repository = repository;
    this.#files = files;
    this.#channel = channel;
  }

  *files(): Generator<FileToGive, void, undefined> {
    for (let number = 0; number < this.#files.length; number++) {
      const { to, bytes, traits, replaces } = this.#files.at(number);
      const seconds = Number(traits.mtimeNs / SECOND_NS);
      yield {
        number,
        to,
        sizeBytes: bytes,
        mtime: Math.min(Math.max(0, seconds), LAST_SECOND),
        replaces,
        key: stageKey(to, this.#files.contents, number),
        content: (signal) => this.#content(number, signal),
      };
    }
  }

  settle(outcome: FileOutcome): RestoreEvent {
    const { number } = outcome;
    this.#bytes -= this.#underWay.get(number) ?? 0;
    this.#toldBytes = Math.min(this.#toldBytes, this.#bytes);
    this.#underWay.delete(number);
    const { path, to, bytes, replaces } = this.#files.at(number);
    const { reason, detail } = reasonOf(outcome);
    return settledEvent({
      path,
      to,
      reason,
      ...(detail !== undefined && { detail }),
      ...(replaces && reason === 'restored' && { hasReplaced: true as const }),
      bytes,
    });
  }

  async *#content(number: number, signal: AbortSignal): ByteSource {
    for await (const bytes of readContent(this.#repository, this.#idsOf(number), signal)) {
      yield bytes;
      this.#bytes += bytes.length;
      this.#underWay.set(number, (this.#underWay.get(number) ?? 0) + bytes.length);
      if (this.#bytes - this.#toldBytes < TOLD_BYTES) continue;
      this.#toldBytes = this.#bytes;
      this.#channel.put({ kind: 'under-way', bytes: this.#bytes });
    }
  }

  #idsOf(number: number): readonly Id[] {
    const { contents } = this.#files;
    const missing = contents.missingOf(number);
    // Asked for, each fails for itself.
    if (missing.length > 0) return missing;
    const ids: Id[] = [];
    for (let at = contents.startOf(number); at < contents.endOf(number); at++)
      ids.push(contents.index.idAt(contents.blobAt(at)));
    return ids;
  }
}

/** What an outcome is called. What concerns the repository as a whole is thrown. */
function reasonOf(outcome: FileOutcome): { readonly reason: ReasonCode; readonly detail?: string } {
  switch (outcome.kind) {
    case 'given':
      return { reason: 'restored' };
    case 'taken':
      return { reason: 'conflict' };
    case 'differs':
      return { reason: 'differs-after-writing' };
    case 'refused':
      return { reason: outcome.reason, detail: outcome.detail };
    case 'lost':
      if (!outcome.failure.code.startsWith('repository/')) throw outcome.failure;
      return { reason: 'damaged-in-backup', detail: outcome.failure.message };
    default:
      return outcome satisfies never;
  }
}
