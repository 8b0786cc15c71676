import type { Columns } from '../lines/columns.ts';

/** What every system takes as a file's name, and no shell, path or terminal misunderstands. */
const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,119}$/;

/** True for a name that a part's file may have: no path, nothing hidden, nothing that needs quoting. */
export function isPartFileName(name: string): boolean {
  return SAFE_NAME.test(name);
}

/**
 * A name for the file of a part, as the phone has it where that is safe: the last segment of the part's `_data`, which is how
 * SMS Import / Export finds it; otherwise one made of its `_id`.
 *
 * Names are compared without regard to case, because some storage does; the new one is added to `taken` in lower case.
 */
export function partFileName(columns: Columns, taken: Set<string>): string {
  const own = columns['_data']?.split('/').at(-1) ?? '';
  const row = columns['_id'] ?? '';
  const first = isPartFileName(own) ? own : `part-${/^\d{1,20}$/.test(row) ? row : 'x'}`;
  let name = first;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${first.slice(0, 100)}-${i}`;
  taken.add(name.toLowerCase());
  return name;
}
