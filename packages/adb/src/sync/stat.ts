import { encodeName } from '@holdfast/kernel';
import { protocolViolation } from '#failures.ts';
import { decodeStat1, decodeStat2, encodeSyncRequest, STAT_BYTES, STAT2_BYTES, SYNC } from '#wire/sync.ts';
import { problemIn } from './list.ts';
import { Pipeline, type PipelineOptions } from './pipeline.ts';
import { type Looked, looked1, looked2 } from './remote-file.ts';

/** Looks at the paths that `next` gives, in that order; a link is looked at itself. Throws `adb/path-too-long`. */
export async function* statFiles(
  options: Omit<PipelineOptions, 'request' | 'doing'>,
): AsyncGenerator<Looked & { readonly path: string }, void, undefined> {
  const isVersion2 = options.transport.features.has('stat_v2');
  const requestId = isVersion2 ? SYNC.lstat2 : SYNC.stat;
  using pipeline = new Pipeline({
    ...options,
    doing: 'looking at a file',
    request: (path) => encodeSyncRequest(requestId, encodeName(path)),
  });
  for (;;) {
    const answer = await pipeline.advance();
    if (answer === undefined) return;
    const { path, conversation } = answer;
    const id = await conversation.comes();
    if (id === SYNC.fail) {
      const failure = await pipeline.refused(path, (await conversation.header()).value);
      yield { kind: 'problem', problem: problemIn(failure), path };
      continue;
    }
    if (id !== requestId) throw protocolViolation('a look at a file that is none');
    const bytes = await conversation.take(isVersion2 ? STAT2_BYTES : STAT_BYTES);
    pipeline.answered();
    yield { ...(isVersion2 ? looked2(decodeStat2(bytes)) : looked1(decodeStat1(bytes))), path };
  }
}
