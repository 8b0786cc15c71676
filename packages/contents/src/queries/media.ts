import type { Answer, MediaEntry } from '@holdfast/contract/api';
import { originalText } from '@holdfast/kernel';
import type { Database } from '../database/database.ts';
import { PLACES } from '../database/schema.ts';
import type { KnownFacts } from '../facts/known-facts.ts';
import { idsIn } from '../words/ids.ts';
import { clockText, inRange } from '../words/zone.ts';
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
  facts: Pick<KnownFacts, 'of'>,
): Answer<'media'> {
  const list = listOf(kinds);
  const rows = database.all(
    `SELECT entry.n, entry.parent, entry.what, entry.name, entry.size, entry.content, media.age, media.ahead, media.kind
     FROM place JOIN media ON media.n = place.n JOIN entry ON entry.n = place.n
     WHERE place.list = ? AND place.place >= ? AND place.place < ? ORDER BY place.place`,
    list,
    from,
    from + limit,
  );
  const media = rows.map((row): MediaEntry => {
    const { width, height, seconds } = facts.of(idsIn(row['content'])) ?? {};
    return {
      entry: Number(row['n']),
      name: originalText(String(row['name'])),
      path: pathOf(database, row),
      kind: Number(row['kind']) === PLACES.photo ? 'photo' : 'video',
      sizeBytes: Number(row['size'] ?? 0),
      taken: clockText(inRange(-Number(row['age'])), Number(row['ahead'])),
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
      ...(seconds !== undefined && { seconds }),
    };
  });
  return { from, total: totalOf(database, list), media };
}

/** Numbers of the newest photos and videos. */
export function newestMedia(database: Database, limit: number): number[] {
  const rows = database.all(
    'SELECT n FROM place WHERE list = ? AND place < ? ORDER BY place',
    PLACES.all,
    limit,
  );
  return rows.map(({ n }) => Number(n));
}

/** Numbers of photos and videos whose names do not say when they were taken, and nobody else did; the newest first. */
export function* undated(
  database: Database,
  facts: Pick<KnownFacts, 'of'>,
): Generator<number, void, undefined> {
  const rows = database.all(
    'SELECT place.n FROM place JOIN media ON media.n = place.n WHERE list = ? AND named = 0 ORDER BY place',
    PLACES.all,
  );
  for (const { n } of rows) {
    const content = database.get('SELECT content FROM entry WHERE n = ?', Number(n))?.['content'];
    if (facts.of(idsIn(content)) === undefined) yield Number(n);
  }
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
