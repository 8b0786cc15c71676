import type { DatabaseSync } from 'node:sqlite';
import type { PhoneContent } from '../../content.ts';
import { nodeAt, type PhoneFile, type PhoneFolder, statOf } from '../../tree.ts';
import { type Android, SDK } from '../android.ts';
import { removeNode } from '../files.ts';
import { illegalArgument, illegalState } from '../java.ts';
import type { ContentUri, Provider } from './provider.ts';
import { ask, columnMap, deleteRows, type Table, updateRows } from './query.ts';

/** Columns by what they came with. */
const ALWAYS = `_id _data _size _display_name mime_type title media_type date_added date_modified datetaken width height
  duration orientation bucket_id bucket_display_name`;
const SINCE_10 = `${ALWAYS} relative_path volume_name owner_package_name is_pending`;
const SINCE_11 = `${SINCE_10} is_trashed is_favorite`;

const KINDS: Readonly<Record<string, number>> = { images: 1, audio: 2, video: 3 };

const TYPES: ReadonlyMap<string, readonly [mime: string, kind: number]> = new Map(
  Object.entries({
    jpg: ['image/jpeg', 1],
    jpeg: ['image/jpeg', 1],
    png: ['image/png', 1],
    jpe: ['image/jpeg', 1],
    heic: ['image/heic', 1],
    heif: ['image/heif', 1],
    hif: ['image/heif', 1],
    avif: ['image/avif', 1],
    bmp: ['image/x-ms-bmp', 1],
    tif: ['image/tiff', 1],
    tiff: ['image/tiff', 1],
    dng: ['image/x-adobe-dng', 1],
    webp: ['image/webp', 1],
    gif: ['image/gif', 1],
    psd: ['image/vnd.adobe.photoshop', 1],
    mp3: ['audio/mpeg', 2],
    m4a: ['audio/mp4', 2],
    mp4: ['video/mp4', 3],
    mov: ['video/quicktime', 3],
    m4v: ['video/mp4', 3],
    '3gp': ['video/3gpp', 3],
    webm: ['video/webm', 3],
    mkv: ['video/x-matroska', 3],
    flv: ['video/x-flv', 3],
    pdf: ['application/pdf', 6],
    txt: ['text/plain', 6],
  }),
);

function tableOf(android: Android, { path, text, parameters }: ContentUri): Table {
  const [volume, kind = '', , id] = path;
  const isFile = kind === 'file';
  if (volume === undefined || (!isFile && !Object.hasOwn(KINDS, kind)))
    throw illegalArgument(`Unknown URI ${text}`);
  const row = isFile ? path[2] : id;
  const sdk = SDK[android.release];
  const columns = sdk >= 30 ? SINCE_11 : sdk >= 29 ? SINCE_10 : ALWAYS;
  return {
    from: 'files',
    having: [
      // Without being asked for, what is not finished or thrown away does not show.
      ...(sdk >= 29 && parameters.get('includePending') !== '1' ? ['is_pending = 0'] : []),
      ...(sdk >= 30 && parameters.get('includeTrashed') !== '1' ? ['is_trashed = 0'] : []),
      ...(isFile ? [] : [`media_type = ${KINDS[kind]}`]),
      ...(row === undefined ? [] : [`_id = ${Number(row)}`]),
    ],
    ...(sdk >= 29 ? { columns: columnMap(columns) } : {}),
    isStrictGrammar: sdk >= 30,
  };
}

/** Files in the index. Whatever changes one puts another in its place: one that is the same is not looked at again. */
const indexed = new WeakMap<DatabaseSync, ReadonlyMap<string, PhoneFile>>();

/**
 * Puts into the index what is there and takes out what is gone. No index reaches into `Android/data` and `Android/obb`, into
 * hidden folders, or into folders with a file named `.nomedia`. Of `only` one path, it looks at nothing else.
 */
export function scan(android: Android, volume: string, only?: string): void {
  const top = volume === 'external_primary' ? '/storage/emulated/0' : `/storage/${volume.toUpperCase()}`;
  const folder = nodeAt(android.root, top, { follow: true });
  const before = indexed.get(android.database) ?? new Map<string, PhoneFile>();
  const seen = new Map([...before].filter(([path]) => !path.startsWith(`${top}/`)));
  const put = android.database.prepare(
    `INSERT INTO files(_data, _size, _display_name, mime_type, title, media_type, date_added, date_modified, width, height,
     bucket_id, bucket_display_name, relative_path, volume_name) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)
     ON CONFLICT(_data) DO UPDATE SET _size = ?2, date_modified = ?8`,
  );
  const visit = (path: string, inside: PhoneFolder): void => {
    if (inside.entries.has('.nomedia')) return;
    for (const [name, node] of inside.entries) {
      const whole = `${path}/${name}`;
      if (node.kind === 'folder') {
        if (!name.startsWith('.') && !/^\/Android\/(data|obb)$/.test(whole.slice(top.length)))
          visit(whole, node);
      } else if (node.kind === 'file' && !name.startsWith('.') && (only ?? whole) === whole) {
        seen.set(whole, node);
        if (before.get(whole) === node) continue;
        const { size, mtime } = statOf(node);
        const [mime, kind] = TYPES.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase()) ?? [null, 0];
        const [width, height] =
          mime === 'image/jpeg' ? (frameOf(node) ?? BROKEN) : (frameOf(node) ?? UNKNOWN);
        const bucket = path.slice(path.lastIndexOf('/') + 1);
        const within = `${path.slice(top.length + 1)}/`;
        const title = name.replace(/\.[^.]*$/, '');
        const now = Math.floor(android.now() / 1000);
        put.run(
          whole,
          size,
          name,
          mime,
          title,
          kind,
          now,
          mtime,
          width,
          height,
          hash(path),
          bucket,
          within,
          volume,
        );
      }
    }
  };
  android.database.exec('BEGIN');
  if (folder?.kind === 'folder') visit(top, folder);
  const drop = android.database.prepare('DELETE FROM files WHERE _data = ?');
  for (const path of only === undefined ? before.keys() : []) if (!seen.has(path)) drop.run(path);
  indexed.set(android.database, only === undefined ? seen : new Map([...before, ...seen]));
  android.database.exec('COMMIT');
}

/** Sizes of a JPEG's frame are in one of these segments (ITU T.81, table B.1), which differ in how it is coded. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** How much of a file is read for its size. */
const HEAD_BYTES = 64 * 1024;

type Frame = readonly [width: number | null, height: number | null];

/** What stands for a size that was not looked for, and for one that could not be made out. */
const UNKNOWN: Frame = [null, null];
const BROKEN: Frame = [0, 0];

/** Size of a JPEG's or an MP4's picture; nothing for what cannot be made out. */
function frameOf({ content }: PhoneFile): Frame | undefined {
  const start = first(content, 12);
  // Of every film the same: what is in it is noise.
  if (String.fromCharCode(...start.subarray(4, 8)) === 'ftyp') return [1920, 1080];
  if (start[0] !== 0xff || start[1] !== 0xd8) return undefined;
  const head = first(content, HEAD_BYTES);
  const two = (at: number): number => ((head[at] ?? 0) << 8) | (head[at + 1] ?? 0);
  for (let at = 2; head[at] === 0xff && at + 9 < head.length; at += 2 + two(at + 2))
    if (isFrame(head[at + 1] ?? 0)) return [two(at + 7), two(at + 5)];
  return undefined;
}

const first = (content: PhoneContent, length: number): Uint8Array =>
  content instanceof Uint8Array ? content.subarray(0, length) : content.read(0, length);

const hash = (text: string): number => {
  let value = 0;
  for (let at = 0; at < text.length; at++) value = (Math.imul(value, 31) + text.charCodeAt(at)) | 0;
  return value;
};

/** Volumes by the names they have here. */
export const volumesOf = ({ root }: Android): string[] => {
  const storage = nodeAt(root, '/storage');
  const names = storage?.kind === 'folder' ? [...storage.entries.keys()] : [];
  return [
    'external_primary',
    ...names.filter((name) => /^[0-9A-F]{4}-[0-9A-F]{4}$/.test(name)).map((name) => name.toLowerCase()),
  ];
};

/** Puts into the index what scans have found by now. */
export function endScans(android: Android): void {
  const { scans } = android;
  for (const { volume, doneAt } of scans.splice(0)) {
    if (doneAt <= android.now()) scan(android, volume);
    else scans.push({ volume, doneAt });
  }
}

/** The index of media files (AOSP MediaProvider). From Android 11 on it hears of every change by itself; before, when asked. */
export const MEDIA: Provider = {
  className: 'com.android.providers.media.MediaProvider',
  query(android, uri, question) {
    endScans(android);
    if (SDK[android.release] >= 30 && android.hearsOfFiles)
      for (const volume of volumesOf(android)) scan(android, volume);
    return ask(android, tableOf(android, uri), question);
  },
  update(android, uri, values, where) {
    updateRows(android, 'files', values, [...(tableOf(android, uri).having ?? []), where]);
  },
  delete(android, uri, where) {
    const conditions = [...(tableOf(android, uri).having ?? []), where ?? '1'];
    const sql = `SELECT _data FROM files WHERE (${conditions.join(') AND (')})`;
    for (const { _data } of android.database.prepare(sql).all()) removeNode(android.root, String(_data));
    deleteRows(android, 'files', conditions);
  },
  call(android, method, argument) {
    if (SDK[android.release] < 29 || (method !== 'scan_volume' && method !== 'scan_file')) return undefined;
    if (method === 'scan_volume') {
      if (argument === undefined || !volumesOf(android).includes(argument))
        throw illegalState(`Volume ${argument ?? 'null'} not found`);
      if (android.scanMs === 0) scan(android, argument);
      else android.scans.push({ volume: argument, doneAt: android.now() + android.scanMs });
      android.hearsOfFiles = SDK[android.release] >= 30;
      return 'Bundle[{}]';
    }
    for (const volume of volumesOf(android)) scan(android, volume);
    const id = android.database.prepare('SELECT _id FROM files WHERE _data = ?').get(argument ?? '')?.['_id'];
    const uri = id === undefined ? 'null' : `content://media/external_primary/file/${Number(id)}`;
    return `Bundle[{android.intent.extra.STREAM=${uri}}]`;
  },
};
