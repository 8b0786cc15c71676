import { concatBytes } from '@holdfast/kernel';
import { gone, protocolViolation } from '#failures.ts';
import type { Patience } from '#link/patience.ts';
import { closeOn } from '#link/socket-stream.ts';
import type { AdbTransport } from '#link/transport.ts';
import { MOST_DATA_BYTES, SYNC } from '#wire/sync.ts';
import { type Conversation, converse } from './conversation.ts';
import { receiveRequest } from './pull.ts';
import type { Looked } from './remote-file.ts';
import { lookRequest, takeLook } from './stat.ts';

/** What reading a file brings, in this order: a look at it, its bytes as they come, another look. */
export type FileEvent =
  | { readonly kind: 'before' | 'after'; readonly looked: Looked }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** Reads large files, each on a stream of its own; a stream that was read to its end serves the next file. */
export class FileStreams implements Disposable {
  readonly #transport: AdbTransport;
  readonly #patience: Patience;
  readonly #idle: Conversation[] = [];
  #isDisposed = false;

  constructor(transport: AdbTransport, patience: Patience) {
    this.#transport = transport;
    this.#patience = patience;
  }

  /**
   * The file at `path`, in the phone's own time: what is not taken holds it back. Leaving the loop, and an abort, end the
   * stream at once. Fails with `adb/refused-file`, `adb/path-too-long`, `adb/gone`, `adb/stalled`, `adb/protocol`.
   */
  async *read(path: string, signal?: AbortSignal): AsyncGenerator<FileEvent, void, undefined> {
    signal?.throwIfAborted();
    const { features } = this.#transport;
    const look = lookRequest(path, features);
    const requests = concatBytes([look, receiveRequest(path, features), look]);
    const conversation = this.#idle.pop() ?? (await this.#open());
    const release = closeOn(signal, conversation.stream);
    let isAtEnd = false;
    try {
      conversation.tell(requests);
      yield { kind: 'before', looked: await takeLook(conversation, features) };
      yield* content(path, conversation);
      const looked = await takeLook(conversation, features);
      isAtEnd = true;
      yield { kind: 'after', looked };
    } finally {
      release();
      if (isAtEnd && !this.#isDisposed) this.#idle.push(conversation);
      else conversation[Symbol.dispose]();
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    for (const conversation of this.#idle.splice(0)) conversation[Symbol.dispose]();
  }

  #open(): Promise<Conversation> {
    if (this.#isDisposed) throw gone();
    return converse(this.#transport, this.#patience, 'reading a file');
  }
}

async function* content(
  path: string,
  conversation: Conversation,
): AsyncGenerator<FileEvent, void, undefined> {
  for (;;) {
    const { id, value } = await conversation.header();
    if (id === SYNC.done) return;
    if (id === SYNC.fail) throw await conversation.refusal(path, value);
    if (id !== SYNC.data || value > MOST_DATA_BYTES)
      throw protocolViolation('a file in pieces that are none');
    for (let left = value; left > 0; ) {
      const bytes = conversation.reader.takeNow(left) ?? (await conversation.reader.takeSome(left));
      left -= bytes.length;
      yield { kind: 'bytes', bytes };
    }
  }
}
