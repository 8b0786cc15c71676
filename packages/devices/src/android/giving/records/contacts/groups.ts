import type { ContentLink } from '../../../content/content-query.ts';
import { readTable } from '../../../content/read-table.ts';
import { shapeOf } from '../../../content/shape.ts';
import { GROUPS, NOT_DELETED } from '../../../parts/contacts/tables.ts';
import { type BindDialect, rowWords } from '../../script/bind.ts';
import { runSteps } from '../../script/run-steps.ts';

/** Groups of the phone's own contacts, by their titles: those that are there, and for others new ones. */
export async function ownGroups(
  link: ContentLink,
  dialect: BindDialect,
  titles: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (titles.size === 0) return new Map();
  const there = await readOwnGroups(link, signal);
  const missing = [...titles].filter((title) => !there.has(title));
  if (missing.length === 0) return there;
  const steps = missing.map((title, number) => [
    { number, words: rowWords(dialect, { uri: GROUPS, row: { title, group_visible: { number: '1' } } }) },
  ]);
  await runSteps(link, steps, signal);
  return readOwnGroups(link, signal);
}

async function readOwnGroups(
  link: ContentLink,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const shape = await shapeOf(link, GROUPS, { numbers: [], texts: ['title', 'account_type'] }, signal);
  const groups = new Map<string, string>();
  for await (const { id, columns } of readTable(link, { uri: GROUPS, shape, where: NOT_DELETED }, signal)) {
    const { title, account_type: account } = columns;
    // Of several with one title, the first.
    if (title !== undefined && !account && !groups.has(title)) groups.set(title, id);
  }
  return groups;
}
