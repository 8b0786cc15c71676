import type { RestorePlan, RestoreRequest } from '@holdfast/contract/api';
import { formatBytes, formatCount, plural, showText } from '#design/format.ts';

/** What an item of a plan comes to. */
export type Planned = keyof RestorePlan['counts'];

/** What a plan's items come to, in the order in which they are shown. */
export const PLANNED: readonly Planned[] = ['new', 'already-there', 'conflict', 'replaces', 'impossible'];

/** Words for what an item comes to: in the list, and as the title of the list of such items. */
export const PLANNED_WORDS: Readonly<Record<Planned, { label: string; hint: string }>> = {
  new: { label: 'New', hint: 'Not there now: they are written.' },
  'already-there': { label: 'Already there', hint: 'The same is there already: nothing is written.' },
  conflict: {
    label: 'In the way',
    hint: 'Something else of the same name is there: it stays, and nothing is written.',
  },
  replaces: { label: 'Replaced', hint: 'What is there now is overwritten with what is in the backup.' },
  impossible: { label: 'Not possible', hint: 'It cannot be given there: the list says why.' },
};

/** What can be done where something else of the same name is there. */
export const CONFLICTS: readonly {
  readonly conflict: NonNullable<RestoreRequest['conflict']>;
  readonly label: string;
  readonly hint: string;
}[] = [
  {
    conflict: 'skip',
    label: 'Leave what is there',
    hint: 'The item of the backup is not written. Nothing is lost.',
  },
  {
    conflict: 'rename',
    label: 'Keep both',
    hint: 'The item of the backup is written beside it, with another name.',
  },
  {
    conflict: 'overwrite',
    label: 'Replace what is there',
    hint: 'What is there now is gone afterwards. This cannot be undone.',
  },
];

/** Gives how many items a plan writes: what is in the way and to be kept beside is among the new ones. */
export function writtenItems({ counts }: RestorePlan): number {
  return counts.new + counts.replaces;
}

/** Says whether a plan writes anything: what belongs to items that are there already, too. */
export const isWriting = (plan: RestorePlan): boolean => writtenItems(plan) > 0 || (plan.files ?? 0) > 0;

/** Gives what the button that begins says: "Give back 31 items to Pixel 8". */
export const beginWords = (plan: RestorePlan): string =>
  `Give back ${writtenWords(plan)} to ${showText(plan.target)}`;

/** Gives the heading over a plan: what is done on a device is done in a folder. */
export const planHeading = ({ target }: RestorePlan): string =>
  `What would be done ${isWholePath(target) ? 'in' : 'on'} ${showText(target)}`;

/** Gives what a plan does in a sentence. */
export function planSentence(plan: RestorePlan): string {
  const written = writtenItems(plan);
  const target = showText(plan.target);
  if (plan.items === 0) return 'Nothing that is ticked is in this backup.';
  if (!isWriting(plan)) return `Nothing has to be written: ${target} has all that it can take.`;
  const of = written === 0 || written === plan.items ? '' : ` of ${formatCount(plan.items)}`;
  const files =
    plan.files === undefined || written === 0 || plan.files === written
      ? ''
      : ` in ${plural(plan.files, 'file')}`;
  // Records given to a phone have no size of their own.
  const size = plan.writeBytes === 0 ? '' : `: ${formatBytes(plan.writeBytes)}`;
  return `${writtenWords(plan)}${of} would be written to ${target}${files}${size}.`;
}

function writtenWords(plan: RestorePlan): string {
  const written = writtenItems(plan);
  return written === 0 ? `${plural(plan.files ?? 0, 'missing file')}` : plural(written, 'item');
}

/** Says why a folder's path cannot be used; nothing where it can. Only the server knows whether the folder is there. */
export function wrongWithPath(path: string): string | undefined {
  if (path.trim() === '') return undefined;
  if (!isWholePath(path)) return 'Write the whole path, from the root: /home/anna/Restored';
  return path.length > 4096 ? 'This path is too long.' : undefined;
}

const isWholePath = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
