import type { Answer } from '@holdfast/contract/api';
import {
  filesIn,
  HOSTILE,
  messageAt,
  messagesIn,
  RECORDS,
  recordAt,
  recordDetail,
  threadAt,
} from './fake-parts.ts';
import { fakePicture } from './fake-picture.ts';

/** The backup that the fake server has, and an older one of the same device. */
export const FAKE_BACKUP = 'a'.repeat(64);
const OLDER = 'b'.repeat(64);

/** What the fake server answers: JSON, or a picture. */
export type FakeAnswer =
  | { kind: 'json'; value: unknown; status?: number }
  | { kind: 'picture'; bytes: Uint8Array };

const DEVICE = { id: 'pixel-8', name: 'Pixel 8', kind: 'android' } as const;
/**
 * Gives a made-up backup of so many photos, with all else that a phone has: the answers to what the screens of a backup and of giving back ask.
 * Nothing for any other question.
 */
export function fakeBackup(
  photos: number,
): (method: string, address: URL, body: unknown) => FakeAnswer | undefined {
  const days = daysOf(photos);
  const pictures = new Map<number, Uint8Array>();
  let opened = 0;
  let chosen: { target: string } = { target: 'Pixel 8' };
  const picture = (entry: number): FakeAnswer => {
    const bytes = pictures.get(entry % 60) ?? fakePicture(entry % 60, 200, 150);
    pictures.set(entry % 60, bytes);
    return { kind: 'picture', bytes };
  };
  const json = (value: unknown): FakeAnswer => ({ kind: 'json', value });
  const backup: Answer<'backup'> = {
    id: FAKE_BACKUP,
    device: DEVICE,
    name: DEVICE.name,
    time: '2026-11-22T21:14:03Z',
    counts: { found: photos + 8412, verified: photos + 8381, waiting: 2, skipped: 29, failed: 0 },
    totalBytes: photos * 3_400_000,
  };
  const page = (address: URL, total: number) => {
    const from = Number(address.searchParams.get('after') ?? 0);
    const limit = Number(address.searchParams.get('limit') ?? 200);
    const to = Math.min(total, from + limit);
    return {
      places: Array.from({ length: to - from }, (_, index) => from + index),
      ...(to < total && { next: String(to) }),
    };
  };

  return (method, address, body) => {
    const [, , area, id, part, what, more] = address.pathname.split('/');
    if (area === 'restores') {
      if (method === 'POST') {
        const request = body as { to: { kind: string; path?: string }; selection: { entries?: number[] } };
        chosen = { target: request.to.path ?? 'Pixel 8' };
        return json(planOf(chosen.target, request.selection.entries?.length ?? 31));
      }
      return json(plannedItems(address.searchParams.get('comesTo') ?? 'new'));
    }
    if (area !== 'backups') return undefined;
    if (id === undefined)
      return json({ backups: [backup, { ...backup, id: OLDER, time: '2026-11-15T20:02:00Z' }] });
    switch (part) {
      case undefined:
        return json({ ...backup, id });
      case 'contents':
        opened += 1;
        return json(opened < 3 ? { kind: 'opening', entries: opened * 41_207 } : contentsOf(photos));
      case 'days':
        return json({ total: photos, days });
      case 'media': {
        const from = Number(address.searchParams.get('from') ?? 0);
        const limit = Number(address.searchParams.get('limit') ?? 200);
        const media = Array.from({ length: Math.max(0, Math.min(limit, photos - from)) }, (_, index) =>
          mediaAt(days, from + index),
        );
        return json({ from, total: photos, media });
      }
      case 'thumbnails':
        return Number(what) % 97 === 13
          ? { kind: 'json', status: 404, value: problem('No picture.') }
          : picture(Number(what));
      case 'views':
        return { kind: 'picture', bytes: fakePicture(Number(what) % 60, 1200, 900) };
      case 'threads': {
        if (more === 'messages') {
          const { places, next } = page(address, messagesIn(Number(what)));
          return json({
            thread: threadAt(Number(what)),
            messages: places.map((at) => messageAt(Number(what), at)),
            next,
          });
        }
        const { places, next } = page(address, 240);
        return json({ threads: places.map(threadAt), next });
      }
      case 'records': {
        if (what !== undefined) return json(recordDetail(Number(what)));
        const type = address.searchParams.get('type') ?? 'contacts';
        const { places, next } = page(address, RECORDS[type]?.total ?? 0);
        return json({
          total: RECORDS[type]?.total ?? 0,
          records: places.map((at) => recordAt(type, at)),
          next,
        });
      }
      case 'files':
        return json(filesIn(Number(address.searchParams.get('folder') ?? 0)));
      case 'search':
        return json(searchFor(address.searchParams.get('text') ?? '', address.searchParams.get('types')));
      case 'compare':
        return json(comparison(address.searchParams.get('change')));
      case 'downloads':
        return json(weightOf(body as Record<string, unknown[]>));
      default:
        return undefined;
    }
  };
}

const problem = (message: string) => ({ code: 'fake/none', message });

function daysOf(photos: number): { day: string; from: number; items: number }[] {
  const days = [];
  let at = Date.UTC(2026, 10, 22);
  for (let from = 0; from < photos; ) {
    const wanted = [3, 1, 14, 2, 1, 47, 9, 2, 120, 5, 1, 26][days.length % 12] ?? 1;
    const items = Math.min(wanted, photos - from);
    days.push({ day: new Date(at).toISOString().slice(0, 10), from, items });
    from += items;
    at -= 86_400_000 * (1 + (days.length % 3));
  }
  return days;
}

function mediaAt(
  days: readonly { day: string; from: number; items: number }[],
  place: number,
): Answer<'media'>['media'][number] {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle]?.from ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  const day = days[low - 1];
  const isVideo = place % 11 === 4;
  const minute = 22 * 60 - (place - (day?.from ?? 0));
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
  const name =
    place === 2
      ? HOSTILE
      : `PXL_${day?.day.replaceAll('-', '')}_${String(place).padStart(6, '0')}.${isVideo ? 'mp4' : 'jpg'}`;
  return {
    entry: 1000 + place,
    name,
    path: `/files/internal/DCIM/Camera/${name}`,
    kind: isVideo ? 'video' : 'photo',
    sizeBytes: isVideo ? 48_200_000 : 3_412_345,
    taken: `${day?.day}T${clock}+01:00`,
    ...(place % 5 !== 0 && { width: 4000, height: 3000 }),
    ...(isVideo && { seconds: 7 + (place % 180) }),
  };
}

const contentsOf = (photos: number): Answer<'contents'> => ({
  kind: 'ready',
  damaged: 0,
  types: [
    { type: 'photos', items: Math.round(photos * 0.91), bytes: photos * 3_000_000 },
    { type: 'videos', items: photos - Math.round(photos * 0.91), bytes: photos * 400_000 },
    { type: 'audio', items: 214, bytes: 1_200_000_000 },
    { type: 'documents', items: 96, bytes: 240_000_000 },
    { type: 'other', items: 310, bytes: 91_000_000 },
    { type: 'contacts', items: 412 },
    { type: 'messages', items: 24_310, bytes: 410_000_000 },
    { type: 'calls', items: 2210 },
    { type: 'calendar', items: 640 },
    { type: 'apps', items: 74, bytes: 5_100_000_000 },
    { type: 'settings', items: 412 },
  ],
});

function searchFor(text: string, types: string | null): Answer<'search'> {
  const hits: Answer<'search'>['hits'] = [
    {
      entry: 1004,
      type: 'photos',
      title: `PXL_${text}.jpg`,
      context: 'internal/DCIM/Camera',
      time: '2026-11-21T21:59:00+01:00',
    },
    {
      entry: 500_030,
      type: 'messages',
      title: 'Anna Berg',
      context: `The train ${text} is late again`,
      time: '2026-11-20T18:03:00Z',
      thread: 0,
    },
    { entry: 600_003, type: 'contacts', title: `Anna ${text}`, context: '+44 7700 900123' },
    {
      entry: 700_001,
      type: 'documents',
      title: `${text}.pdf`,
      context: 'internal/Download',
      time: '2024-06-12T10:10:00Z',
    },
  ];
  const byType = hits.map(({ type }) => ({ type, items: 1 }));
  if (text === 'nothing') return { hits: [], byType: [] };
  return { hits: hits.filter(({ type }) => types === null || type === types), byType };
}

function comparison(change: string | null): Answer<'compare'> {
  const all = Array.from({ length: 30 }, (_, index) => {
    const kind = (['added', 'added', 'changed', 'removed'] as const)[index % 4] ?? 'added';
    return {
      change: kind,
      type: 'photos' as const,
      path: `/files/internal/DCIM/Camera/PXL_${index}.jpg`,
      sizeBytes: 3_400_000,
      ...(kind !== 'removed' && { entry: 1000 + index }),
    };
  });
  const differences = all.filter((one) => change === null || one.change === change);
  return { counts: { added: 16, changed: 7, removed: 7, same: 99_970 }, differences };
}

function weightOf(selection: Readonly<Record<string, readonly unknown[]>>): Answer<'download'> {
  const items =
    (selection['entries']?.length ?? 0) +
    (selection['days']?.length ?? 0) * 12 +
    (selection['threads']?.length ?? 0) * 40 +
    (selection['types']?.length ?? 0) * 50_000 -
    (selection['except']?.length ?? 0);
  return { download: 'fake', items, bytes: items * 3_412_345 };
}

const planOf = (target: string, items: number): Answer<'planRestore'> => ({
  plan: 'plan-1',
  target,
  items,
  writeBytes: items * 3_412_345,
  counts: {
    new: Math.max(0, items - 8),
    'already-there': Math.min(4, items),
    conflict: 2,
    replaces: 1,
    impossible: 1,
  },
  byType: [
    { type: 'photos', new: Math.max(0, items - 8), items },
    { type: 'contacts', new: 3, items: 4 },
  ],
  notes: ['The phone asks whether Holdfast may add contacts. Unlock it and say yes.'],
});

function plannedItems(comesTo: string): Answer<'plannedItems'> {
  return {
    items: Array.from({ length: 12 }, (_, index) => ({
      path: `/files/internal/DCIM/Camera/PXL_${index}.jpg`,
      ...(comesTo !== 'new' && {
        sentence: 'Another file of this name is there.',
        remedy: 'Choose “Keep both” to have the two side by side.',
      }),
    })),
  };
}
