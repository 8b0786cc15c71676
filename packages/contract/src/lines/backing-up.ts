import { z } from 'zod';
import { balance, count, device, id, path, reason, state, time } from './parts.ts';

/** An item that is not in a backup, and why. */
export const itemLine = z.strictObject({
  type: z.literal('item'),
  device: z.string(),
  path,
  state,
  reason,
  /** The reason in plain words. */
  sentence: z.string(),
  remedy: z.string().optional(),
  /** What the system said, where it said anything. */
  detail: z.string().optional(),
  /** The first backup that set it aside for this reason. */
  since: time,
});

/** A backup that was made; `snapshot` is absent after a dry run. */
export const backupLine = z.strictObject({
  type: z.literal('backup'),
  device,
  snapshot: id.optional(),
  isDryRun: z.boolean(),
  balance,
  totalBytes: count,
  /** Bytes the repository did not have, before compression. */
  newBytes: count,
  /** Bytes written. */
  storedBytes: count,
  verifiedBytes: count,
  /** How what was written was read back. */
  verifiedFrom: z.enum(['device', 'cache', 'mixed', 'off', 'nothing-new']),
  seconds: z.number().nonnegative(),
});

/** A backup in the repository. */
export const snapshotLine = z.strictObject({
  type: z.literal('snapshot'),
  id,
  time,
  /** What it is of: the device's name, or the computer that restic ran on. */
  name: z.string(),
  deviceId: z.string().optional(),
  paths: z.array(z.string()),
  tags: z.array(z.string()),
  parent: id.optional(),
});

/** An entry of a folder in a backup. */
export const entryLine = z.strictObject({
  type: z.literal('entry'),
  path,
  kind: z.enum(['file', 'folder', 'symlink', 'other']),
  sizeBytes: count.optional(),
  /** Unix permission bits, as `0644`. */
  mode: z.string(),
  modified: time,
  uid: count,
  gid: count,
  /** Where a symbolic link points. */
  target: z.string().optional(),
});

/** An item that was not given back, or could not be, and why. */
export const restoredItemLine = z.strictObject({
  type: z.literal('restored-item'),
  path,
  /** Below the target. */
  to: path,
  state,
  reason,
  sentence: z.string(),
  remedy: z.string().optional(),
  detail: z.string().optional(),
});

/** A restore that was made, or planned only. */
export const restoreLine = z.strictObject({
  type: z.literal('restore'),
  snapshot: id,
  to: z.string(),
  isDryRun: z.boolean(),
  balance,
  totalBytes: count,
  restoredItems: count,
  restoredBytes: count,
  alreadyThere: count,
  seconds: z.number().nonnegative(),
});
