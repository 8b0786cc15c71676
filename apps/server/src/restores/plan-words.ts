import type { ItemType } from '@holdfast/contract';
import type { GiveBackPlan } from '@holdfast/home';
import { plainText } from '@holdfast/kernel';
import { plural } from '../words.ts';

const NOUNS: Readonly<Partial<Record<ItemType, string>>> = {
  contacts: 'contact',
  messages: 'message',
  calls: 'call',
  calendar: 'event',
  apps: 'app',
  settings: 'setting',
};

/** `12 contacts`. */
export const recordsText = (type: ItemType, count: number): string => plural(count, NOUNS[type] ?? 'record');

/** What a person should know before a plan is carried out. */
export function notesOf(
  plan: GiveBackPlan,
  { hasWholeFiles }: { readonly hasWholeFiles: boolean },
): readonly string[] {
  const name = plainText(plan.target, 200);
  return [
    ...(plan.replaced > 0
      ? [`${plural(plan.replaced, 'item')} at ${name} will be replaced. That cannot be undone.`]
      : []),
    ...(hasWholeFiles
      ? ['Contacts, messages and other records come as whole files, with all that are in the same file.']
      : []),
    ...roomNotes(plan),
    ...(plan.kind === 'phone' && plan.plan.records.some(({ toGive }) => toGive > 0)
      ? ['Keep the phone unlocked: it may ask before it takes something.']
      : []),
  ];
}

function roomNotes({ kind, plan, sink, target }: GiveBackPlan): readonly string[] {
  const short = `There is not enough room at ${plainText(target, 200)}: nothing would be written.`;
  if (kind === 'folder') {
    const free = sink.freeBytes();
    return free !== undefined && plan.writeBytes > free ? [short] : [];
  }
  const isShort = sink.files.volumes.some(
    ({ id, freeBytes }) => freeBytes !== undefined && (plan.writeBytes.get(id) ?? 0) > freeBytes,
  );
  return isShort ? [short] : [];
}
