import { originalText } from '@holdfast/kernel';
import { PLACES } from '../database/schema.ts';
import { idsIn } from '../words/ids.ts';
import { snippet } from '../words/search-text.ts';
import { inRange, timeText } from '../words/zone.ts';
import type { Draft } from './draft.ts';
import { takenAt } from './taken.ts';

const ROWS_AT_A_TIME = 1000;

/** Gives photos and videos of a finished index the times that are known now, and places by those. */
export async function placeAnew(draft: Draft, signal: AbortSignal): Promise<void> {
  const { database, zone, facts } = draft;
  for (let last = -1; ; ) {
    const rows = database.all(
      'SELECT media.n, name, mtime, content FROM media JOIN entry ON entry.n = media.n WHERE media.n > ? ORDER BY media.n LIMIT ?',
      last,
      ROWS_AT_A_TIME,
    );
    for (const { n, name, mtime, content } of rows) {
      last = Number(n);
      const told = facts.of(idsIn(content))?.taken;
      if (told === undefined) continue;
      const { wall, offset } = takenAt(originalText(String(name)), Number(mtime), zone, told);
      database.run('UPDATE media SET age = ?, ahead = ? WHERE n = ?', -inRange(wall), offset, last);
    }
    if (rows.length < ROWS_AT_A_TIME) break;
    draft.didMore(ROWS_AT_A_TIME);
    await draft.pause(signal);
  }
  database.exec('DELETE FROM place; DELETE FROM day');
  await placeMedia(draft, signal);
}

/** Gives photos and videos their places, the newest first, and counts their days. */
export async function placeMedia(draft: Draft, signal: AbortSignal): Promise<void> {
  const { database } = draft;
  const lists = Object.values(PLACES).map((list) => ({ list, places: 0, day: '', from: 0 }));
  const endDay = (each: (typeof lists)[number]): void => {
    const { list, day, from, places } = each;
    if (places > from)
      database.run(
        'INSERT INTO day (list, day, start, items) VALUES (?, ?, ?, ?)',
        list,
        day,
        from,
        places - from,
      );
  };
  let [after, last] = [Number.MIN_SAFE_INTEGER, -1];
  for (;;) {
    const rows = database.all(
      'SELECT n, age, kind FROM media WHERE (age, n) > (?, ?) ORDER BY age, n LIMIT ?',
      after,
      last,
      ROWS_AT_A_TIME,
    );
    for (const { n, age, kind } of rows) {
      [after, last] = [Number(age), Number(n)];
      const day = timeText(-after).slice(0, 10);
      for (const each of lists) {
        if (each.list !== PLACES.all && each.list !== kind) continue;
        if (each.day !== day) {
          endDay(each);
          each.day = day;
          each.from = each.places;
        }
        database.run('INSERT INTO place (list, place, n) VALUES (?, ?, ?)', each.list, each.places, last);
        each.places += 1;
      }
    }
    if (rows.length < ROWS_AT_A_TIME) break;
    draft.didMore(ROWS_AT_A_TIME);
    await draft.pause(signal);
  }
  for (const each of lists) endDay(each);
}

/** Counts files in folders at any depth: folders have higher numbers than those they lie in. */
export async function countFiles(draft: Draft, signal: AbortSignal): Promise<void> {
  const { database } = draft;
  let last = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = database.all(
      'SELECT n FROM folder WHERE n < ? AND n > 0 ORDER BY n DESC LIMIT ?',
      last,
      ROWS_AT_A_TIME,
    );
    for (const { n } of rows) {
      last = Number(n);
      database.run(
        'UPDATE folder SET (items, leaves) = (SELECT folder.items + f.items, folder.leaves + f.leaves FROM folder AS f WHERE f.n = ?1) WHERE n = (SELECT parent FROM entry WHERE n = ?1)',
        last,
      );
    }
    if (rows.length < ROWS_AT_A_TIME) return;
    draft.didMore(ROWS_AT_A_TIME);
    await draft.pause(signal);
  }
}

/** Counts the messages of each thread, and says what the last of them is. */
export async function countMessages(draft: Draft, signal: AbortSignal): Promise<void> {
  const { database } = draft;
  for (let last = -1; ; ) {
    const rows = database.all('SELECT t FROM thread WHERE t > ? ORDER BY t LIMIT ?', last, 100);
    for (const { t } of rows) {
      last = Number(t);
      const messages = Number(
        database.get('SELECT count(*) AS messages FROM message WHERE thread = ?', last)?.['messages'],
      );
      const newest = database.get(
        'SELECT time, substr(text, 1, 1000) AS text FROM message WHERE thread = ? ORDER BY time DESC, n DESC LIMIT 1',
        last,
      );
      draft.didMore(10 + messages / 500);
      if (newest === undefined) database.run('DELETE FROM thread WHERE t = ?', last);
      else
        database.run(
          'UPDATE thread SET messages = ?, last = ?, snippet = ? WHERE t = ?',
          messages,
          Number(newest['time']),
          snippet(String(newest['text'])),
          last,
        );
      await draft.pause(signal);
    }
    if (rows.length < 100) return;
  }
}
