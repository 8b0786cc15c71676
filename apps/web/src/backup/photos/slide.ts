import type { MediaEntry } from '@holdfast/contract/api';
import type { SlideData } from 'photoswipe';
import { bytesAddress } from '#api/address.ts';
import { tileLabel } from '../moments.ts';

/** Dimensions of photos that were shown, by entry: a rotated one's file says them the other way round, some say none. */
export type Sizes = Map<number, { readonly width: number; readonly height: number }>;

/** A photo or video as the viewer takes it; of a photo whose dimensions were never seen, what its file says. */
export function slideOf(backup: string, media: MediaEntry, sizes: Sizes): SlideData {
  const known = { alt: tileLabel(media.kind, media.taken), media };
  if (media.kind === 'video') return { ...known, type: 'video' };
  const { width = GUESS, height = GUESS } = sizes.get(media.entry) ?? media;
  return {
    ...known,
    src: bytesAddress('view', { backup, entry: media.entry }),
    msrc: bytesAddress('thumbnail', { backup, entry: media.entry }),
    width,
    height,
  };
}

/** Of a photo whose dimensions nobody knows before it is there. */
const GUESS = 1600;
