import { type ItemType, reasonEntry } from '@holdfast/contract';
import type { RunItem } from '@holdfast/contract/api';
import { type RestoredItem, type RestorePlan, typeOfFile } from '@holdfast/engine';
import type { GiveBackPlan } from '@holdfast/home';
import { plainText } from '@holdfast/kernel';
import { formatBytesAtLeast, plural } from '../words.ts';

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

/** The type of what lies at a path: of a phone's backup, files lie below `files`, and all else in a folder with its type's name. */
export function typeOfPath(path: string): ItemType {
  const top = path.slice(0, Math.max(0, path.indexOf('/')));
  return RECORD_TYPES.has(top) ? (top as ItemType) : typeOfFile(path);
}

const RECORD_TYPES: ReadonlySet<string> = new Set([
  'contacts',
  'messages',
  'calls',
  'calendar',
  'apps',
  'settings',
] satisfies ItemType[]);

/** An item of which it is known what becomes of it, as the contract has it. */
export function runItemOf({ path, to, record, reason, detail, items = 1 }: Told): RunItem {
  const { state, sentence, remedy } = reasonEntry(reason);
  const title = record?.title ?? (items > 1 ? recordsText(typeOfPath(path), items) : undefined);
  return {
    path,
    to,
    ...(title !== undefined && { title }),
    state,
    reason,
    sentence,
    ...(remedy !== undefined && { remedy }),
    ...(detail !== undefined && { detail }),
  };
}

type Told = Pick<RestoredItem, 'path' | 'to' | 'record' | 'reason' | 'detail' | 'items'>;

/** What a person should know before a plan is carried out; `folderBytes` is room where a folder is, or will be. */
export function notesOf(plan: GiveBackPlan, folderBytes: number | undefined): readonly string[] {
  const name = plainText(plan.target, 200);
  const replaced = plural(plan.replaced, plan.kind === 'folder' ? 'file' : 'item');
  return [
    ...(plan.replaced > 0 ? [`${replaced} at ${name} will be replaced. That cannot be undone.`] : []),
    ...(plan.kind === 'folder' ? excerptNotes(plan.plan) : []),
    ...roomNotes(plan, folderBytes),
    ...(plan.kind === 'phone' && plan.plan.records.some(({ toGive }) => toGive > 0)
      ? ['Keep the phone unlocked: it may ask before it takes something.']
      : []),
  ];
}

/** So many files are named: nobody reads more. */
const MOST_NAMED = 5;

function excerptNotes({ excerpts, counts }: RestorePlan): readonly string[] {
  if (excerpts.length === 0) return [];
  const named = excerpts
    .slice(0, MOST_NAMED)
    .map(
      ({ path, to }) =>
        `${recordsText(typeOfPath(path), counts.of(path))} in ${plainText(to.join('/'), 200)}`,
    );
  const more = excerpts.length - named.length;
  return [
    `Of files with many records you get only what is ticked: ${named.join(', ')}${more > 0 ? `, and ${plural(more, 'file')} more` : ''}.`,
  ];
}

function roomNotes(planned: GiveBackPlan, folderBytes: number | undefined): readonly string[] {
  const more = missingBytes(planned, folderBytes);
  if (more <= 0) return [];
  const target = plainText(planned.target, 200);
  return [
    `There is not enough room at ${target}: ${formatBytesAtLeast(more)} more are needed before anything is written.`,
  ];
}

/** How much more room the target needs: of a phone, the volume that needs most. */
function missingBytes({ kind, plan, sink }: GiveBackPlan, folderBytes = Infinity): number {
  if (kind === 'folder') return plan.writeBytes - folderBytes;
  const missing = sink.files.volumes.map(
    ({ id, freeBytes = Infinity }) => (plan.writeBytes.get(id) ?? 0) - freeBytes,
  );
  return Math.max(0, ...missing);
}
