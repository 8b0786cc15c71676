/** What a file is, by its content. */
export type MediaFormat = keyof typeof FORMATS;

/** What is known of a format. */
export interface FormatFacts {
  readonly kind: 'photo' | 'video' | 'audio';
  readonly mediaType: `${string}/${string}`;
}

/** Every format that is told apart. */
const FORMATS = {
  jpeg: { kind: 'photo', mediaType: 'image/jpeg' },
  png: { kind: 'photo', mediaType: 'image/png' },
  webp: { kind: 'photo', mediaType: 'image/webp' },
  gif: { kind: 'photo', mediaType: 'image/gif' },
  avif: { kind: 'photo', mediaType: 'image/avif' },
  heic: { kind: 'photo', mediaType: 'image/heic' },
  tiff: { kind: 'photo', mediaType: 'image/tiff' },
  bmp: { kind: 'photo', mediaType: 'image/bmp' },
  jxl: { kind: 'photo', mediaType: 'image/jxl' },
  mp4: { kind: 'video', mediaType: 'video/mp4' },
  mov: { kind: 'video', mediaType: 'video/quicktime' },
  '3gp': { kind: 'video', mediaType: 'video/3gpp' },
  webm: { kind: 'video', mediaType: 'video/webm' },
  mkv: { kind: 'video', mediaType: 'video/matroska' },
  avi: { kind: 'video', mediaType: 'video/x-msvideo' },
  m4a: { kind: 'audio', mediaType: 'audio/mp4' },
  mp3: { kind: 'audio', mediaType: 'audio/mpeg' },
  ogg: { kind: 'audio', mediaType: 'audio/ogg' },
  flac: { kind: 'audio', mediaType: 'audio/flac' },
  wav: { kind: 'audio', mediaType: 'audio/wav' },
} as const satisfies Readonly<Record<string, FormatFacts>>;

/** So many of a file's first bytes are looked at. */
export const HEAD_BYTES = 4096;

/** What a file begins with: Latin-1, `?` for any byte. */
const BEGINNINGS: readonly (readonly [string, MediaFormat])[] = [
  ['\xff\xd8\xff', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['RIFF????WEBP', 'webp'],
  ['RIFF????AVI ', 'avi'],
  ['RIFF????WAVE', 'wav'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  ['BM????\0\0\0\0', 'bmp'],
  ['\xff\x0a', 'jxl'],
  ['\0\0\0\x0cJXL \r\n\x87\n', 'jxl'],
  ['OggS\0', 'ogg'],
  ['fLaC', 'flac'],
  ['ID3', 'mp3'],
  ['\xff\xfb', 'mp3'],
  ['\xff\xf3', 'mp3'],
  ['\xff\xf2', 'mp3'],
];

/** By brand of an ISO base media file (ISO/IEC 14496-12, `ftyp`). */
const BRANDS: Readonly<Record<string, MediaFormat>> = {
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  heim: 'heic',
  heis: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  'qt  ': 'mov',
  'M4A ': 'm4a',
  'M4B ': 'm4a',
};

/** Brands that say nothing alone: what else is named decides. */
const GENERAL_STILL = ['mif1', 'msf1', 'mif2'];

/** The format of a file by its first bytes ({@link HEAD_BYTES} are enough); `undefined` for anything else. Names are not asked: they lie. */
export function formatOf(head: Uint8Array): MediaFormat | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, HEAD_BYTES)).toString(
    'latin1',
  );
  const box = text.slice(4, 8);
  if (box === 'ftyp') return isoFormat(text, new DataView(head.buffer, head.byteOffset).getUint32(0));
  if (text.startsWith('\x1a\x45\xdf\xa3')) return text.slice(0, 64).includes('webm') ? 'webm' : 'mkv';
  const found = BEGINNINGS.find(([beginning]) => beginsWith(text, beginning))?.[1];
  // QuickTime of before brands has none.
  if (found === undefined && ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].includes(box)) return 'mov';
  return found;
}

/** Whether a file in this format is a photo, a video or sound. */
export function kindOf(format: MediaFormat): FormatFacts['kind'] {
  return FORMATS[format].kind;
}

/** The registered name of a format, as HTTP says it. */
export function mediaTypeOf(format: MediaFormat): string {
  return FORMATS[format].mediaType;
}

function isoFormat(text: string, length: number): MediaFormat {
  const [main = '', ...others] = (text.slice(8, Math.min(length, 512)).match(/[^]{4}/g) ?? []).filter(
    (_, at) => at !== 1,
  );
  const format = BRANDS[main];
  if (format !== undefined) return format;
  if (main.startsWith('3g')) return '3gp';
  if (GENERAL_STILL.includes(main)) {
    return others.map((brand) => BRANDS[brand]).find((one) => one === 'avif' || one === 'heic') ?? 'heic';
  }
  return 'mp4';
}

function beginsWith(text: string, beginning: string): boolean {
  if (text.length < beginning.length) return false;
  for (let at = 0; at < beginning.length; at++) {
    if (beginning[at] !== '?' && beginning[at] !== text[at]) return false;
  }
  return true;
}
