/** Photos and videos of one day; the first has the place `from` in the whole list, the newest first. */
export interface Day {
  readonly day: string;
  readonly from: number;
  readonly items: number;
}

/** How large the tiles are, in pixels. */
export interface Measures {
  readonly columns: number;
  readonly tile: number;
  readonly gap: number;
  readonly heading: number;
  /** Whether short days may stand side by side in one line. */
  readonly isPacked: boolean;
}

/** Days that stand in the same lines: one day in any number of lines, or several in one. */
interface Band {
  readonly firstDay: number;
  readonly days: number;
  readonly from: number;
  readonly items: number;
  readonly top: number;
  readonly firstRow: number;
}

/** Where everything in the grid stands, known without asking for a single photo. */
export interface GridLayout {
  readonly measures: Measures;
  readonly days: readonly Day[];
  readonly bands: readonly Band[];
  readonly height: number;
  readonly rows: number;
  readonly total: number;
}

/** A line of the grid: headings of days, or tiles. Headings and tiles are both counted as rows. */
export type GridRow =
  | {
      readonly kind: 'headings';
      readonly row: number;
      readonly top: number;
      readonly headings: readonly { readonly day: Day; readonly column: number; readonly span: number }[];
    }
  | {
      readonly kind: 'tiles';
      readonly row: number;
      readonly top: number;
      readonly from: number;
      readonly items: number;
    };

/** Gives measures that suit a width: at least three tiles in a line, more of them and larger where there is room. */
export function measuresFor(width: number): Measures {
  const isNarrow = width < 600;
  const gap = isNarrow ? 2 : 4;
  const wanted = isNarrow ? 96 : width < 1100 ? 150 : 178;
  const columns = Math.max(3, Math.round((width + gap) / (wanted + gap)));
  const tile = Math.max(1, (width - gap * (columns - 1)) / columns);
  return { columns, tile, gap, heading: isNarrow ? 48 : 52, isPacked: !isNarrow };
}

/** Gives the layout of days, the newest first, as they follow each other without a hole. */
export function layOut(days: readonly Day[], measures: Measures): GridLayout {
  const bands: Band[] = [];
  let top = 0;
  let row = 0;
  for (let index = 0; index < days.length; ) {
    const first = days[index] as Day;
    let items = first.items;
    let count = 1;
    for (
      let next = days[index + count];
      measures.isPacked && next !== undefined;
      next = days[index + count]
    ) {
      if (items + next.items > measures.columns) break;
      items += next.items;
      count += 1;
    }
    const lines = Math.ceil(items / measures.columns);
    bands.push({ firstDay: index, days: count, from: first.from, items, top, firstRow: row });
    top += measures.heading + lines * (measures.tile + measures.gap);
    row += 1 + lines;
    index += count;
  }
  const last = days.at(-1);
  return {
    measures,
    days,
    bands,
    height: top,
    rows: row,
    total: last === undefined ? 0 : last.from + last.items,
  };
}

/** Gives the row with a number, from 0; nothing where there is none. */
export function rowAt(layout: GridLayout, row: number): GridRow | undefined {
  const band = row < 0 || row >= layout.rows ? undefined : bandBy(layout.bands, 'firstRow', row);
  if (band === undefined) return undefined;
  const { columns, tile, gap, heading } = layout.measures;
  const line = row - band.firstRow - 1;
  if (line < 0) {
    const days = layout.days.slice(band.firstDay, band.firstDay + band.days);
    const headings = days.map((day) => ({
      day,
      column: day.from - band.from,
      span: band.days === 1 ? columns : day.items,
    }));
    return { kind: 'headings', row, top: band.top, headings };
  }
  const from = band.from + line * columns;
  const items = Math.min(columns, band.from + band.items - from);
  return { kind: 'tiles', row, top: band.top + heading + line * (tile + gap), from, items };
}

/** Gives the number of the row that a height in the grid lies in, the nearest where it lies outside. */
export function rowAtHeight(layout: GridLayout, y: number): number {
  const band = bandBy(layout.bands, 'top', y) ?? layout.bands[0];
  if (band === undefined) return 0;
  const { columns, tile, gap, heading } = layout.measures;
  const line = Math.floor((y - band.top - heading) / (tile + gap));
  const lines = Math.ceil(band.items / columns);
  return band.firstRow + Math.min(lines, Math.max(0, line + 1));
}

/** Gives the row and the column of a place. */
export function whereIs(layout: GridLayout, place: number): { row: number; column: number } {
  const band = bandBy(layout.bands, 'from', place) ?? layout.bands[0];
  if (band === undefined) return { row: 0, column: 0 };
  const offset = place - band.from;
  const { columns } = layout.measures;
  return { row: band.firstRow + 1 + Math.floor(offset / columns), column: offset % columns };
}

/** Gives the day that a place belongs to. */
export function dayOf(layout: GridLayout, place: number): Day | undefined {
  return lastNotAfter(layout.days, place, (day) => day.from);
}

/** Gives the day at a height in the grid; of several in one line the first. */
export function dayAtHeight(layout: GridLayout, y: number): Day | undefined {
  const band = bandBy(layout.bands, 'top', y) ?? layout.bands[0];
  return band === undefined ? undefined : layout.days[band.firstDay];
}

function bandBy(bands: readonly Band[], by: 'from' | 'top' | 'firstRow', value: number): Band | undefined {
  return lastNotAfter(bands, value, (band) => band[by]);
}

/** The last of a rising list whose number is not above `value`. */
function lastNotAfter<T>(list: readonly T[], value: number, of: (one: T) => number): T | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(list[middle] as T) <= value) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}
