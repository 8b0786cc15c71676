import type { Answer, MediaEntry } from '@holdfast/contract/api';
import { originalText } from '@holdfast/kernel';
import type { Database } from '../database/database.ts';
import { PLACES } from '../database/schema.ts';
import { inRange, timeText } from '../words/zone.ts';
import { pathOf } from './entries.ts';

/** Photos, videos, or, absent, both. */
export type MediaKinds = readonly ('photo' | 'video')[] | undefined;

/** Days with photos and videos, the newest first. */
export function daysOf(database: Database, kinds: MediaKinds): Answer<'days'> {
  const list = listOf(kinds);
  const rows = database.all('SELECT day, start, items FROM day WHERE list = ? ORDER BY start', list);
  const days = rows.map(({ day, start, items }) => ({
    day: String(day),
    from: Number(start),
    items: Number(items),
  }));
  return { total: totalOf(database, list), days };
}

/** A slice of photos and videos, the newest first: as quick at the end as at the beginning. */
export function mediaSlice(
  database: Database,
  kinds: MediaKinds,
  from: number,
  limit: number,
): Answer<'media'> {
  const list = listOf(kinds);
  const rows = database.all(
    `SELECT entry.n, entry.parent, entry.what, entry.name, entry.size, media.age, media.kind, media.width, media.height, media.seconds
     FROM place JOIN media ON media.n = place.n JOIN entry ON entry.n = place.n
     WHERE place.list = ? AND place.place >= ? AND place.place < ? ORDER BY place.place`,
    list,
    from,
    from + limit,
  );
  const media = rows.map((row): MediaEntry => {
    const { width, height, seconds } = row;
    return {
      entry: Number(row['n']),
      name: originalText(String(row['name'])),
      path: pathOf(database, row),
      kind: Number(row['kind']) === PLACES.photo ? 'photo' : 'video',
      sizeBytes: Number(row['size'] ?? 0),
      taken: timeText(inRange(-Number(row['age']))),
      ...(width !== null && { width: Number(width) }),
      ...(height !== null && { height: Number(height) }),
      ...(seconds !== null && { seconds: Number(seconds) }),
    };
  });
  return { from, total: totalOf(database, list), media };
}

function listOf(kinds: MediaKinds): number {
  const [only, ...others] = new Set(kinds);
  return only === undefined || others.length > 0 ? PLACES.all : PLACES[only];
}

const totalOf = (database: Database, list: number): number =>
  Number(
    database.get('SELECT coalesce(max(place) + 1, 0) AS total FROM place WHERE list = ?', list)?.['total'] ??
      0,
  );
