import { z } from 'zod';
import { count, id } from '../lines/parts.ts';
import { ITEM_TYPES } from '../states.ts';
import { selection } from './backups.ts';
import { runItem } from './runs.ts';

/** What to give back, and where to. */
export const restoreRequest = z.strictObject({
  backup: id,
  selection,
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('device'), device: z.string() }),
    /** An absolute path on the computer that Holdfast runs on. */
    z.strictObject({ kind: z.literal('folder'), path: z.string().min(1).max(4096) }),
  ]),
  conflict: z.enum(['skip', 'rename', 'overwrite']).default('skip'),
});

/** What a planned item comes to. */
export const PLANNED = ['new', 'already-there', 'conflict', 'replaces', 'impossible'] as const;

/** A plan: nothing is written before a run applies it. Good for an hour. */
export const restorePlan = z.strictObject({
  plan: z.string(),
  target: z.string(),
  /** All that is ticked: files, and records one by one. */
  items: count,
  /** Into a folder: how many files are written, some with many records. What belongs to a record is one too. */
  files: count.optional(),
  writeBytes: count,
  /** How many items come to what. */
  counts: z.strictObject({
    new: count,
    'already-there': count,
    conflict: count,
    replaces: count,
    impossible: count,
  }),
  byType: z.array(z.strictObject({ type: z.enum(ITEM_TYPES), new: count, items: count })),
  /** What a person should know before: that replacing cannot be undone, that the phone may ask, … */
  notes: z.array(z.string()),
});

/** Items of a plan that come to one thing, a page of them. Of `new` and `replaces` only the path is known. */
export const plannedItemPage = z.strictObject({
  items: z.array(runItem.partial().required({ path: true })),
  next: z.string().optional(),
});
