import { isRecordPath } from '@holdfast/engine/restore';
import type { BlobReader, SnapshotEntry } from '@holdfast/repository';
import { pathText } from '#inside/path-text.ts';
import { placeOf } from '#inside/place-in-backup.ts';
import type { Asked } from './asked.ts';

/** Where what was asked for is, from the backup's root. Fails with `engine/no-such-path`. */
export async function placesAsked(
  { paths }: Asked,
  blobs: Pick<BlobReader, 'loadTree'>,
  entry: SnapshotEntry,
  signal: AbortSignal,
): Promise<string[]> {
  const places: string[] = [];
  // A record has no place of its own in a tree: which there are shows when its file is read.
  for (const path of paths)
    places.push(isRecordPath(path) ? path : pathText(await placeOf(blobs, entry, path, signal)));
  return places;
}
