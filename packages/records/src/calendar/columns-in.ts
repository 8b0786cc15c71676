import type { Columns } from '../lines/columns.ts';
import { type ContentLine, parameter } from '../lines/content-line.ts';
import { unescapeText } from '../lines/text-value.ts';
import { COLUMN, NAME } from './names.ts';

/** The columns kept as properties of our own. */
export function columnsIn(lines: readonly ContentLine[]): Columns {
  const columns = lines.filter(({ name }) => name === COLUMN);
  return Object.fromEntries(columns.map((line) => [parameter(line, NAME) ?? '', unescapeText(line.value)]));
}
