import type { RandomBytes } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';

/**
 * Which packs are read whole: none, all, the `part`th of `of` equal parts (1 … `of`, at most 256; all parts together are
 * everything), or so many per cent of them, picked at random.
 */
export type ReadData =
  | 'none'
  | 'all'
  | { readonly part: number; readonly of: number }
  | { readonly percent: number };

/** A pack belongs to a part by its first byte, as restic has it: there cannot be more parts than values. */
const MOST_PARTS = 256;

/** The packs to be read. A percentage above 0 gives at least one, if there is any. */
export function choosePacks(packs: readonly Id[], readData: ReadData, random: RandomBytes): Id[] {
  if (readData === 'none') return [];
  if (readData === 'all') return [...packs];
  if ('percent' in readData) return pick(packs, countOf(packs.length, readData.percent), random);
  const { part, of } = readData;
  if (
    !Number.isInteger(of) ||
    of < 1 ||
    of > MOST_PARTS ||
    !Number.isInteger(part) ||
    part < 1 ||
    part > of
  ) {
    throw new RangeError(`no such part: ${part}/${of}`);
  }
  return packs.filter((pack) => Number.parseInt(pack.slice(0, 2), 16) % of === part - 1);
}

function countOf(packs: number, percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw new RangeError(`not a percentage: ${percent}`);
  return Math.min(packs, Math.max(1, Math.floor((packs * percent) / 100)));
}

/** The first steps of a Fisher-Yates shuffle. */
function pick(packs: readonly Id[], count: number, random: RandomBytes): Id[] {
  const shuffled = [...packs];
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(fraction(random) * (shuffled.length - at));
    const chosen = shuffled[other] ?? '';
    shuffled[other] = shuffled[at] ?? '';
    shuffled[at] = chosen;
  }
  return shuffled.slice(0, count);
}

/** From 0 up to, not including, 1. */
function fraction(random: RandomBytes): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32;
}
