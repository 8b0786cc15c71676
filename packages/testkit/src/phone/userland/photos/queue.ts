import { type Android, SDK } from '../android.ts';
import { endScans, scan, volumesOf } from '../provider/media.ts';

/** Milliseconds for one item. */
const ITEM_MS = 2000;

/** What Google Photos takes today. */
const MOST_PHOTO_BYTES = 200 * 10 ** 6;
const MOST_VIDEO_BYTES = 20 * 10 ** 9;
const MOST_PIXELS = 200 * 10 ** 6;
const LEAST_SIDE = 256;

/** Paths of what is to be uploaded still: in the index, in a folder that is selected, and of a kind and size it takes. */
export function itemsLeft(android: Android): string[] {
  const { photos, database, release } = android;
  endScans(android);
  if (SDK[release] >= 30 && android.hearsOfFiles && android.isUnlocked)
    for (const volume of volumesOf(android)) scan(android, volume);
  const rows = database
    .prepare(
      `SELECT _data, _size, width, height, media_type AS kind, mime_type AS type, relative_path AS folder FROM files
       WHERE media_type IN (1, 3) AND is_pending = 0 AND is_trashed = 0 ORDER BY _data`,
    )
    .all();
  return rows
    .filter((row) => {
      const isSelected = [...photos.folders].some((folder) => String(row['folder']).startsWith(folder));
      return isSelected && isTaken(row) && !photos.uploaded.has(String(row['_data']));
    })
    .map((row) => String(row['_data']));
}

/** Types in the index of media that it does not take. */
const NOT_TAKEN: ReadonlySet<string> = new Set(['image/vnd.adobe.photoshop', 'video/x-flv']);

function isTaken(row: Readonly<Record<string, unknown>>): boolean {
  const size = Number(row['_size']);
  const width = Number(row['width'] ?? LEAST_SIDE + 1);
  const height = Number(row['height'] ?? LEAST_SIDE + 1);
  if (size === 0 || NOT_TAKEN.has(String(row['type']))) return false;
  if (row['kind'] === 3) return size <= MOST_VIDEO_BYTES;
  const isSmall = width <= LEAST_SIDE || height <= LEAST_SIDE;
  return !isSmall && size <= MOST_PHOTO_BYTES && width * height <= MOST_PIXELS;
}

/** Uploads what there was time for since it was last asked. */
export function catchUp(android: Android, isBlocked: boolean): void {
  const { photos } = android;
  const now = android.now();
  const count = isBlocked ? 0 : Math.floor((now - photos.workedUntil) / ITEM_MS);
  if (count > 0) upload(android, count);
  photos.workedUntil = isBlocked ? now : photos.workedUntil + count * ITEM_MS;
}

/** Accounts for time in which it could do nothing. What it could do is done when somebody looks. */
export function settleBlocked(android: Android, isBlocked: boolean): void {
  if (isBlocked) android.photos.workedUntil = android.now();
}

/** Uploads the next few items. */
export function upload(android: Android, count: number): void {
  for (const path of itemsLeft(android).slice(0, count)) android.photos.uploaded.add(path);
}
