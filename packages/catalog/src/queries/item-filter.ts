import type { ItemKind, ItemState, ReasonCode } from '@holdfast/contract';
import { foldedText, storedText } from '@holdfast/kernel';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { HOLDS_FOLDED } from '../database/open.ts';
import { below, type PathRange, recordsBelow } from '../ledger/paths.ts';

/** Which items: those to which all that is given applies. */
export interface ItemFilter {
  readonly states?: readonly ItemState[];
  readonly reasons?: readonly ReasonCode[];
  readonly kinds?: readonly ItemKind[];
  /** An item's path, a folder's or a made file's: it and all that is in it. */
  readonly pathPrefix?: string;
  /** In the title, or in the path of what has no title; case and accents do not count. */
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

/** The condition that a row of `items` has the text in it, both folded. */
export function holdsText(text: string): RawBuilder<SqlBool> {
  const wanted = foldedText(text.slice(0, MOST_TEXT));
  const looked = sql`coalesce(items.title, items.path)`;
  // What is ASCII alone folds to its small letters, which LIKE does by itself, much sooner than a function is called.
  const folded = sql`(${looked} GLOB ${NOT_ASCII} AND ${sql.raw(HOLDS_FOLDED)}(${looked}, ${storedText(wanted)}))`;
  if (!/^\p{ASCII}*$/u.test(wanted)) return sql<SqlBool>`${folded}`;
  const pattern = `%${storedText(wanted).replace(/[\\%_]/g, (special) => `\\${special}`)}%`;
  return sql<SqlBool>`(${looked} LIKE ${pattern} ESCAPE '\\' OR ${folded})`;
}

/** Matches what has a character beyond ASCII. */
const NOT_ASCII = '*[^\u0001-\u007f]*';
