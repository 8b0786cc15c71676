import type { RecordRow } from '@holdfast/contract/api';
import { dayHeading, dayOf, monthWords } from '../moments.ts';

/** Rows that stand under one heading. */
export interface RecordGroup {
  readonly heading: string;
  readonly rows: readonly RecordRow[];
}

/** How a list of records is parted: contacts by letter, calls by day, the calendar by month, others not at all. */
export type Grouping = 'letter' | 'day' | 'month' | 'none';

/** Gives rows under their headings, in the order they come in. */
export function grouped(rows: readonly RecordRow[], by: Grouping, thisYear: number): RecordGroup[] {
  const groups: { heading: string; rows: RecordRow[] }[] = [];
  for (const row of rows) {
    const heading = headingOf(row, by, thisYear);
    const last = groups.at(-1);
    if (last?.heading === heading) last.rows.push(row);
    else groups.push({ heading, rows: [row] });
  }
  return groups;
}

function headingOf(row: RecordRow, by: Grouping, thisYear: number): string {
  if (by === 'none') return '';
  if (by === 'letter') return letterOf(row.title);
  if (row.time === undefined) return 'Without a date';
  const day = dayOf(row.time);
  return by === 'day' ? dayHeading(day, thisYear) : monthWords(day);
}

/** Gives the letter that a name stands under: accents do not count, and what is no letter is `#`. */
export function letterOf(name: string): string {
  const first = name.trimStart().normalize('NFD').slice(0, 1).toLocaleUpperCase('en');
  return /^\p{L}$/u.test(first) ? first : '#';
}
