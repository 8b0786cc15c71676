import { KNOWN_COLUMNS } from './known-columns.ts';
import { wordsIn } from './known-names.ts';
import { maskText } from './mask-text.ts';

const SQL_WORDS: ReadonlySet<string> = wordsIn(`
  typeof length cast as blob text hex substr count min max sum total distinct and or not null is in like between order by asc desc
  limit offset select from where case when then else end`);

const TOKEN = /'(?:[^']|'')*'|[\p{L}_][\p{L}\p{N}_]*|\d+/gu;

/**
 * A condition, an order or a column, with what is in quotes masked, and names of columns that no Android has. Numbers stay where
 * `isKept` says so, besides 0 and 1.
 */
export function maskSql(sql: string, isKept: (digits: string) => boolean): string {
  let masked = '';
  let from = 0;
  for (const { 0: token, index } of sql.matchAll(TOKEN)) {
    masked += maskText(sql.slice(from, index)) + maskToken(token, isKept);
    from = index + token.length;
  }
  return masked + maskText(sql.slice(from));
}

function maskToken(token: string, isKept: (digits: string) => boolean): string {
  if (/^\d+$/.test(token)) return /^[01]$/.test(token) || isKept(token) ? token : maskText(token);
  return SQL_WORDS.has(token.toLowerCase()) || KNOWN_COLUMNS.has(token) ? token : maskText(token);
}

/** A column or an expression of a projection: its numbers are the program's own, lengths and places. */
export const maskColumn = (column: string): string => maskSql(column, (digits) => digits.length <= 7);
