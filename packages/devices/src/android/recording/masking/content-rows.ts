import { decodeName } from '@holdfast/kernel';
import { KIND_NUMBERS, KIND_TEXTS, KNOWN_COLUMNS, ROW_NUMBERS } from './known-columns.ts';
import { maskHex, maskText } from './mask-text.ts';
import { maskColumn } from './sql.ts';

/** What is learned from rows in which nothing can be forged. */
export interface RowLessons {
  /** Numbers of rows. */
  readonly rowNumbers: Set<string>;
  /** Columns that Android does not have, and this phone's provider does. */
  readonly ownColumns: Set<string>;
}

const NUMBER = /^(?:NULL|-?\d+(?:\.\d+)?(?:E-?\d+)?)$/;
const TYPES = /^(?:null|integer|real|text|blob|NULL)$/;
const HEX = /^(?:([0-9A-F]{2})*|NULL)$/;
const KIND_TEXT_COLUMNS = /^(?:ct|ct_t|mimetype|mime_type|account_type)$/;

/** What an asked column gives: a name by itself, or what is made of one. */
interface Asked {
  readonly label: string;
  readonly made: 'value' | 'type' | 'length' | 'hex' | 'count';
  readonly column: string;
}

function asked(label: string): Asked {
  const column =
    /(?<![\w'"])([A-Za-z_]\w*)(?=[\s),]|$)/.exec(label.replace(/^\w+\((?:substr\()?(?:cast\()?/, ''))?.[1] ??
    label;
  if (label.startsWith('typeof(')) return { label, made: 'type', column };
  if (label.startsWith('length(')) return { label, made: 'length', column };
  if (label.startsWith('hex(')) return { label, made: 'hex', column };
  return { label, made: /^count\(/i.test(label) ? 'count' : 'value', column };
}

/**
 * Rows of nothing but numbers, types and hexadecimal digits, in which every row is certain, with what people wrote masked; or
 * `undefined` for any other text.
 */
export function maskCertainRows(
  text: string,
  projection: readonly string[],
  lessons: RowLessons,
): string | undefined {
  const columns = projection.map(asked);
  const ending = text.endsWith('\n') ? '\n' : '';
  const rows = (ending === '' ? text : text.slice(0, -1)).split('\n');
  const masked: string[] = [];
  const found: [Asked, string][] = [];
  for (const [number, row] of rows.entries()) {
    const [, start = '', rest = '', ret = ''] = /^(Row: \d+ )(.*?)(\r?)$/s.exec(row) ?? [];
    const fields = rest.split(', ');
    if (start !== `Row: ${number} ` || fields.length !== columns.length) return undefined;
    const values: string[] = [];
    for (const [at, column] of columns.entries()) {
      const value = valueOf(fields[at] ?? '', column);
      if (value === undefined) return undefined;
      found.push([column, value]);
      values.push(`${maskColumn(column.label)}=${maskValue(column, value)}`);
    }
    masked.push(`${start}${values.join(', ')}${ret}`);
  }
  for (const [column, value] of found) learn(column, value, lessons);
  return masked.join('\n') + ending;
}

function valueOf(field: string, { label, made }: Asked): string | undefined {
  if (!field.startsWith(`${label}=`)) return undefined;
  const value = field.slice(label.length + 1);
  const pattern = made === 'type' ? TYPES : made === 'hex' ? HEX : NUMBER;
  return pattern.test(value) ? value : undefined;
}

function maskValue({ made, column }: Asked, value: string): string {
  if (value === 'NULL' || made === 'type' || made === 'length' || made === 'count') return value;
  if (made === 'value') return isKindOrRow(column, value) ? value : maskText(value);
  const text = decodeName(Uint8Array.fromHex(value));
  const stays = isKindOrRow(column, text) || (KIND_TEXT_COLUMNS.test(column) && KIND_TEXTS.has(text));
  return stays ? value : maskHex(value);
}

const isKindOrRow = (column: string, value: string): boolean =>
  (ROW_NUMBERS.has(column) && /^\d{1,9}$/.test(value)) ||
  (KIND_NUMBERS.has(column) && /^-?\d{1,3}$/.test(value));

function learn({ made, column }: Asked, value: string, { rowNumbers, ownColumns }: RowLessons): void {
  if (made === 'value' && column === '_id' && /^\d{1,9}$/.test(value)) rowNumbers.add(value);
  // A provider that only repeats what it is asked for has no type for it.
  if (made === 'type' && /^[a-z]/.test(value) && !KNOWN_COLUMNS.has(column)) ownColumns.add(column);
}

/** A row's beginning, and each column that may be one. Text can hold the same. */
const STRUCTURE =
  /^Row: (?<row>\d+) |(?<=^Row: \d+ |, )(?<column>[A-Za-z_]\w{0,63})=(?:(?<value>\d+|NULL|BLOB)(?=, |\r?\n|$))?/gm;

/** Rows in which text may look like a row: what makes it look so stays, names and numbers only where they are known anyway. */
export function maskUncertainRows(text: string, rowNumbers: ReadonlySet<string>): string {
  let masked = '';
  let from = 0;
  let rows = 0;
  for (const { 0: all, index, groups = {} } of text.matchAll(STRUCTURE)) {
    const { row, column = '', value = '' } = groups;
    masked += maskText(text.slice(from, index));
    from = index + all.length;
    if (row === undefined) {
      const name = KNOWN_COLUMNS.has(column) ? column : maskText(column);
      const stays = !/^\d/.test(value) || (ROW_NUMBERS.has(column) && rowNumbers.has(value));
      masked += `${name}=${stays ? value : maskText(value)}`;
      continue;
    }
    masked += `Row: ${Number(row) <= rows ? row : maskText(row)} `;
    if (Number(row) === rows) rows += 1;
  }
  return masked + maskText(text.slice(from));
}
