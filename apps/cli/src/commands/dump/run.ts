import { withIndex } from '@holdfast/home';
import { Failure, mapOrdered } from '@holdfast/kernel';
import { findSnapshot } from '@holdfast/repository';
import type { Id } from '@holdfast/restic-format';
import type { GivenOptions, NoOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { CLI_FAILURES, usage } from '#failures.ts';
import { shownPath } from '#inside/path-text.ts';
import { nodeAt, placeOf } from '#inside/place-in-backup.ts';
import { splitName } from '#inside/split-name.ts';

/** Blobs on their way at once: enough to hide the latency of a drive, at most 8 MiB each. */
const AHEAD = 4;

/** Writes one file to stdout. Every blob is compared with its id before it is written. */
export async function run(
  _given: GivenOptions<NoOptions>,
  [word = '']: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { backup, path } = splitName(word);
  if (path === undefined || path === '') throw usage('"dump" needs a file: BACKUP:PATH.', 'dump');
  await withIndex(
    context.host,
    {},
    (repository, signal) => findSnapshot(repository, backup, signal),
    async ({ blobs }, entry, signal) => {
      const place = await placeOf(blobs, entry, path, signal);
      const node = await nodeAt(blobs, entry, place, signal);
      if (node?.type !== 'file') throw notAFile(place);
      const load = (id: Id, stop: AbortSignal): Promise<Uint8Array> => blobs.loadBlob('data', id, stop);
      for await (const bytes of mapOrdered(node.content ?? [], AHEAD, load, signal))
        await context.screen.bytes(bytes);
    },
  );
  return 0;
}

function notAFile(place: readonly string[]): Failure {
  return new Failure(CLI_FAILURES.usage, `${shownPath(place)} is no file`, {
    hint: 'Name a file; "holdfast restore" gives folders back.',
  });
}
