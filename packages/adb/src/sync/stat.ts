import { encodeName } from '@holdfast/kernel';
import { protocolViolation } from '#failures.ts';
import { decodeStat1, decodeStat2, encodeSyncRequest, STAT_BYTES, STAT2_BYTES, SYNC } from '#wire/sync.ts';
import type { Conversation } from './conversation.ts';
import { problemIn } from './list.ts';
import { Pipeline, type PipelineOptions } from './pipeline.ts';
import { type Looked, looked1, looked2 } from './remote-file.ts';

/** Looks at the paths that `next` gives, in that order; a link is looked at itself. Throws `adb/path-too-long`. */
export async function* statFiles(
  options: Omit<PipelineOptions, 'request' | 'doing'>,
): AsyncGenerator<Looked & { readonly path: string }, void, undefined> {
  const { features } = options.transport;
  using pipeline = new Pipeline({
    ...options,
    doing: 'looking at a file',
    request: (path) => lookRequest(path, features),
  });
  for (;;) {
    const answer = await pipeline.advance();
    if (answer === undefined) return;
    const { path, conversation } = answer;
    if ((await conversation.comes()) === SYNC.fail) {
      const failure = await pipeline.refused(path, (await conversation.header()).value);
      yield { kind: 'problem', problem: problemIn(failure), path };
      continue;
    }
    const looked = await takeLook(conversation, features);
    pipeline.answered();
    yield { ...looked, path };
  }
}

/** Asks a phone with these features what it knows of a file, a link itself. Throws `adb/path-too-long`. */
export const lookRequest = (path: string, features: ReadonlySet<string>): Uint8Array =>
  encodeSyncRequest(features.has('stat_v2') ? SYNC.lstat2 : SYNC.stat, encodeName(path));

/** The answer to that. Throws `adb/protocol` for any other. */
export async function takeLook(conversation: Conversation, features: ReadonlySet<string>): Promise<Looked> {
  const isVersion2 = features.has('stat_v2');
  const id = await conversation.comes();
  if (id !== (isVersion2 ? SYNC.lstat2 : SYNC.stat)) throw protocolViolation('a look at a file that is none');
  const bytes = await conversation.take(isVersion2 ? STAT2_BYTES : STAT_BYTES);
  return isVersion2 ? looked2(decodeStat2(bytes)) : looked1(decodeStat1(bytes));
}
