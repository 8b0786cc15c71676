import type { LimitTable } from './limit-table.ts';

const MB = 1_000_000;
const GB = 1_000_000_000;
const MEGAPIXELS = 1_000_000;

const types = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Types of raw pictures that cameras and phones write; texts say "most". */
const RAW = 'dng arw cr2 cr3 crw nef nrw orf pef raf rw2 sr2 srw';
const PHOTO_TYPES = types(`jpg jpeg jpe jfif heic heif hif png webp gif avif bmp ico tif tiff ${RAW}`);
const VIDEO_TYPES = types(
  'mpg mpeg mod mmv tod wmv asf avi divx mov m4v 3gp 3gpp 3g2 mp4 m2t m2ts mts mkv webm',
);

/** What Google's help and its page for developers say now. Where they disagree about videos, the smaller number warns. */
export const LIMITS_NOW: LimitTable = {
  version: '2026-03',
  source: 'https://support.google.com/photos/answer/6193313',
  photo: { mostBytes: 200 * MB, mostPixels: 200 * MEGAPIXELS },
  video: { warnBytes: 10 * GB, mostBytes: 20 * GB },
  leastSide: 256,
  photoTypes: PHOTO_TYPES,
  videoTypes: VIDEO_TYPES,
};

/** What older texts say, and older versions of the app do. */
export const LIMITS_BEFORE: LimitTable = {
  version: '2020-06',
  source: 'https://support.google.com/photos/answer/6193313',
  photo: { mostBytes: 75 * MB, mostPixels: 100 * MEGAPIXELS },
  video: { warnBytes: 10 * GB, mostBytes: 10 * GB },
  leastSide: 256,
  photoTypes: new Set([...PHOTO_TYPES].filter((type) => type !== 'avif')),
  videoTypes: VIDEO_TYPES,
};

/** Every table, the newest first. */
export const LIMIT_TABLES: readonly LimitTable[] = [LIMITS_NOW, LIMITS_BEFORE];
