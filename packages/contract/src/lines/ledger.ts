import { z } from 'zod';
import { ITEM_KINDS } from '../states.ts';
import { balance, count, device, id, path, reason, time } from './parts.ts';

/** Something of a backup that a rebuild could not read. */
export const unreadLine = z.strictObject({
  type: z.literal('unread'),
  snapshot: id,
  /** Absent for a snapshot that cannot be read itself. */
  device: device.optional(),
  what: z.enum(['snapshot', 'manifest', 'folder', 'file', 'records']),
  /** Below the device. */
  path,
  detail: z.string(),
});

/** A ledger that was made again from the repository. */
export const rebuiltLine = z.strictObject({
  type: z.literal('rebuilt'),
  devices: z.array(z.strictObject({ device, present: balance, gone: balance })),
  /** Backups repeated. */
  snapshots: count,
  /** Backups that other programs made, of which the ledger knows nothing. */
  foreign: count,
  unread: count,
  seconds: z.number().nonnegative(),
});

/** What the ledger knows of a device, counted. */
export const ledgerLine = z.strictObject({
  type: z.literal('ledger'),
  device,
  /** On the device, as far as the last listings say. */
  present: balance,
  /** No longer on the device. */
  gone: balance,
  /** `present` by kind; kinds of which there are none are left out. */
  byKind: z.partialRecord(z.enum(ITEM_KINDS), balance),
  /** Far less of something is on the device than there was. Nothing was deleted. */
  alarms: z.array(
    z.strictObject({ kind: z.enum([...ITEM_KINDS, 'all']), before: count, now: count, since: time }),
  ),
});

/** Something on a device, and whether a backup has it. */
export const auditedLine = z.strictObject({
  type: z.literal('audited'),
  /** As in the ledger. */
  path,
  kind: z.enum(ITEM_KINDS),
  sizeBytes: count.optional(),
  /** Of a record: one line for a person. */
  title: z.string().optional(),
  verdict: z.enum(['in-backup', 'not-in-any-backup', 'cannot-tell']),
  /** Of what is in a backup: the newest that is known to have it. */
  snapshot: id.optional(),
  /** `time`: same place, size and times as when it was proved. `content`: the very same content. */
  by: z.enum(['time', 'content']).optional(),
  /** Where the backup has it, where that is another place. */
  savedAs: path.optional(),
  /** Of what is in none: nothing was at its path, or something else, or the last backup set it aside. */
  why: z.enum(['new', 'changed', 'set-aside']).optional(),
  /** Why it was set aside, or why nothing can be told. */
  reason: reason.optional(),
  /** The reason in plain words. */
  sentence: z.string().optional(),
  remedy: z.string().optional(),
  detail: z.string().optional(),
});

/** What an audit came to. */
export const auditLine = z.strictObject({
  type: z.literal('audit'),
  device,
  /** The sum of the three that follow. */
  found: count,
  inBackup: count,
  notInAnyBackup: count,
  cannotTell: count,
  notInAnyBackupBytes: count,
  /** Of those in a backup, which are there at another path only. */
  elsewhere: count,
  /** Files whose content was looked at. */
  hashed: count,
  /** Parts of backups that cannot be read; what they hold counts as in no backup. */
  unread: count,
  isThorough: z.boolean(),
  seconds: z.number().nonnegative(),
});
