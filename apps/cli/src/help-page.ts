import { commandPage, groupPage, overview } from '#arguments/help.ts';
import { findCommand } from '#arguments/parse.ts';
import { TABLES } from '#commands/tables.ts';

/** The help page that words ask for: a command's, a group's or, without words, the overview. */
export function helpPage(words: readonly string[], columns: number): string {
  const [first] = words;
  if (first === undefined) return overview(TABLES, columns);
  const group = TABLES.filter((table) => table.name.startsWith(`${first} `));
  if (group.length > 0 && words.length === 1) return groupPage(first, group, columns);
  return commandPage(findCommand(words, TABLES).table, columns);
}
