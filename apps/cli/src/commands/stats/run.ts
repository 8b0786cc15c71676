import { withIndex } from '@holdfast/home';
import {
  type CountedSnapshot,
  findSnapshot,
  listSnapshots,
  type OpenRepository,
  type Stats,
  stats,
} from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { formatBytes, plural } from '#output/words.ts';
import type { StatsGiven } from './table.ts';

type Given = GivenOptions<StatsGiven>;

/** Counts what backups hold. */
export async function run({ mode }: Given, names: readonly string[], context: Context): Promise<ExitCode> {
  const { screen } = context;
  await withIndex(
    context.host,
    {},
    (repository, signal) => chosen(repository, names, signal),
    async (indexed, snapshots, signal) => {
      const counts = await stats(indexed, { mode }, snapshots, signal);
      await screen.result({ type: 'stats', ...counts }, describe(counts));
    },
  );
  return 0;
}

/** Each backup once, however it was named. */
async function chosen(
  repository: OpenRepository,
  names: readonly string[],
  signal: AbortSignal,
): Promise<CountedSnapshot[]> {
  if (names.length === 0) return [...(await listSnapshots(repository, { signal })).entries];
  const byId = new Map<string, CountedSnapshot>();
  for (const name of names) {
    const entry = await findSnapshot(repository, name, signal);
    byId.set(entry.id, entry);
  }
  return [...byId.values()];
}

function describe({ mode, snapshots, files, blobs, bytes, compression }: Stats): string {
  const of = `in ${plural(snapshots, 'backup')}`;
  switch (mode) {
    case 'restore-size':
      return `${plural(files, 'entry', 'entries')} ${of}: giving them back writes ${formatBytes(bytes)}.`;
    case 'files-by-contents':
      return `${plural(files, 'different file')} ${of}, ${formatBytes(bytes)} together.`;
    case 'blobs-per-file':
      return `${plural(files, 'file')} ${of}, of ${plural(blobs, 'part')} with ${formatBytes(bytes)} together.`;
    case 'raw-data': {
      const stored = `${plural(blobs, 'part')} ${of}, stored as ${formatBytes(bytes)}.`;
      if (compression === undefined) return stored;
      const { uncompressedBytes, saved } = compression;
      return `${stored} Compression saves ${(saved * 100).toFixed(1)} % of ${formatBytes(uncompressedBytes)}.`;
    }
    default:
      return mode satisfies never;
  }
}
