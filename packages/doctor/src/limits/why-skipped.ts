import type { LimitTable, SkipReason } from './limit-table.ts';

/** What is known of a file; what is not, is not there and is no reason. */
export interface FileToTake {
  readonly kind: 'photo' | 'video';
  readonly path: string;
  readonly sizeBytes?: number;
  readonly width?: number;
  readonly height?: number;
  readonly isPending?: boolean;
  readonly isTrashed?: boolean;
}

/** Types that every Android can look into: with no size of the picture, it could not. */
const READABLE = new Set(['jpg', 'jpeg', 'png', 'webp', 'gif']);

/** Why Google Photos would not take a file, by a table; `undefined` where nothing speaks against it. */
export function whySkipped(file: FileToTake, table: LimitTable): SkipReason | undefined {
  const { kind, path, sizeBytes, width, height } = file;
  if (file.isTrashed === true) return 'trashed';
  if (file.isPending === true) return 'pending';
  if (sizeBytes === 0) return 'empty';
  const type = extensionOf(path);
  const isKnown = table.photoTypes.has(type) || table.videoTypes.has(type);
  if (!isKnown) return 'type';
  const limits = kind === 'photo' ? table.photo : table.video;
  if (sizeBytes !== undefined && sizeBytes > limits.mostBytes) return 'too-large';
  if (sizeBytes !== undefined && kind === 'video' && sizeBytes > table.video.warnBytes)
    return 'may-be-too-large';
  if (kind === 'video' || width === undefined || height === undefined) return undefined;
  // The scanner writes 0 where it could not decode.
  if (width === 0 || height === 0) return READABLE.has(type) ? 'broken' : undefined;
  if (width * height > table.photo.mostPixels) return 'too-many-pixels';
  return width <= table.leastSide || height <= table.leastSide ? 'too-small' : undefined;
}

/**
 * Types that Google Photos lists, or that are read as such, and the lists of Android do not have, or only those of the last years (AOSP
 * `mime/java-res/android.mime.types`, and `mime.types` of Debian, which it adds to): an index that has none of them is not behind.
 */
const NEWER_TO_ANDROID: ReadonlySet<string> = new Set(['jfif', 'avif', 'cr3', 'sr2']);

/** Whether every phone has such a file in its index of media, and Google Photos takes it there: where it is not, the index is behind. */
export function isIndexed(path: string, table: LimitTable): boolean {
  const type = extensionOf(path);
  return (table.photoTypes.has(type) || table.videoTypes.has(type)) && !NEWER_TO_ANDROID.has(type);
}

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 1 ? '' : name.slice(dot + 1).toLowerCase();
}
