import { monthWords } from '../moments.ts';
import { dayAtHeight, type GridLayout } from './layout.ts';

/** A mark at the scrubber's edge: a year, or a month in small. */
export interface ScrubMark {
  readonly text: string;
  readonly kind: 'year' | 'month';
  /** How far down, 0 to 1. */
  readonly at: number;
}

/** Gives the marks of a scrubber that is so many pixels high: years wherever they fit, and dots for months between them. */
export function scrubMarks(layout: GridLayout, height: number): ScrubMark[] {
  const marks: ScrubMark[] = [];
  let year = '';
  let month = '';
  let lastYear = Number.NEGATIVE_INFINITY;
  let lastDot = Number.NEGATIVE_INFINITY;
  for (const band of layout.bands) {
    const day = layout.days[band.firstDay];
    if (day === undefined || day.day.slice(0, 7) === month) continue;
    month = day.day.slice(0, 7);
    const at = layout.height === 0 ? 0 : band.top / layout.height;
    const y = at * height;
    if (month.slice(0, 4) !== year) {
      year = month.slice(0, 4);
      if (y - lastYear < 26) continue;
      if (y - lastDot < 12) marks.pop();
      marks.push({ text: year, kind: 'year', at });
      lastYear = y;
      lastDot = y + 4;
    } else if (y - lastDot >= 9 && y - lastYear >= 14) {
      marks.push({ text: '', kind: 'month', at });
      lastDot = y;
    }
  }
  return marks;
}

/** Gives the month at a height in the grid, for the label beside the thumb: "June 2024". */
export function monthAt(layout: GridLayout, y: number): string {
  const day = dayAtHeight(layout, y)?.day;
  return day === undefined ? '' : monthWords(day);
}
