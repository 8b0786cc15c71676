import { ADB_FAILURES, type AdbStream, type AdbTransport } from '@holdfast/adb';
import {
  decodeSyncHeader,
  encodeShellPacket,
  encodeStat1,
  encodeStat2,
  encodeSyncMessage,
  SHELL,
  SYNC,
  SYNC_HEADER_BYTES,
} from '@holdfast/adb/wire';
import { concatBytes, decodeName, encodeName, Failure } from '@holdfast/kernel';
import { Pieces } from '#android/recording/pieces.ts';
import { quotedWords, shellService } from '#android/recording/shell-watch.ts';
import {
  type PhoneLine,
  parseTranscript,
  type ShellLine,
  type SyncLine,
  type VolumeEntry,
} from '#android/recording/transcript.ts';

/** A phone that says what it said when a transcript was recorded. */
export interface ReplayedPhone extends AdbTransport {
  /** Commands that it was asked and that are not in the transcript, as words. */
  readonly unanswered: readonly (readonly string[])[];
}

const ENOENT = 2;
const NOTHING = new Uint8Array(0);

/**
 * A link to a phone of a transcript, number 1 unless said otherwise. A command that was recorded several times prints what it printed
 * then, one after another, and at last the same again; one that was not is not there. The file service knows the folder of the
 * volumes, and of everything else that it is not there.
 *
 * Throws a `SyntaxError` for text that is no transcript, or without that phone.
 */
export function replay(text: string, number = 1): ReplayedPhone {
  const lines = parseTranscript(text);
  const phone = lines.find((line): line is PhoneLine => line.type === 'phone' && line.phone === number);
  if (phone === undefined) throw new SyntaxError(`no phone ${number} in the transcript`);
  const commands = new Map<string, ShellLine[]>();
  for (const line of lines) {
    if (line.type !== 'shell' || line.phone !== number || line.words === undefined) continue;
    const key = JSON.stringify(line.words);
    commands.set(key, [...(commands.get(key) ?? []), line]);
  }
  const listing = lines.find(
    (line): line is SyncLine => line.type === 'sync' && line.phone === number && line.volumes !== undefined,
  );
  const unanswered: (readonly string[])[] = [];
  const answerTo = (words: readonly string[]): ShellLine | undefined => {
    const recorded = commands.get(JSON.stringify(words)) ?? [];
    if (recorded.length === 0) unanswered.push(words);
    return recorded.length > 1 ? recorded.shift() : recorded[0];
  };
  return {
    serial: phone.serial,
    banner: phone.banner,
    features: new Set(phone.features),
    unanswered,
    async openStream(service, signal) {
      signal?.throwIfAborted();
      const name = decodeName(service);
      if (name === 'sync:') return syncStream(listing?.volumes ?? []);
      const command = shellService(name);
      const words = command === undefined ? undefined : quotedWords(command.line);
      if (command === undefined || words === undefined)
        throw new Failure(ADB_FAILURES.refusedService, 'not in the transcript', { hint: 'Record it again.' });
      return shellStream(answerTo(words), command.framing, command.mark);
    },
    async [Symbol.asyncDispose]() {},
  };
}

function shellStream(line: ShellLine | undefined, framing: 'v2' | 'plain', mark = ''): AdbStream {
  const stdout = encodeName(line?.stdout?.text ?? '');
  const stderr = encodeName(
    line === undefined ? 'sh: inaccessible or not found\n' : (line.stderr?.text ?? ''),
  );
  const exit = line === undefined ? 127 : line.exit;
  const chunks =
    framing === 'v2'
      ? [
          encodeShellPacket(SHELL.stdout, stdout),
          encodeShellPacket(SHELL.stderr, stderr),
          ...(exit === undefined ? [] : [encodeShellPacket(SHELL.exit, Uint8Array.of(exit))]),
        ]
      : [stdout, stderr, exit === undefined ? NOTHING : encodeName(`${mark}:${exit}\n`)];
  const left = chunks.filter((chunk) => chunk.length > 0).values();
  return { read: async () => left.next().value, write: async () => {}, close: () => {} };
}

/** The file service of a phone that has nothing but volumes. */
function syncStream(volumes: readonly VolumeEntry[]): AdbStream {
  const asked = new Pieces();
  const answers: Uint8Array[] = [];
  let wake = Promise.withResolvers<void>();
  let isClosed = false;
  return {
    async read() {
      while (answers.length === 0 && !isClosed) await wake.promise;
      return answers.shift();
    },
    async write(bytes) {
      asked.put(bytes.slice());
      for (;;) {
        const header = asked.peek(SYNC_HEADER_BYTES);
        if (header === undefined) break;
        const { id, value } = decodeSyncHeader(header);
        const request = asked.take(SYNC_HEADER_BYTES + value);
        if (request === undefined) break;
        answers.push(answerOf(id, decodeName(request.subarray(SYNC_HEADER_BYTES)), volumes));
      }
      wake.resolve();
      wake = Promise.withResolvers();
    },
    close() {
      isClosed = true;
      wake.resolve();
    },
  };
}

function answerOf(id: number, path: string, volumes: readonly VolumeEntry[]): Uint8Array {
  switch (id) {
    case SYNC.stat:
      return encodeStat1(id, { mode: 0, size: 0, mtime: 0 });
    case SYNC.stat2:
    case SYNC.lstat2:
      return encodeStat2(id, { ...EMPTY, error: ENOENT });
    case SYNC.list:
    case SYNC.list2: {
      const known = path.replace(/\/$/, '') === '/storage' ? volumes : [];
      return concatBytes([...known.map((entry) => entryOf(id, entry)), entryOf(id, undefined)]);
    }
    default:
      return encodeSyncMessage(SYNC.fail, encodeName('open failed: No such file or directory'));
  }
}

const EMPTY = {
  error: 0,
  dev: 0n,
  ino: 0n,
  mode: 0,
  nlink: 0,
  uid: 0,
  gid: 0,
  size: 0n,
  atime: 0n,
  mtime: 0n,
  ctime: 0n,
};

/** An entry of a listing, or its end. */
function entryOf(id: number, entry: VolumeEntry | undefined): Uint8Array {
  const name = encodeName(entry?.name ?? '');
  const { mode, error } = entry ?? EMPTY;
  const stat =
    id === SYNC.list
      ? encodeStat1(entry === undefined ? SYNC.done : SYNC.entry, { mode, size: 0, mtime: 0 })
      : encodeStat2(entry === undefined ? SYNC.done : SYNC.entry2, { ...EMPTY, mode, error });
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, name.length, true);
  return concatBytes([stat, length, name]);
}
