import { type ByteSource, concatBytes, encodeName, isFailure } from '@holdfast/kernel';
import { ADB_FAILURES, protocolViolation } from '#failures.ts';
import { Ending, endedBy } from '#link/ending.ts';
import type { Patience } from '#link/patience.ts';
import type { AdbTransport } from '#link/transport.ts';
import { encodeSend2Setup, encodeSyncHeader, encodeSyncRequest, MOST_DATA_BYTES, SYNC } from '#wire/sync.ts';
import { type Conversation, converse } from './conversation.ts';

/** What a file gets besides its content. */
export interface PushedTraits {
  /** Permission bits. The phone gives group and others the owner's. */
  readonly mode: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

const IS_FILE = 0o100000;

/**
 * Most of a file in one write. Where only one write may be on its way, each waits for the phone once: the fewer, the better. But
 * a slow phone is to take one within the time that it may be silent.
 */
const WRITE_BYTES = 4 * MOST_DATA_BYTES;

/**
 * Writes a file, and the folders above it where they are missing; one that is there is replaced.
 *
 * Fails with `adb/refused-file`, as soon as the phone says so, and then or after any other failure the phone removes what it had
 * written. That the bytes are right on the phone is not known from this: read them back.
 */
export async function pushFile(
  path: string,
  content: ByteSource,
  traits: PushedTraits,
  {
    transport,
    patience,
    signal,
  }: { transport: AdbTransport; patience: Patience; signal?: AbortSignal | undefined },
): Promise<void> {
  using conversation = await converse(transport, patience, 'writing a file', signal, 'unwatched');
  const { stream, dog } = conversation;
  let isAnswered = false;
  // Not watched while we still send: until the phone is done, or says no, it says nothing.
  const answer = readAnswer(path, conversation).finally(() => {
    isAnswered = true;
  });
  // A refusal, an abort and a lost phone all show here, and end whatever else we wait for.
  const ending = new Ending();
  answer.catch((error: unknown) => ending.end(error));
  const send = async (bytes: Uint8Array): Promise<void> => {
    try {
      await dog.during(ending.during(stream.write(bytes)));
    } catch (error) {
      // A phone that refuses hangs up: its reason says more than that.
      if (isFailure(error, ADB_FAILURES.gone)) await dog.during(answer);
      throw error;
    }
  };
  await send(requestFor(path, traits.mode, transport.features.has('sendrecv_v2')));
  for await (const chunk of endedBy(ending, content)) {
    for (let at = 0; at < chunk.length && !isAnswered; at += WRITE_BYTES) {
      await send(dataMessages(chunk.subarray(at, at + WRITE_BYTES)));
    }
    if (isAnswered) break;
  }
  if (isAnswered) {
    await answer;
    throw protocolViolation('a file taken before its end');
  }
  await send(encodeSyncHeader(SYNC.done, traits.mtime));
  await dog.during(answer);
}

function requestFor(path: string, mode: number, isVersion2: boolean): Uint8Array {
  const name = encodeName(path);
  if (!isVersion2) return encodeSyncRequest(SYNC.send, concatBytes([name, encodeName(`,${mode | IS_FILE}`)]));
  return concatBytes([encodeSyncRequest(SYNC.send2, name), encodeSend2Setup(mode | IS_FILE)]);
}

function dataMessages(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += MOST_DATA_BYTES) {
    const piece = bytes.subarray(at, at + MOST_DATA_BYTES);
    parts.push(encodeSyncHeader(SYNC.data, piece.length), piece);
  }
  return concatBytes(parts);
}

/** OKAY, or fails with the phone's reason; before the end is sent only a reason can come. */
async function readAnswer(path: string, conversation: Conversation): Promise<void> {
  const { id, value } = await conversation.header();
  if (id === SYNC.fail) throw await conversation.refusal(path, value);
  if (id !== SYNC.okay) throw protocolViolation('an answer to a file that is none');
}
