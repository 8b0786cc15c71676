import { type GridLayout, rowAt, rowAtHeight, whereIs } from './layout.ts';

/**
 * Gives the place that a key leads to from another place, as in a table: a line up or down keeps the column where the line is long enough.
 * Nothing where the key moves nothing.
 */
export function moved(
  layout: GridLayout,
  place: number,
  key: string,
  viewHeight: number,
): number | undefined {
  const last = layout.total - 1;
  if (last < 0) return undefined;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, place - 1);
    case 'ArrowRight':
      return Math.min(last, place + 1);
    case 'ArrowUp':
      return lineAway(layout, place, -1);
    case 'ArrowDown':
      return lineAway(layout, place, 1);
    case 'PageUp':
      return screenAway(layout, place, -viewHeight);
    case 'PageDown':
      return screenAway(layout, place, viewHeight);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

function lineAway(layout: GridLayout, place: number, step: 1 | -1): number {
  const { row, column } = whereIs(layout, place);
  for (let next = row + step; ; next += step) {
    const line = rowAt(layout, next);
    if (line === undefined) return place;
    if (line.kind === 'tiles') return line.from + Math.min(column, line.items - 1);
  }
}

function screenAway(layout: GridLayout, place: number, distance: number): number {
  const { row, column } = whereIs(layout, place);
  const top = (rowAt(layout, row)?.top ?? 0) + distance;
  const step = distance < 0 ? 1 : -1;
  let target = rowAtHeight(layout, Math.min(layout.height, Math.max(0, top)));
  for (let line = rowAt(layout, target); line !== undefined; line = rowAt(layout, target)) {
    if (line.kind === 'tiles') return line.from + Math.min(column, line.items - 1);
    target += line.row === 0 ? 1 : step;
  }
  return place;
}

/** Gives all places between two, both of them too, in rising order. */
export function between(one: number, other: number): { from: number; to: number } {
  return one < other ? { from: one, to: other } : { from: other, to: one };
}
