import type { PhotosState } from '#photos-facts.ts';

/** How things stand with Google Photos, as far as fixes are about it. */
export interface Standing {
  /** What stands out, by code, with its title and the fixes that may end it. */
  readonly complaints: readonly {
    readonly code: string;
    readonly title: string;
    readonly fixes: readonly string[];
  }[];
  /** What the app itself says, where it can be seen. */
  readonly state?: PhotosState;
  readonly left?: number;
  /** False where so much was refused or not understood that nothing follows from there being no complaint. */
  readonly isSure: boolean;
}

/** Whether something moved after a fix, and how it shows. */
export interface Moved {
  readonly moved: 'yes' | 'no' | 'unknown';
  readonly sentence: string;
}

const WORKING: ReadonlySet<PhotosState | undefined> = new Set([
  'backing-up',
  'done',
  'compressing',
  'preview-only',
]);

/** What changed between two looks, of what the fix is for. */
export function movedBetween(code: string, before: Standing, after: Standing): Moved {
  const works = WORKING.has(after.state);
  if (after.state === 'done' && before.state !== 'done')
    return { moved: 'yes', sentence: 'Google Photos says that its backup is complete.' };
  if (before.left !== undefined && after.left !== undefined && after.left < before.left)
    return {
      moved: 'yes',
      sentence: `Google Photos is backing up: ${after.left} left, ${before.left} before.`,
    };
  if (works && !WORKING.has(before.state))
    return { moved: 'yes', sentence: `Google Photos is backing up${leftWords(after)}.` };
  const was = before.complaints.filter(({ fixes }) => fixes.includes(code));
  const still = new Set(after.complaints.map((complaint) => complaint.code));
  const gone = was.filter((complaint) => !still.has(complaint.code));
  if (gone.length > 0 && after.isSure) {
    const words = gone.map(({ title }) => `“${title}”`).join(' and ');
    return {
      moved: 'yes',
      sentence: works
        ? `${words}: no longer so, and Google Photos is backing up${leftWords(after)}.`
        : `${words}: no longer so. Google Photos itself does not show yet that it goes on.`,
    };
  }
  if (!after.isSure)
    return { moved: 'unknown', sentence: 'The phone did not say enough afterwards to tell.' };
  if (was.length > 0)
    return { moved: 'no', sentence: `It is as before: ${was.map(({ title }) => `“${title}”`).join(', ')}.` };
  if (after.state !== undefined && after.state === before.state)
    return { moved: 'no', sentence: 'Google Photos says the same as before.' };
  return {
    moved: 'unknown',
    sentence: 'Google Photos does not show whether it goes on: look at its status on the phone.',
  };
}

const leftWords = ({ left }: Standing): string => (left === undefined ? '' : `: ${left} left`);
