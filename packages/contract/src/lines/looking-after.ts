import { z } from 'zod';
import { count, id, path, time } from './parts.ts';

const total = z.strictObject({ blobs: count, bytes: count });

/** Something `check` found. */
export const findingLine = z.strictObject({
  type: z.literal('finding'),
  /** False for what does no harm. */
  isDamage: z.boolean(),
  sentence: z.string(),
  /** The commands that undo it, in the order they have to be run; none where no command can. */
  repairs: z.array(z.string()),
  /** Its `kind`, and the facts of that kind. */
  finding: z.looseObject({ kind: z.string() }),
});

/** The end of a check. */
export const checkLine = z.strictObject({
  type: z.literal('check'),
  damage: count,
  notes: count,
  /** The commands that undo all damage, in the order they have to be run. */
  repairs: z.array(z.string()),
  seconds: z.number().nonnegative(),
});

/** What becomes of one backup. */
export const forgetLine = z.strictObject({
  type: z.literal('forget'),
  snapshot: id,
  time,
  group: z.string(),
  action: z.enum(['keep', 'remove']),
  /** Why it is kept. */
  reasons: z.array(z.string()),
});

/** Backups removed, or after a dry run, those that would be. */
export const forgottenLine = z.strictObject({
  type: z.literal('forgotten'),
  isDryRun: z.boolean(),
  kept: count,
  removed: count,
});

/** What a prune will do; packs are counted. */
export const prunePlanLine = z.strictObject({
  type: z.literal('prune-plan'),
  keep: count,
  rewrite: count,
  remove: count,
  removeUnlisted: count,
  dropMissing: count,
  used: total,
  duplicate: total,
  unused: total,
  freedBytes: count,
  unusedAfterBytes: count,
});

/** A prune that was carried out. */
export const prunedLine = z.strictObject({
  type: z.literal('pruned'),
  freedBytes: count,
  seconds: z.number().nonnegative(),
});

/** What a repair of the index will do. */
export const repairIndexPlanLine = z.strictObject({
  type: z.literal('repair-index-plan'),
  /** Index files that cannot be read. */
  unreadable: z.array(id),
  /** Packs that are listed and gone. */
  missing: z.array(z.strictObject({ pack: id, blobs: count })),
  relist: z.array(z.strictObject({ pack: id, blobs: count, reason: z.string() })),
  /** Packs whose whole blobs are saved again. */
  salvage: z.array(z.strictObject({ pack: id, whole: count, lost: z.array(id) })),
  useless: z.array(id),
  listedTwice: count,
});

/** What a repair of packs will do. */
export const repairPacksPlanLine = z.strictObject({
  type: z.literal('repair-packs-plan'),
  packs: z.array(z.strictObject({ pack: id, whole: count, lost: z.array(id) })),
});

/** Something of a backup that a repair gives up, or puts right. */
export const lossLine = z.strictObject({
  type: z.literal('loss'),
  snapshot: id,
  kind: z.enum(['content-lost', 'folder-lost', 'entry-dropped', 'size-corrected']),
  path,
  sentence: z.string(),
});

/** What a repair of one backup will do. */
export const repairSnapshotPlanLine = z.strictObject({
  type: z.literal('repair-snapshot-plan'),
  snapshot: id,
  action: z.enum(['replace', 'save-again', 'rename', 'remove', 'none']),
});

/** A repair that was carried out, or was not needed. */
export const repairedLine = z.strictObject({
  type: z.literal('repaired'),
  what: z.enum(['config', 'index', 'packs', 'snapshots']),
  isChanged: z.boolean(),
  seconds: z.number().nonnegative(),
});

/** A backup that took the place of a damaged one. */
export const replacedLine = z.strictObject({ type: z.literal('replaced'), snapshot: id, newSnapshot: id });

/** What backups hold. */
export const statsLine = z.strictObject({
  type: z.literal('stats'),
  mode: z.enum(['restore-size', 'files-by-contents', 'raw-data', 'blobs-per-file']),
  snapshots: count,
  files: count,
  blobs: count,
  bytes: count,
  compression: z
    .strictObject({
      uncompressedBytes: count,
      ratio: z.number(),
      compressedShare: z.number(),
      saved: z.number(),
    })
    .optional(),
});

/** A lock that is to be taken away; of a damaged one only the id is known. */
export const lockLine = z.strictObject({
  type: z.literal('lock'),
  id,
  /** `held`: its program may be at work. `expired`: not refreshed for half an hour. `dead`: its program is gone. */
  state: z.enum(['held', 'expired', 'dead', 'damaged']),
  hostname: z.string().optional(),
  username: z.string().optional(),
  pid: z.int().optional(),
  isExclusive: z.boolean().optional(),
  time: time.optional(),
});

/** Locks taken away. */
export const unlockLine = z.strictObject({ type: z.literal('unlock'), removed: count });
