import { decodeName, encodeName, type Failure } from '@holdfast/kernel';
import { protocolViolation } from '#failures.ts';
import {
  decodeEntry1,
  decodeEntry2,
  ENTRY_BYTES,
  ENTRY2_BYTES,
  encodeSyncRequest,
  SYNC,
} from '#wire/sync.ts';
import { type Conversation, isTooLong } from './conversation.ts';
import { Pipeline, type PipelineOptions } from './pipeline.ts';
import {
  type Looked,
  looked1,
  looked2,
  problemOf,
  type RemoteEntry,
  type RemoteProblem,
} from './remote-file.ts';

/** What came of listing one folder. */
export interface ListedFolder {
  readonly path: string;
  /** In no order; without `.` and `..`. */
  readonly entries: readonly RemoteEntry[];
  /**
   * Whether the phone showed that it went through the folder. Without that, one that is missing, closed to us or empty looks
   * the same.
   */
  readonly isCertain: boolean;
  readonly problem?: RemoteProblem;
}

const ENAMETOOLONG = 36;

/** Longest name that is believed; Linux has none above 255 bytes. */
const MOST_NAME_BYTES = 4096;

/** Most entries of one folder that are held. */
const MOST_ENTRIES = 1_000_000;

/** Lists the folders that `next` gives, in that order. */
export async function* listFolders(
  options: Omit<PipelineOptions, 'request' | 'doing'>,
): AsyncGenerator<ListedFolder, void, undefined> {
  const isVersion2 = options.transport.features.has('ls_v2');
  const tooLong: string[] = [];
  using pipeline = new Pipeline({
    ...options,
    doing: 'listing a folder',
    request: (path) => encodeSyncRequest(isVersion2 ? SYNC.list2 : SYNC.list, encodeName(path)),
    next: () => nextOf(options.next, tooLong),
  });
  for (;;) {
    const answer = await pipeline.advance();
    for (const path of tooLong.splice(0)) yield unlisted(path, problemOf(ENAMETOOLONG));
    if (answer === undefined) return;
    const { path, conversation } = answer;
    const listed = await readFolder(path, conversation, isVersion2);
    if (listed === 'too-many') {
      pipeline.brokenOff();
      const said = `it holds more than ${MOST_ENTRIES} entries, which are not held at a time`;
      yield unlisted(path, { errno: 'unknown', said });
    } else if ('refusedBytes' in listed) {
      const failure = await pipeline.refused(path, listed.refusedBytes);
      yield unlisted(path, problemIn(failure));
    } else {
      pipeline.answered();
      yield listed;
    }
  }
}

/** The next path that can be asked for; those that cannot are set aside. */
function nextOf(next: () => string | undefined, tooLong: string[]): string | undefined {
  for (;;) {
    const path = next();
    if (path === undefined || !isTooLong(path)) return path;
    tooLong.push(path);
  }
}

async function readFolder(
  path: string,
  conversation: Conversation,
  isVersion2: boolean,
): Promise<ListedFolder | { refusedBytes: number } | 'too-many'> {
  const entryId = isVersion2 ? SYNC.entry2 : SYNC.entry;
  const entryBytes = isVersion2 ? ENTRY2_BYTES : ENTRY_BYTES;
  const entries: RemoteEntry[] = [];
  let isCertain = false;
  for (;;) {
    const id = await conversation.comes();
    if (id === SYNC.fail) return { refusedBytes: (await conversation.header()).value };
    const bytes = await conversation.take(entryBytes);
    if (id === SYNC.done) return { path, entries, isCertain };
    if (id !== entryId) throw protocolViolation('a listing that is none');
    const { nameBytes, ...rest } = isVersion2 ? version2(bytes) : version1(bytes);
    if (nameBytes > MOST_NAME_BYTES) throw protocolViolation('a file name of that length');
    const name = decodeName(await conversation.take(nameBytes));
    isCertain = true;
    if (name === '.' || name === '..') continue;
    if (entries.length === MOST_ENTRIES) return 'too-many';
    // It would lead out of the folder it is said to be in: told, and never gone into.
    const isName = name !== '' && !/[/\0]/.test(name);
    entries.push({ ...(isName ? rest.looked : NO_NAME), name });
  }
}

const NO_NAME: Looked = { kind: 'problem', problem: { errno: 'EINVAL', said: 'a file name that is none' } };

function version1(bytes: Uint8Array): { nameBytes: number; looked: ReturnType<typeof looked1> } {
  const { stat, nameBytes } = decodeEntry1(bytes);
  return { nameBytes, looked: looked1(stat) };
}

function version2(bytes: Uint8Array): { nameBytes: number; looked: ReturnType<typeof looked2> } {
  const { stat, nameBytes } = decodeEntry2(bytes);
  return { nameBytes, looked: looked2(stat) };
}

const unlisted = (path: string, problem: RemoteProblem): ListedFolder => ({
  path,
  entries: [],
  isCertain: true,
  problem,
});

/** What a refusal says, as a value. */
export function problemIn({ details, message }: Failure): RemoteProblem {
  return { errno: String(details['errno'] ?? 'unknown'), said: String(details['said'] ?? message) };
}
