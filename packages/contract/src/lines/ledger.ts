import { z } from 'zod';
import { ITEM_KINDS } from '../states.ts';
import { balance, count, device, id, path, time } from './parts.ts';

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
