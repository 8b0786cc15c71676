import type { ItemKind, ItemState, ReasonCode } from '@holdfast/contract';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { storedText } from '../database/stored-text.ts';
import { below, type PathRange, recordsBelow } from '../ledger/paths.ts';

/** Which items: those to which all that is given applies. */
export interface ItemFilter {
  readonly states?: readonly ItemState[];
  readonly reasons?: readonly ReasonCode[];
  readonly kinds?: readonly ItemKind[];
  /** An item's path, a folder's or a made file's: it and all that is in it. */
  readonly pathPrefix?: string;
  /** In the title, or in the path of what has no title; upper and lower case are the same. */
  readonly text?: string;
  /** True: only what is no longer on the device; false: only what is. */
  readonly isGone?: boolean;
}

/** The ranges that hold the paths of a prefix, in order; one that holds all without. */
export function rangesOf(prefix: string | undefined): readonly PathRange[] {
  const path = storedText((prefix ?? '').replace(/\/+$/, ''));
  if (path === '') return [below('')];
  return [[path, `${path}\u0000`], recordsBelow(path), below(path)];
}

/** Longest text that is looked for: more is no search. */
const MOST_TEXT = 200;

/** The condition that a row of `items` has the text in it. */
export function holdsText(text: string): RawBuilder<SqlBool> {
  const wanted = text.slice(0, MOST_TEXT);
  const conditions = variants(wanted).map((variant) => {
    const pattern = `%${storedText(variant).replace(/[\\%_]/g, (special) => `\\${special}`)}%`;
    return sql`coalesce(items.title, items.path) LIKE ${pattern} ESCAPE '\\'`;
  });
  return sql<SqlBool>`(${sql.join(conditions, sql` OR `)})`;
}

/** SQLite's LIKE takes only `a` and `A` for the same, not `ä` and `Ä`; and one letter may be spelled in two ways. */
function variants(text: string): string[] {
  if (/^\p{ASCII}*$/u.test(text)) return [text];
  const lower = text.toLowerCase();
  const capital = lower.slice(0, 1).toUpperCase() + lower.slice(1);
  const cases = [text, lower, capital, text.toUpperCase()];
  return [...new Set(cases.flatMap((one) => [one, one.normalize('NFC'), one.normalize('NFD')]))];
}
