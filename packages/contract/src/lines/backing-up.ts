import { z } from 'zod';
import { ITEM_KINDS, ITEM_TYPES } from '../states.ts';
import { balance, count, device, id, path, reason, state, time } from './parts.ts';

/** A phone in sight. */
export const deviceLine = z.strictObject({
  type: z.literal('device'),
  /** Only of a phone that could be asked. */
  device: device.optional(),
  /** Its serial number in the adb server's list, or `host:port`. */
  address: z.string(),
  route: z.enum(['cable', 'network', 'direct']),
  model: z.string(),
  /** The release of Android: `14`. */
  android: z.string().optional(),
  /** `code` is `ready`, or the failure that using the phone gives now. */
  state: z.strictObject({ code: z.string(), says: z.string(), hint: z.string() }),
});

const note = z.strictObject({ code: z.string(), sentence: z.string(), detail: z.string().optional() });

/** What can be done with one type of things on a phone that is about to be backed up. */
export const capabilityLine = z.strictObject({
  type: z.literal('capability'),
  /** The phone's id. */
  device: z.string(),
  itemType: z.enum(ITEM_TYPES),
  canRead: z.enum(['yes', 'partly', 'no', 'unknown']),
  readNotes: z.array(note).readonly(),
  count: count.optional(),
  bytes: count.optional(),
  canGiveBack: z.enum(['yes', 'no', 'unknown']),
  giveBackNotes: z.array(note).readonly(),
});

/** A phone that knows this computer from now on. */
export const pairedLine = z.strictObject({
  type: z.literal('paired'),
  /** The name under which it announces itself. */
  guid: z.string(),
  /** `host:port`, where it has said so. */
  address: z.string().optional(),
});

/** An item that a backup or a restore set aside, and why; or as the ledger has it. */
export const itemLine = z.strictObject({
  type: z.literal('item'),
  /** Of a backup: below the folder or device. Of a restore: below the root of the backup. */
  path,
  /** Of a restore: below the target. */
  to: path.optional(),
  state,
  reason,
  /** The reason in plain words. */
  sentence: z.string(),
  remedy: z.string().optional(),
  /** What the system said, where it said anything. */
  detail: z.string().optional(),
  /** Of a backup: the first one that set it aside for this reason. In the ledger: since when it is in its state. */
  since: time.optional(),
  /** The rest only in the ledger. */
  kind: z.enum(ITEM_KINDS).optional(),
  /** Of a record: one line for a person. */
  title: z.string().optional(),
  sizeBytes: count.optional(),
  modified: time.optional(),
  /** When it was first missed on the device. */
  goneSince: time.optional(),
  /** Of its content. */
  sha256: id.optional(),
  /** The last proof: of what it is now when it is `verified`, otherwise of what it was. */
  receipt: z
    .strictObject({ run: count, at: time, snapshot: id.optional(), proved: z.string().optional() })
    .optional(),
});

/** A backup that was made; after a dry run, what it would do: `snapshot` is absent, and items to be saved are `waiting`. */
export const backupLine = z.strictObject({
  type: z.literal('backup'),
  device,
  snapshot: id.optional(),
  isDryRun: z.boolean(),
  balance,
  /** Only where the folder lists far less than in the last backup, which still has it. */
  fewer: z.strictObject({ before: count, now: count, lastBackup: id }).optional(),
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

/** A restore that was done; after a dry run, what it would do: items to be written are `waiting`. */
export const restoreLine = z.strictObject({
  type: z.literal('restore'),
  snapshot: id,
  /** What it was given back to: the absolute path of a folder, or the name of a phone. */
  target: z.string(),
  isDryRun: z.boolean(),
  balance,
  totalBytes: count,
  restoredItems: count,
  restoredBytes: count,
  /** Items whose very content was there before. */
  alreadyThere: count,
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
