import type { SearchHit } from '@holdfast/contract/api';
import { call } from '#api/call.ts';

/** Gives the address at which something that was found stands among its like; nothing for a file, which is opened by itself. */
export async function placeOf(backup: string, hit: SearchHit): Promise<string | undefined> {
  switch (hit.type) {
    case 'photos':
    case 'videos': {
      const place = await placeInGrid(backup, hit);
      return place === undefined ? undefined : `/backups/${backup}/photos?view=${place}`;
    }
    case 'messages':
      return hit.thread === undefined
        ? undefined
        : `/backups/${backup}/messages/${hit.thread}?message=${hit.entry}`;
    case 'contacts':
    case 'calls':
    case 'calendar':
    case 'apps':
    case 'settings':
      return `/backups/${backup}/${hit.type}/${hit.entry}`;
    case 'audio':
    case 'documents':
    case 'other':
      return undefined;
    default:
      return hit.type satisfies never;
  }
}

const SLICE = 1000;

/** A photo is looked for in its day, and in those beside it: the day of the grid may go by another clock. */
async function placeInGrid(backup: string, hit: SearchHit): Promise<number | undefined> {
  if (hit.time === undefined) return undefined;
  const { days } = await call('days', { params: { backup } });
  const wanted = hit.time.slice(0, 10);
  const after = days.findIndex(({ day }) => day <= wanted);
  const near = days.slice(Math.max(0, after - 1), (after < 0 ? days.length : after) + 2);
  const first = near[0]?.from ?? 0;
  const end = near.reduce((_, { from, items }) => from + items, first);
  for (let from = first; from < end; from += SLICE) {
    const limit = Math.min(SLICE, end - from);
    const { media } = await call('media', { params: { backup }, query: { from, limit } });
    const index = media.findIndex(({ entry }) => entry === hit.entry);
    if (index >= 0) return from + index;
  }
  return undefined;
}
