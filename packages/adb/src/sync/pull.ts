import { type ByteSource, concatBytes, encodeName, type Failure } from '@holdfast/kernel';
import { pathTooLong, protocolViolation } from '#failures.ts';
import { encodeSyncHeader, encodeSyncRequest, MOST_DATA_BYTES, SYNC } from '#wire/sync.ts';
import { type Conversation, isTooLong } from './conversation.ts';
import { Pipeline, type PipelineOptions } from './pipeline.ts';

/** A file that was asked for. */
export type Pulled = { readonly path: string } & (
  | {
      readonly kind: 'content';
      /**
       * To be gone through once, before the next file is asked for; what is left of it then, or when the loop over it is left,
       * is not sent any more. Fails with `adb/refused-file` when the phone cannot read on.
       */
      readonly content: ByteSource;
    }
  | { readonly kind: 'problem'; readonly failure: Failure }
);

/** Reads the files that `next` gives, in that order. */
export async function* pullFiles(
  options: Omit<PipelineOptions, 'request' | 'doing'>,
): AsyncGenerator<Pulled, void, undefined> {
  const tooLong: string[] = [];
  using pipeline = new Pipeline({
    ...options,
    doing: 'reading a file',
    request: (path) => receiveRequest(path, options.transport.features),
    next: () => {
      for (;;) {
        const path = options.next();
        if (path === undefined || !isTooLong(path)) return path;
        tooLong.push(path);
      }
    },
  });
  for (;;) {
    const answer = await pipeline.advance();
    for (const path of tooLong.splice(0)) {
      yield { path, kind: 'problem', failure: pathTooLong(encodeName(path).length) };
    }
    if (answer === undefined) return;
    const { path, conversation } = answer;
    const first = await conversation.header();
    if (first.id === SYNC.fail) {
      yield { path, kind: 'problem', failure: await pipeline.refused(path, first.value) };
      continue;
    }
    const reading = new Reading(path, first, conversation, pipeline);
    yield { path, kind: 'content', content: reading.bytes() };
    reading.giveUp();
  }
}

/** Asks a phone with these features for a file. Throws `adb/path-too-long`. */
export function receiveRequest(path: string, features: ReadonlySet<string>): Uint8Array {
  const name = encodeName(path);
  if (!features.has('sendrecv_v2')) return encodeSyncRequest(SYNC.receive, name);
  return concatBytes([encodeSyncRequest(SYNC.receive2, name), encodeSyncHeader(SYNC.receive2, 0)]);
}

interface Header {
  readonly id: number;
  readonly value: number;
}

/** One file on its way. */
class Reading {
  readonly #path: string;
  readonly #first: Header;
  readonly #conversation: Conversation;
  readonly #pipeline: Pipeline;
  #isOver = false;

  constructor(path: string, first: Header, conversation: Conversation, pipeline: Pipeline) {
    this.#path = path;
    this.#first = first;
    this.#conversation = conversation;
    this.#pipeline = pipeline;
  }

  async *bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      let header = this.#first;
      for (;;) {
        if (header.id === SYNC.done) {
          this.#isOver = true;
          this.#pipeline.answered();
          return;
        }
        if (header.id === SYNC.fail) {
          this.#isOver = true;
          throw await this.#pipeline.refused(this.#path, header.value);
        }
        if (header.id !== SYNC.data || header.value > MOST_DATA_BYTES) {
          throw protocolViolation('a file in pieces that are none');
        }
        yield* this.#piece(header.value);
        header = await this.#conversation.header();
      }
    } finally {
      this.giveUp();
    }
  }

  /** Nobody wants the rest. */
  giveUp(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#pipeline.brokenOff();
  }

  async *#piece(length: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let left = length; left > 0; ) {
      const bytes =
        this.#conversation.reader.takeNow(left) ?? (await this.#conversation.reader.takeSome(left));
      left -= bytes.length;
      yield bytes;
    }
  }
}

/** The bytes of one file; throws what `pullFiles` gives as a problem. */
export async function* pullFile(
  path: string,
  options: Omit<PipelineOptions, 'request' | 'doing' | 'next' | 'window'>,
): ByteSource & AsyncGenerator<Uint8Array, void, undefined> {
  const paths = [path];
  for await (const pulled of pullFiles({ ...options, window: 1, next: () => paths.pop() })) {
    if (pulled.kind === 'problem') throw pulled.failure;
    yield* pulled.content;
  }
}
