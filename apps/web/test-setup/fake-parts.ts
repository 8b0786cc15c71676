import type { Answer } from '@holdfast/contract/api';

const NAMES = [
  'Anna Berg',
  'Ben Okafor',
  'Çiğdem Yıldız',
  'דוד לוי',
  '李小龙',
  'Émile Zola',
  'Żaneta Nowak',
  '+44 7700 900123',
];
/** A name that tries to be something else. */
export const HOSTILE = 'photo_\u202egpj.exe<img src=x onerror=alert(1)>🎉';
const WORDS =
  'The train is late again so I will be there at half past nine, can you buy bread and some milk please? 😊'.split(
    ' ',
  );

/** How many messages a made-up thread has. */
export const messagesIn = (thread: number): number => (thread === 0 ? 5200 : 12 + (thread % 60));

/** A made-up thread. */
export const threadAt = (thread: number): Answer<'threads'>['threads'][number] => ({
  thread,
  people: thread === 3 ? NAMES.slice(0, 6) : [NAMES[thread % NAMES.length] ?? ''],
  messages: messagesIn(thread),
  last: new Date(Date.UTC(2026, 10, 22, 18, 3) - thread * 31_000_000).toISOString(),
  snippet: thread === 1 ? HOSTILE : WORDS.slice(thread % 9, 9 + (thread % 12)).join(' '),
});

/** A made-up message, counted from the newest: one of them is a megabyte. */
export function messageAt(thread: number, at: number): Answer<'messages'>['messages'][number] {
  const text =
    at === 4
      ? '<b>bold</b> <script>alert(1)</script> \u202egnp.exe 🎉'.repeat(20_000)
      : WORDS.slice(at % 7, 8 + (at % 13)).join(' ');
  return {
    entry: 500_000 + thread * 10_000 + at,
    isOwn: Math.floor(at / 2) % 2 === 0,
    ...(thread === 3 && { from: NAMES[at % 5] ?? '' }),
    time: new Date(Date.UTC(2026, 10, 22, 18, 3) - thread * 31_000_000 - at * 4_000_000).toISOString(),
    text: at === 2 ? '' : text,
    attachments:
      at === 2
        ? [{ entry: 1000 + at, name: 'picture.jpg', mediaType: 'image/jpeg', sizeBytes: 240_000 }]
        : at === 6
          ? [
              { name: 'lost.amr', mediaType: 'audio/amr' },
              { entry: 77, name: 'menu.pdf', mediaType: 'application/pdf', sizeBytes: 88_000 },
            ]
          : [],
    ...(at === 7 && { note: 'failed' }),
  };
}

/** How many records of each type there are. */
export const RECORDS: Readonly<
  Record<string, { total: number; kind: 'contact' | 'call' | 'event' | 'app'; first: number }>
> = {
  contacts: { total: 412, kind: 'contact', first: 600_000 },
  calls: { total: 2210, kind: 'call', first: 610_000 },
  calendar: { total: 640, kind: 'event', first: 620_000 },
  apps: { total: 74, kind: 'app', first: 630_000 },
};

/** A made-up record. */
export function recordAt(type: string, at: number): Answer<'records'>['records'][number] {
  const { kind, first } = RECORDS[type] ?? { kind: 'contact' as const, first: 0 };
  const letter = String.fromCharCode(65 + Math.floor(at / 16));
  const base = { entry: first + at, kind };
  const time = new Date(Date.UTC(2026, 10, 22, 18, 3) - at * 41_000_000).toISOString();
  if (type === 'contacts')
    return {
      ...base,
      title: `${letter}${['dam', 'lex Novak', 'nders', 'rthur Dent'][at % 4]} ${at}`,
      subtitle: `+44 7700 900${100 + (at % 800)}`,
    };
  if (type === 'calls')
    return {
      ...base,
      title: NAMES[at % NAMES.length] ?? '',
      subtitle: ['Incoming, 4 min 12 s', 'Missed', 'Outgoing, 38 s'][at % 3] ?? '',
      time,
    };
  if (type === 'calendar')
    return {
      ...base,
      title: ['Dentist', 'Birthday of Anna', 'Team meeting', HOSTILE][at % 4] ?? '',
      subtitle: 'Personal',
      time,
    };
  return {
    ...base,
    title: ['Signal', 'Maps', 'Bank', 'Chess'][at % 4] ?? '',
    subtitle: `org.example.app${at}`,
  };
}

/** What a made-up record says. */
export const recordDetail = (entry: number): Answer<'record'> => ({
  entry,
  kind: 'contact',
  title: 'Anna Berg',
  fields: [
    { label: 'Mobile', value: '+44 7700 900123' },
    { label: 'Email', value: 'anna@example.org' },
    { label: 'Address', value: '12 High Street\nLondon' },
    { label: 'Note', value: HOSTILE.repeat(200) },
  ],
});

/** A made-up folder. */
export function filesIn(folder: number): Answer<'files'> {
  const above =
    folder === 0
      ? []
      : [{ entry: 1, name: 'internal' }, ...(folder > 1 ? [{ entry: folder, name: 'DCIM' }] : [])];
  const path = folder === 0 ? '/files' : folder === 1 ? '/files/internal' : '/files/internal/DCIM';
  const folders = (
    folder === 0 ? ['internal'] : folder === 1 ? ['DCIM', 'Download', 'Music', HOSTILE] : ['Camera']
  ).map((name, index) => ({
    entry: folder === 0 ? 1 : folder * 10 + index,
    name,
    path: `${path}/${name}`,
    what: 'folder' as const,
    items: 1200 * (index + 1),
  }));
  const files = Array.from({ length: folder === 0 ? 0 : 40 }, (_, index) => {
    const kind = (['photo', 'document', 'audio', 'file'] as const)[index % 4] ?? 'file';
    const name =
      index === 2
        ? HOSTILE
        : `IMG_${2000 + index}.${{ photo: 'jpg', document: 'pdf', audio: 'mp3', file: 'bin' }[kind]}`;
    return {
      entry: 700_000 + folder * 1000 + index,
      name,
      path: `${path}/${name}`,
      what: 'file' as const,
      kind,
      sizeBytes: 120_000 * (index + 3),
      modified: '2024-06-12T10:10:00Z',
    };
  });
  return { above, entries: [...folders, ...files] };
}
