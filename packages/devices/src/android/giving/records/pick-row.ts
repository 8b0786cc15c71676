import type { Columns } from '@holdfast/records';
import type { Row } from '../script/bind.ts';

const WHOLE = /^-?\d{1,19}$/;

/** These columns of a row of a backup, as values to be bound; what is no whole number where one belongs is left out. */
export function pickRow(columns: Columns, numbers: readonly string[], texts: readonly string[]): Row {
  const row: Record<string, string | { readonly number: string }> = {};
  for (const name of numbers) {
    const value = columns[name];
    if (value !== undefined && WHOLE.test(value)) row[name] = { number: value };
  }
  for (const name of texts) {
    const value = columns[name];
    if (value !== undefined) row[name] = value;
  }
  return row;
}
